"""What our pages are measured beside on the same server: the least that a Python program can do."""
