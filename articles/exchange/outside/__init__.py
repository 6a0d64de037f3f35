"""What lies outside an article's body, and how it is recognized. One module a part.

A module has `ORDER` (lower is asked first) and `recognize(passage)`, which returns the parts that start at the passage,
or nothing.
"""
