"""Which pages a search may find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageQuerySet

from articles.models import ArticlePage, TopicPage
from authors.models import AuthorPage
from findable.visibility import seen_by_everybody
from pages.models import InformationPage

Found = tuple[int, int]
"""The keys of a page that was found, and of its content type."""


class Kind(NamedTuple):
    """A kind of page that may be found: its name in addresses, and as readers see it, for one and for many."""

    name: str
    model: type[Page]
    label: str | Promise
    plural: str | Promise


KINDS = (
    Kind("article", ArticlePage, _("Article"), _("Articles")),
    Kind("author", AuthorPage, _("Author"), _("Authors")),
    Kind("topic", TopicPage, _("Topic"), _("Topics")),
    Kind("page", InformationPage, _("About this site"), _("About this site")),
)


@dataclass(frozen=True)
class Readable:
    """The pages that any reader may see, as they are now: `pages`, and `kinds`, the content types with their kind."""

    pages: PageQuerySet
    kinds: dict[int, Kind]

    @classmethod
    def now(cls) -> Readable:
        """Return what is live and under no restriction. Asks for nothing yet."""
        types = ContentType.objects.get_for_models(*(kind.model for kind in KINDS))
        kinds = {types[kind.model].pk: kind for kind in KINDS}
        return cls(seen_by_everybody(Page.objects.filter(content_type__in=list(kinds))), kinds)

    def condition(self) -> tuple[str, tuple[Any, ...]]:
        """Return SQL that says of a row `entry` of the search index whether it is of one of the pages, and its values.

        It looks up the one page: a list of the keys of all would be made anew for each question.
        """
        sql: str
        sql, values = self.pages.filter(pk=EntryKey()).values("pk").query.sql_with_params()
        return f"EXISTS ({sql})", values


class EntryKey(models.Func):
    """The key of the object that a row `entry` of the search index is of; the index keeps it as text."""

    template = "CAST(entry.object_id AS integer)"
    output_field = models.IntegerField()
