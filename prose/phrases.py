"""Looking for any of several phrases."""

from __future__ import annotations

import re


def any_of(*phrases: str) -> re.Pattern[str]:
    """Return a pattern that finds whole words: any of `phrases` (regular expressions), in any case."""
    return re.compile("|".join(rf"(?<!\w)(?:{phrase})(?!\w)" for phrase in phrases), re.IGNORECASE)
