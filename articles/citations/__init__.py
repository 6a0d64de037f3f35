"""Citing sources: which ones a text cites, their numbers on a page, and the list at its end."""
