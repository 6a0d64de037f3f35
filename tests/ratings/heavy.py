"""Texts of the greatest length that a form takes, made to become as much HTML as they can."""

from __future__ import annotations

from ratings.wording import MAX_TEXT


def filled(part: str, start: str = "") -> str:
    """Return `part` again and again, after `start`, for as long as a comment may be."""
    return (start + part * MAX_TEXT)[:MAX_TEXT]


HEAVY = [
    filled("http://a "),
    filled("<http://a>"),
    filled("[a](http://a)"),
    filled("𝕏", "https://a.b/"),
    filled('"&<'),
    filled("&"),
    filled("> \n\n"),
    filled("-\n*\n"),
    filled("x\u00a0"),
    filled("*a*b"),
]
