"""What every kind of block answers for itself."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from wagtail import blocks

from articles import description, markdown, semantic
from authors.models import AuthorPage
from findable.nodes import Node
from pictures.models import Picture


@dataclass(frozen=True, kw_only=True)
class OutlineEntry:
    """A line of the contents list: its text, its level (2 or 3) and the anchor of its block."""

    text: str
    level: int
    anchor: str


class ArticleBlock(blocks.Block):
    """The questions that every kind answers. A new facet is a new question here, never a switch over kinds."""

    @cached_property
    def kind(self) -> str:
        """The name of the kind, which is the name of its folder."""
        return type(self).__module__.rpartition(".")[2]

    def text(self, value: Any) -> str:
        """Return every word that the page shows of `value`, in reading order, without the block's own labels."""
        return "\n".join(str(part) for part in self.get_searchable_content(value))

    def own_words(self, value: Any) -> str:
        """Return what of `text` the article says in its own name: neither what others are quoted with, nor myths."""
        return self.text(value)

    def heading(self, value: Any) -> tuple[str, int] | None:
        """Return what stands for `value` in the contents list, as text and level, or None."""
        title = value.get("title") if isinstance(value, blocks.StructValue) else None
        return (title, 2) if title else None

    def pictures(self, value: Any) -> list[Picture]:
        """Return the pictures that `value` shows, so that their sizes can be made before anybody reads."""
        return []

    def people(self, value: Any) -> list[AuthorPage]:
        """Return the people of this site whom `value` shows, so that a body's portraits are fetched at once."""
        return []

    def lacks(self, value: Any) -> list[str]:
        """Return the names of what readers need and `value` has not; the rules in `articles/checks/` say what of it.

        For example "alternative_text", "caption", "header", "credential", "profile", "transcript".
        """
        return []

    def questions(self, value: Any) -> list[str]:
        """Return the questions that `value` answers, so that no two articles answer the same one unawares."""
        return []

    def is_warning(self, value: Any) -> bool:
        """Return whether `value` tells readers when to seek help."""
        return False

    def nodes(self, value: Any, page_url: str) -> list[Node]:
        """Return what `value` tells machines in JSON-LD, on the page with the absolute address `page_url`.

        Most kinds tell nothing: their words are the article's.
        """
        return []

    def data(self, value: Any) -> Any:
        """Return `value` as the read API gives it: plain JSON with absolute addresses, nothing private."""
        return description.data_of(self, value)

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of what `data` returns."""
        return description.schema_of(self)

    def markdown(self, value: Any) -> str:
        """Return `value` as Markdown (CommonMark with tables), without blank lines around it: here, line by line."""
        return markdown.plain(self.text(value))

    def html(self, value: Any) -> str:
        """Return `value` as plain semantic HTML for other systems: what its Markdown says, unless a kind knows better.

        Our own pages are made by the templates of the kinds.
        """
        return semantic.from_markdown(self.markdown(value))

    class Meta:
        rank = 100
        """Where the kind stands in the picker, the smallest number first. What is used most stands first."""


class ArticleStructBlock(ArticleBlock, blocks.StructBlock):
    """An article block with named fields: what most kinds are."""


class LookChoiceBlock(blocks.ChoiceBlock):
    """A choice that decides how a block looks. It is no text of the article, so it is neither indexed nor counted."""

    def __init__(self, choices: list[tuple[str, str | Promise]], **kwargs: Any) -> None:
        super().__init__(choices=choices, search_index=False, **kwargs)
