"""Words and phrases that stand for each other, as editors keep them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pages.models import Synonyms
from prose.stems import is_small, stem, stems

Phrase = tuple[str, ...]
"""Stems that stand one after the other."""

Group = tuple[Phrase, ...]
"""Phrases of which one suffices."""

SEPARATORS = re.compile(r"[,;\n]")

LONGEST_PHRASE = 6
MOST_PHRASES = 30
"""So many words of a phrase, and phrases of a group, are heeded."""


def read_synonyms() -> dict[Phrase, Group]:
    """Return the group of every phrase that has synonyms, in one query."""
    found: dict[Phrase, Group] = {}
    for text in Synonyms.objects.order_by("pk").values_list("words", flat=True):
        group = phrases_of(text)
        for phrase in group:
            found[phrase] = tuple(dict.fromkeys([phrase, *found.get(phrase, ()), *group]))[:MOST_PHRASES]
    return found


def phrases_of(text: str) -> Group:
    """Return the phrases of what an editor wrote into a group of synonyms."""
    phrases = (tuple(stems(part)[:LONGEST_PHRASE]) for part in SEPARATORS.split(text))
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))[:MOST_PHRASES]


def groups_of(words: Sequence[str], synonyms: Mapping[Phrase, Group]) -> list[Group]:
    """Return what a page has to hold for the folded `words`: of each group one phrase.

    The longest phrase that has synonyms counts as one; small words count only within such a phrase.
    """
    word_stems = [stem(word) for word in words]
    groups: list[Group] = []
    position = 0
    while position < len(words):
        for length in range(LONGEST_PHRASE, 0, -1):
            phrase = tuple(word_stems[position : position + length])
            if phrase in synonyms:
                groups.append(synonyms[phrase])
                position += len(phrase)
                break
        else:
            if not is_small(words[position]):
                groups.append(((word_stems[position],),))
            position += 1
    return list(dict.fromkeys(groups))
