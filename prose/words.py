"""What counts as a word, and how long reading takes."""

import math
import re

WORD = re.compile(r"[^\W_]+")
"""A run of letters and digits. Bullets, punctuation and emoji are none."""

WORDS_PER_MINUTE = 238
"""Silent reading of English non-fiction by adults; Brysbaert (2019), "How many words do we read per minute?"."""


def words(text: str) -> list[str]:
    """Return the words of `text` in order, as written."""
    return WORD.findall(text)


def reading_minutes(word_count: int) -> int:
    """Return how many whole minutes `word_count` words take to read: rounded up, and at least 1."""
    return max(1, math.ceil(word_count / WORDS_PER_MINUTE))
