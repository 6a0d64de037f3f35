"""How a page reaches a reader."""
