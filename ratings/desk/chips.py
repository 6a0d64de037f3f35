"""The filters of a list, each as something that can be taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from articles.models import ArticlePage
from ratings.desk.filters import FilterForm
from ratings.desk.listing import CommentListing
from ratings.desk.topics import TopicQueue

NO_FILTERS = {"state", "sort", "view", "page", "faults"}


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A filter in words, and the parameters of the list without it."""

    label: str
    query: str


def chips_of(listing: CommentListing, topics: Sequence[TopicQueue]) -> list[Chip]:
    """Return a chip for every filter of `listing`. A query is taken for the title of an article alone."""
    usual = CommentListing()
    chips = []
    for each in fields(listing):
        value = getattr(listing, each.name)
        if each.name not in NO_FILTERS and value != getattr(usual, each.name):
            without = replace(listing, page="", **{each.name: getattr(usual, each.name)})
            label = str(FilterForm.base_fields[each.name].label)
            told = _in_words(each.name, value, topics)
            chips.append(Chip(label=f"{label}: {told}" if told else label, query=without.query() or "?"))
    return chips


def _in_words(name: str, value: Any, topics: Sequence[TopicQueue]) -> str:
    if value is True:
        return ""
    if name == "article":
        return ArticlePage.objects.filter(id=value).values_list("title", flat=True).first() or _("is gone")
    if name == "topic":
        return next((topic.title for topic in topics if topic.key == value), _("is gone"))
    if name == "network":
        return str(value)[:6]
    if name in ("reader", "reporter"):
        return _("reader %(number)d") % {"number": value}
    if isinstance(value, Enum):
        return str(value.label)  # type: ignore[attr-defined]  # one of Django's choices
    return formats.date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)
