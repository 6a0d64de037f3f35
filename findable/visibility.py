"""Which pages anybody may see."""

from __future__ import annotations

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageQuerySet, PageViewRestriction


def seen_by_everybody(pages: PageQuerySet) -> PageQuerySet:
    """Return those of `pages` that are live and under no restriction.

    In the same query, where Wagtail's `public()` asks for all restrictions first.
    """
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.alias(path=path).filter(path__startswith=F("page__path"))
    return pages.live().filter(~Exists(above))
