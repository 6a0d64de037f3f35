"""Which pages anybody may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import Page, PageQuerySet, PageViewRestriction

from freshness import tags
from freshness.collecting import depends_on


def seen_by_everybody(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that are live and under no restriction.

    In the same query, where Wagtail's `public()` asks for all restrictions first.
    """
    # The first condition is answered once, and on most sites for all pages.
    nothing_is_restricted = ~Exists(PageViewRestriction.objects.all())
    return pages.live().filter(nothing_is_restricted | ~_is_restricted("path"))


def hidden_from_somebody(pages: PageQuerySet) -> tuple[PageQuerySet, PageQuerySet]:
    """Return those of `pages` that are not live, and those that are under a restriction: on most sites few.

    Two lists: the first has an index, and the second is empty without a look at any page where nothing is restricted.
    """
    is_something_restricted = Exists(PageViewRestriction.objects.all())
    return pages.filter(live=False), pages.filter(is_something_restricted).filter(_is_restricted("path"))


def published_of_kind(pages: PageQuerySet) -> PageQuerySet:
    """Return the same for a list of all pages of a kind, such as all topics.

    It tells the database where to begin: among the pages of that kind, not among all. Who looks for one page by its
    address has a better beginning.
    """
    if pages.model is not Page:
        pages = pages.filter(content_type=ContentType.objects.get_for_model(pages.model))
    return seen_by_everybody(pages)


def is_seen_by_everybody(page: str = "") -> Q:
    """Return the condition that a row is of a page that is live and under no restriction.

    `page` leads from the row to the page, as a lookup ("author__"). To be annotated where a query fetches pages
    whether or not anybody may see them.
    """
    return Q(**{f"{page}live": True}) & ~Q(_is_restricted(f"{page}path"))


def find_out_who_sees(pages: Iterable[Any]) -> None:
    """Find out `is_for_everybody` of all `pages` in one query, where each would ask for itself; none for no pages."""
    pages = list(pages)
    if not pages:
        return
    keys = {page.pk for page in pages}
    depends_on(*map(tags.page, keys))
    shown = set(seen_by_everybody(Page.objects.filter(pk__in=keys)).values_list("pk", flat=True))
    for page in pages:
        page.is_for_everybody = page.pk in shown


def _is_restricted(path: str) -> Exists:
    of_page = ExpressionWrapper(OuterRef(path), output_field=CharField())
    return Exists(PageViewRestriction.objects.alias(path=of_page).filter(path__startswith=F("page__path")))
