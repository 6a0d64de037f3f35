"""The readers' side over HTTP: a request comes in, one action runs, an answer goes out."""
