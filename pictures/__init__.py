"""Pictures: their credit, the sizes that a page may ask for, and who makes them."""
