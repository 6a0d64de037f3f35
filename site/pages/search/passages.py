"""Where in a page the words stand that a reader asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

from articles.outline import anchor
from findable.models import FindablePage
from prose.stems import folded_words, stem
from prose.words import WORD

WORDS = 36
"""So long is an excerpt."""

WORDS_BEFORE = 8
"""So many words stand before the first that was asked for."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text of a page, and the section that it stands in: its heading and the anchor of its block, if it has one."""

    text: str
    heading: str = ""
    anchor: str = ""


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """The best place of a page: `html` is escaped, with what was asked for in <mark>."""

    html: SafeString
    heading: str = ""
    anchor: str = ""


def excerpts(pages: Sequence[FindablePage], asked: frozenset[str]) -> dict[int, Excerpt]:
    """Return the excerpt of each of `pages` by its key; `asked` are stems. As many queries for one page as for many."""
    bodies = passages_of_bodies(pages)
    return {page.pk: excerpt([*passages_of(page), *bodies.get(page.pk, [])], asked) for page in pages}


def passages_of(page: FindablePage) -> list[Passage]:
    """Return what a page says outside of a body, without a query. An excerpt falls back to the first of it."""
    if hasattr(page, "body"):
        # Not the short description: it may begin to read the body, page by page.
        texts = [page.search_description, getattr(page, "summary", "")]
    else:
        texts = [page.short_description, *page.words_to_find()]
    return [Passage(text=text) for text in texts if text]


def passages_of_bodies(pages: Sequence[FindablePage]) -> dict[int, list[Passage]]:
    """Return the passages of the bodies of `pages`, block by block.

    The bodies are read as one stream, so that pictures and people in them are fetched once for all pages.
    """
    streams = [(page.pk, page.body) for page in pages if isinstance(getattr(page, "body", None), StreamValue)]
    if not streams:
        return {}
    raw = [block for _page, body in streams for block in body.raw_data]
    owners = [page for page, body in streams for _block in body.raw_data]
    found: dict[int, list[Passage]] = {}
    heading = ""
    for owner, child in zip(owners, StreamValue(streams[0][1].stream_block, raw, is_lazy=True), strict=True):
        if owner not in found:
            heading = ""
        entry = child.block.heading(child.value)
        heading = entry[0] if entry else heading
        passage = Passage(text=child.block.text(child.value), heading=heading, anchor=anchor(child.id))
        found.setdefault(owner, []).append(passage)
    return found


def excerpt(passages: Sequence[Passage], asked: frozenset[str]) -> Excerpt:
    """Return the excerpt that holds most of `asked`: of several the first, and without any the beginning."""
    best, most, where = Passage(text=""), -1, 0
    for passage in passages:
        hits = list(_hits(passage.text, asked))
        number, start = _densest(hits)
        if number > most:
            best, most, where = passage, number, start
    return Excerpt(html=_cut(best.text, where, asked), heading=best.heading, anchor=best.anchor)


def marked(text: str, asked: frozenset[str]) -> SafeString:
    """Return `text` escaped, with every word whose stem is one of `asked` in <mark>."""
    text = unicodedata.normalize("NFC", text)
    parts = []
    end = 0
    for word in WORD.finditer(text):
        if _is_asked(word.group(), asked):
            parts += [escape(text[end : word.start()]), "<mark>", escape(word.group()), "</mark>"]
            end = word.end()
    # Everything outside of the marks is escaped above and here.
    return SafeString("".join([*parts, escape(text[end:])]))


def _is_asked(word: str, asked: frozenset[str]) -> bool:
    return any(stem(part) in asked for part in folded_words(word))


def _hits(text: str, asked: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the number of each word of `text` that was asked for, and its stem."""
    # Stemming keeps the first letter: few words have to be stemmed at all.
    letters = {part[:1] for part in asked}
    for number, word in enumerate(folded_words(text)):
        if word[:1] in letters and (found := stem(word)) in asked:
            yield number, found


def _densest(hits: list[tuple[int, str]]) -> tuple[int, int]:
    """Return how many different stems stand close together at most, and the number of the first of these words."""
    most, where = 0, 0
    for index, (number, _stem) in enumerate(hits):
        near = {found for other, found in hits[index : index + WORDS] if other - number < WORDS - WORDS_BEFORE}
        if len(near) > most:
            most, where = len(near), number
    return most, where


def _cut(text: str, where: int, asked: frozenset[str]) -> SafeString:
    """Return some words of `text` around the word with the number `where`, marked."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    text = " · ".join(line for line in lines if line)
    spans = [word.span() for word in WORD.finditer(text)]
    if len(spans) <= WORDS:
        return marked(text, asked)
    first = max(0, min(where - WORDS_BEFORE, len(spans) - WORDS))
    begin = spans[first][0] if first else 0
    last = first + WORDS
    end = spans[last][0] if last < len(spans) else len(text)
    inside = marked(text[begin:end].rstrip(), asked)
    return SafeString(("… " if begin else "") + inside + (" …" if end < len(text) else ""))


def stems_asked(groups: Iterable[Iterable[Iterable[str]]]) -> frozenset[str]:
    """Return every stem of every phrase of `groups`."""
    return frozenset(part for group in groups for phrase in group for part in phrase)
