"""Who writes: author pages and what makes an author trustworthy."""
