"""The words of all that readers may find, and what somebody may have meant who wrote another one."""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import Count, Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from articles.models import ArticlePage
from findable.models import FindablePage
from pages.models import SearchWord
from pages.search.passages import passages_of, passages_of_bodies
from pages.search.readable import Readable
from prose.stems import folded, folded_words, is_small, stem
from prose.words import WORD

MOST_WORDS = 50_000
"""So many words are kept: those that stand on most pages."""

MOST_COUNTED = 4 * MOST_WORDS
"""So many are counted at a time; with more, words of a single page are dropped."""

LENGTHS = range(3, 51)
"""How long a word may be that is kept."""

SECONDS = 300
"""So long a process holds what it has read."""

BATCH = 1000

PAGES = 50
"""So many pages are read at a time."""


@dataclass(frozen=True, kw_only=True)
class Dictionary:
    """Folded words, those of most pages first, and how each of them is written."""

    words: dict[str, str]

    def meant(self, text: str) -> str:
        """Return `text` with every word that no page holds replaced by the likeliest one; empty if there is none."""
        parts = []
        end = 0
        for written in WORD.finditer(text):
            instead = self._instead(folded(written.group()))
            if instead:
                parts += [text[end : written.start()], instead]
                end = written.end()
        return "".join([*parts, text[end:]]) if parts else ""

    def _instead(self, word: str) -> str:
        if len(word) not in LENGTHS or is_small(word) or word in self.words or not word.isalpha():
            return ""
        near = process.extract(word, self.words.keys(), scorer=OSA.distance, score_cutoff=1 if len(word) < 5 else 2)
        # Another form of the same word finds the same.
        others = [(distance, place, found) for found, distance, place in near if stem(found) != stem(word)]
        return self.words[min(others)[2]] if others else ""


_read: tuple[float, Dictionary] | None = None


def dictionary() -> Dictionary:
    """Return what this process holds: read in one query, and again after some minutes."""
    global _read
    if _read is None or time.monotonic() - _read[0] > SECONDS:
        words = SearchWord.objects.order_by("-pages", "word").values_list("word", "shown")[:MOST_WORDS]
        _read = time.monotonic(), Dictionary(words=dict(words))
    return _read[1]


def forget() -> None:
    """Read the words again when they are next asked for."""
    global _read
    _read = None


class Learning:
    """Counts the words anew, whenever what readers may find has changed since it last did."""

    def __init__(self) -> None:
        self._learned: tuple[object, ...] | None = None

    def learn(self) -> bool:
        """Learn if there is something to learn; return whether there was."""
        readable = Readable.now()
        state = readable.pages.aggregate(Count("pk"), Max("last_published_at"))
        if tuple(state.values()) == self._learned:
            return False
        learn_words(readable)
        self._learned = tuple(state.values())
        return True


def learn_words(readable: Readable) -> None:
    """Keep the words of all `readable` pages, and no other ones."""
    pages: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for texts in _texts(readable):
        written = {word.lower() for word in WORD.findall(unicodedata.normalize("NFC", texts)) if len(word) in LENGTHS}
        for word in sorted(written):
            for part in folded_words(word):
                if part.isalpha() and len(part) in LENGTHS:
                    pages[part] += 1
                    shown.setdefault(part, word)
        if len(pages) > MOST_COUNTED:
            pages = Counter({word: number for word, number in pages.items() if number > 1})
            shown = {word: shown[word] for word in pages}
    _keep({word: (shown[word], number) for word, number in pages.most_common(MOST_WORDS)})


def _texts(readable: Readable) -> Iterator[str]:
    for kind in readable.kinds.values():
        pages = kind.model.objects.filter(pk__in=readable.pages.values("pk"))
        if kind.model is ArticlePage:
            pages = pages.prefetch_related("tags")
        reading = pages.iterator(chunk_size=PAGES)
        while some := list(islice(reading, PAGES)):
            yield from _texts_of(some)


def _texts_of(pages: Sequence[FindablePage]) -> Iterator[str]:
    """Yield the text of each of `pages`. As many queries for one page as for many."""
    bodies = passages_of_bodies(pages)
    for page in pages:
        tags = [tag.name for tag in page.tags.all()] if isinstance(page, ArticlePage) else []
        passages = [*passages_of(page), *bodies.get(page.pk, [])]
        yield "\n".join([page.title, *tags, *(passage.text for passage in passages)])


def _keep(words: dict[str, tuple[str, int]]) -> None:
    """Make the kept words `words`, writing only what differs."""
    kept = {row.word: row for row in SearchWord.objects.all()}
    gone = [row.pk for word, row in kept.items() if word not in words]
    new = [SearchWord(word=word, shown=shown, pages=n) for word, (shown, n) in words.items() if word not in kept]
    changed = []
    for word, (shown, number) in words.items():
        row = kept.get(word)
        if row and (row.shown, row.pages) != (shown, number):
            row.shown, row.pages = shown, number
            changed.append(row)
    with transaction.atomic():
        for some in _batches(gone):
            SearchWord.objects.filter(pk__in=some).delete()
        SearchWord.objects.bulk_create(new, batch_size=BATCH)
        SearchWord.objects.bulk_update(changed, ["shown", "pages"], batch_size=BATCH)


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
