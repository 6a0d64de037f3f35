"""Finds the kinds of blocks: every package in this folder is one, and there is no list of them anywhere."""

import importlib
import inspect
import pkgutil
from functools import cache

from wagtail import blocks

import articles.blocks
from articles.blocks.base import ArticleBlock


class KindError(Exception):
    """A block folder does not hold exactly one article block, so that the site must not start."""


@cache
def kinds() -> dict[str, ArticleBlock]:
    """Return one instance of every kind by its name, in the order of their names. Reads the folder once."""
    names = sorted(module.name for module in pkgutil.iter_modules(articles.blocks.__path__) if module.ispkg)
    return {name: _block_class(name)() for name in names}


class BodyBlock(blocks.StreamBlock):
    """A stream that offers its kinds, and their groups, by their rank."""

    def ordered_child_blocks(self) -> list[blocks.Block]:
        """Return the kinds as the picker shows them."""
        return sorted(self.child_blocks.values(), key=lambda block: block.meta.rank)


def stream_block() -> BodyBlock:
    """Return a new stream block that offers every kind."""
    return BodyBlock(list(kinds().items()), required=False)


def _block_class(name: str) -> type[ArticleBlock]:
    module = importlib.import_module(f"articles.blocks.{name}")
    found = [
        member
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, ArticleBlock) and member.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise KindError(
            f"articles/blocks/{name}/__init__.py must define exactly one ArticleBlock; it has {len(found)}."
        )
    return found[0]
