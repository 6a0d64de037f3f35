"""What readers see changes: which pages show what, and what has changed since they were made."""
