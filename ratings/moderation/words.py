"""Words that comments are looked through for."""

from __future__ import annotations


class WordList:
    """The site's words, ready to be searched for."""
