"""Which pages anybody may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import Page, PageQuerySet, PageViewRestriction


def seen_by_everybody(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that are live and under no restriction.

    In the same query, where Wagtail's `public()` asks for all restrictions first.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.alias(path=path).filter(path__startswith=F("page__path"))
    return pages.live().filter(~Exists(above))


def find_out_who_sees(pages: Iterable[Any]) -> None:
    """Find out `is_for_everybody` of all `pages` in one query, where each would ask for itself; none for no pages."""
    pages = list(pages)
    if not pages:
        return
    keys = {page.pk for page in pages}
    shown = set(seen_by_everybody(Page.objects.filter(pk__in=keys)).values_list("pk", flat=True))
    for page in pages:
        page.is_for_everybody = page.pk in shown
