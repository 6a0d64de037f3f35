"""Asking any other search backend of Wagtail, in the terms that all of them know."""

from __future__ import annotations

from collections.abc import Sequence

from wagtail.models import Page, PageQuerySet
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Or, PlainText, SearchQuery
from wagtail.search.query import Phrase as PhraseQuery

from pages.search.readable import Found, Readable
from pages.search.synonyms import Group, Phrase


def find(groups: Sequence[Group], readable: Readable, *, every: bool, limit: int) -> list[Found]:
    """Return the readable pages that hold a phrase of `every` group, or else of any, in the backend's own order."""
    asked = [Or([_phrase(phrase) for phrase in group]) for group in groups]
    results = get_search_backend().search(And(asked) if every else Or(asked), _pages(readable))
    return [(page.pk, page.content_type_id) for page in results[:limit]]


def titled(beginnings: Phrase, readable: Readable, *, every: bool = True, limit: int) -> PageQuerySet:
    """Return the readable pages in whose title a word begins with each of `beginnings`, or else with any."""
    operator = "and" if every else "or"
    results = get_search_backend().autocomplete(" ".join(beginnings), _pages(readable), operator=operator)
    return Page.objects.filter(pk__in=[page.pk for page in results[:limit]])


def _pages(readable: Readable) -> PageQuerySet:
    """Return the pages of `readable` by conditions that a search backend understands."""
    return Page.objects.live().public().filter(content_type__in=list(readable.kinds))


def _phrase(phrase: Phrase) -> SearchQuery:
    return PlainText(phrase[0]) if len(phrase) == 1 else PhraseQuery(" ".join(phrase))
