"""Blocks as Markdown that is read as the same blocks again.

What is written is read back, and only a block that does not return as it was is marked: `<!-- tip -->` before it and
`<!-- /tip -->` behind it say its kind, and `<!-- tip {"variant": "note"} -->` what its words cannot say beside it.

A file for any site names nothing by the keys of this one: people, pictures and files are left out of what is compared,
links lead to addresses, and citations are the numbers of footnotes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue

from articles import markdown
from articles.blocks.base import ArticleBlock
from articles.blocks.registry import kinds
from articles.citations.describing import sources_in_markdown
from articles.citations.numbering import Citations
from articles.exchange.reading.markdown import document_of
from articles.exchange.recognition import recognize
from articles.exchange.writing.comparing import comparable

ROUNDS = 6
"""A block that is marked no longer runs into its neighbors, which may then have to be marked themselves."""


def blocks_that_return(title: str, body: StreamValue, citations: Citations) -> list[str]:
    """Return the blocks of `body`, below `title`, as Markdown that is read as these blocks again.

    In the contexts in which an article is written: links, citations and pictures have their addresses.
    """
    if not body:
        return []
    article = _Article(title, citations)
    written = [_Written(article, child) for child in body]
    wanted = [_key(each.kind, each.wanted) for each in written]
    texts = [each.plainly for each in written]
    for _ in range(ROUNDS):
        read = [_key(kind, value) for kind, value in article.read(texts)]
        if read[: len(wanted)] == wanted:
            break
        chosen = _to_mark(written, wanted, read)
        marked = [written[index].marked if index in chosen else text for index, text in enumerate(texts)]
        # Two blocks that say the same may have been taken for each other.
        texts = marked if marked != texts else [each.marked for each in written]
    return texts


def _to_mark(written: Sequence[_Written], wanted: Sequence[str], read: Sequence[str]) -> set[int]:
    """Return which blocks to mark, where `read` came back instead of `wanted`."""
    matches = SequenceMatcher(None, wanted, read, autojunk=False).get_matching_blocks()
    differing = {*range(len(wanted))} - {match.a + offset for match in matches for offset in range(match.size)}
    texts = {index for index in differing if written[index].kind == "text"}
    # A text that runs into the next one ends where that is marked.
    return {index for index in differing if index - 1 in texts or not {index, index + 1} <= texts}


class _Article:
    """What stands around the blocks of an article, and how they are read there."""

    def __init__(self, title: str, citations: Citations) -> None:
        self.title = markdown.heading(title, 1)
        self.citations = citations
        self.numbers = {entry.source.pk: entry.number for entry in citations.entries()}
        cited = " ".join(f"[^{number}]" for number in self.numbers.values())
        self.first = _between_marks("text", markdown.together("Text.", cited))
        """A text that cites everything, so that the footnotes behind it have the numbers that they have anywhere."""

    def read(self, texts: Iterable[str]) -> list[tuple[str, Any]]:
        """Return the kinds and values of the blocks that are read from `texts`, one below the other."""
        text = markdown.together(self.title, *texts, sources_in_markdown(self.citations))
        found = recognize(document_of(text + "\n").source).blocks
        return [(each.kind, self.comparable(each.kind, each.value)) for each in found]

    def read_alone(self, kind: str, text: str) -> Any:
        """Return the value of the block `text` if it is read as one of that `kind`, or None."""
        _first, *found = self.read([self.first, text])
        return found[0][1] if found and found[0][0] == kind else None

    def comparable(self, kind: str, value: Any) -> Any:
        """Return the `value` of a block, as found or stored, in the form that two share if they say the same."""
        block = kinds()[kind]
        return comparable(block, block.get_prep_value(block.to_python(value)), self.numbers)


class _Written:
    """A block of the article, what is written of it, and what shall be read."""

    def __init__(self, article: _Article, child: StreamValue.StreamChild) -> None:
        self.article = article
        self.block: ArticleBlock = child.block
        self.kind = self.block.kind
        self.value = child.value
        self.wanted = comparable(self.block, self.block.get_prep_value(child.value), article.numbers)
        if isinstance(self.block, blocks.StructBlock):
            chosen = self.block.child_blocks.items()
            people = [name for name, each in chosen if isinstance(each, blocks.PageChooserBlock)]
            self.value = blocks.StructValue(self.block, {**child.value, **dict.fromkeys(people)})
            # Where a picture has words of its own, the page shows these, and only these can be written.
            shown = self.block.get_context(child.value)
            self.wanted |= {
                name: shown[name] for name, each in self.wanted.items() if not each and isinstance(shown.get(name), str)
            }

    @cached_property
    def plainly(self) -> str:
        """The block without any mark."""
        return self.block.markdown(self.value)

    @cached_property
    def marked(self) -> str:
        """The block with the marks of its kind, which hold what reading it alone does not give back."""
        alone = _between_marks(self.kind, self.plainly)
        read = self.article.read_alone(self.kind, alone)
        if read == self.wanted:
            return alone
        if not isinstance(self.wanted, dict):
            return _between_marks(self.kind, self.plainly, {"html": self.wanted})
        known = read or {}
        differing = {name: value for name, value in self.wanted.items() if value != known.get(name)}
        return _between_marks(self.kind, self.plainly, differing)


def _between_marks(kind: str, text: str, fields: Mapping[str, Any] | None = None) -> str:
    # In a comment of HTML no two hyphens may follow each other, and a bracket could end it.
    said = json.dumps(fields, ensure_ascii=False).replace("-", "\\u002d").replace(">", "\\u003e") if fields else ""
    opening = " ".join(part for part in ("<!--", kind, said, "-->") if part)
    return markdown.together(opening, text, f"<!-- /{kind} -->")


def _key(kind: str, value: Any) -> str:
    return json.dumps([kind, value], sort_keys=True, default=str)
