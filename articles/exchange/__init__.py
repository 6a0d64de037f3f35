"""Reading articles in other formats, and writing them."""
