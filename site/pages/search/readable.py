"""Which pages a search may find."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from articles.models import ArticlePage, TopicPage
from authors.models import AuthorPage
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

    pages: models.QuerySet[Any]
    kinds: dict[int, Kind]

    @classmethod
    def now(cls) -> Readable:
        """Return what is live and under no restriction, in one query (for the restrictions)."""
        types = ContentType.objects.get_for_models(*(kind.model for kind in KINDS))
        kinds = {types[kind.model].pk: kind for kind in KINDS}
        return cls(Page.objects.live().public().filter(content_type__in=list(kinds)), kinds)

    def keys(self) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL that selects the keys of the pages, as text as the search index keeps them, and its values."""
        keys = self.pages.annotate(key=Cast("pk", models.CharField(max_length=50))).values("key")
        sql: str
        sql, values = keys.query.sql_with_params()
        return sql, values
