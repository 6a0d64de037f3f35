"""What an import would change in an article that is here already, to be printed before it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from articles.blocks.registry import kinds
from articles.models import ArticlePage

LENGTH_SHOWN = 70
"""So many characters of a block are printed."""

Block = tuple[str, str]
"""A block as its kind and its words."""


def differences(article: ArticlePage, title: str, body: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield a line for the title and for each block that would go ("−") or come ("+"), in the order of the text.

    `body` is stream data.
    """
    latest: ArticlePage = article.get_latest_revision_as_object()
    if latest.title != title:
        yield f"− title: {latest.title}"
        yield f"+ title: {title}"
    old = [_block(child.block_type, child.block.text(child.value)) for child in latest.body]
    new = [_block(raw["type"], _words(raw)) for raw in body]
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what != "equal":
            yield from _told("−", old[old_from:old_to])
            yield from _told("+", new[new_from:new_to])


def _words(raw: dict[str, Any]) -> str:
    block = kinds()[raw["type"]]
    return block.text(block.to_python(raw["value"]))


def _block(kind: str, text: str) -> Block:
    return kind, " ".join(text.split())


def _told(sign: str, blocks: Iterable[Block]) -> Iterator[str]:
    for kind, text in blocks:
        yield f"{sign} {kind}: {text[:LENGTH_SHOWN]}{'…' if len(text) > LENGTH_SHOWN else ''}"
