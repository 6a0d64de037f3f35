"""“Ready to publish?”: what an article is examined for, and the gate that every way to readers leads through.

The rules themselves are in `articles/checks/`, one a file.
"""
