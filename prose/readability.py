"""How hard a text is to read: its sentences, and its LIX."""

from __future__ import annotations

import re

from prose.words import words

LONG_WORD = 6
"""A word of more letters than this is a long one."""

END = re.compile(r"(?P<mark>[.!?…]+)[\"'”’»›)\]]*(?=\s+|$)|[。！？]+[」』”）]*")
"""Where a sentence may end: a mark with what closes behind it, before a space; in Chinese and Japanese anywhere."""

BEFORE_NAMES = frozenset(["dr", "prof", "mr", "mrs", "ms", "mx", "st", "vs", "cf", "e.g", "i.e", "eg", "ie", "viz"])
BEFORE_NUMBERS = frozenset(["no", "nos", "fig", "figs", "vol", "ch", "sec", "art", "pp", "p", "ca", "approx", "al"])
"""Abbreviations whose full stop ends no sentence: always, or before a number. (“In most cases, no.” is one.)

Behind any other, a small letter tells that the sentence goes on.
"""

INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
"""U.S.; p.m. ends a sentence more often than not."""
DAYTIMES = frozenset(["a.m", "p.m"])

INITIAL = re.compile(r"[^\W\d_]\.")

LOOK_BACK, LOOK_AHEAD = 60, 20
"""So many characters before and behind a mark tell whether another sentence begins."""

NUMBERED = re.compile(r"\d{1,3}")
"""The number of an item at the beginning of a line."""


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` in order, word for word and without space around them.

    A line ends a sentence, since headings and items of lists need no full stop. What holds no word is none.
    """
    found = [sentence for line in text.splitlines() for sentence in _sentences(line)]
    return [sentence for sentence in found if words(sentence)]


def lix(text: str) -> int:
    """Return the readability of `text`: the words a sentence plus the percentage of words of more than six letters.

    Up to 30 is very easy, 40 is a newspaper, 50 and more is for specialists; 0 is a text without words. It knows no
    language but that of sentences. C.-H. Björnsson, “Läsbarhet” (Stockholm: Liber, 1968).
    """
    all_words, all_sentences = words(text), sentences(text)
    if not all_words:
        return 0
    long_words = sum(len(word) > LONG_WORD for word in all_words)
    return round(len(all_words) / len(all_sentences) + 100 * long_words / len(all_words))


def _sentences(line: str) -> list[str]:
    found, start = [], 0
    for end in END.finditer(line):
        if _goes_on(
            line[max(start, end.start() - LOOK_BACK) : end.start()],
            end["mark"],
            line[end.end() : end.end() + LOOK_AHEAD].lstrip(),
        ):
            continue
        found.append(line[start : end.end()].strip())
        start = end.end()
    return [*found, line[start:].strip()]


def _goes_on(before: str, mark: str | None, after: str) -> bool:
    """Whether the sentence `before` a `mark` is not over, seen from what comes `after`."""
    if mark is None or not after:
        return False
    following = after.lstrip("\"'“‘«‹„(")[:1]
    if following.islower():
        return True
    if mark != ".":
        return False
    spoken = [word.strip("\"'“‘«‹„([").casefold() for word in before.split()]
    last = spoken[-1] if spoken else ""
    if last in BEFORE_NAMES or (last in BEFORE_NUMBERS and following.isdigit()):
        return True
    if len(last) == 1:
        # D. L. Unger, but not vitamin C. And the number of an item: 1. Warm the pot.
        is_one_of_several = len(spoken) == 1 or INITIAL.fullmatch(spoken[-2]) or INITIAL.match(after)
        return last.isalnum() and bool(is_one_of_several)
    is_item = len(spoken) == 1 and bool(NUMBERED.fullmatch(last))
    return is_item or (last not in DAYTIMES and bool(INITIALS.fullmatch(last)))
