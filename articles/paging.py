"""Pages of a listing."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

PER_PAGE = 20


def page_of(items: "QuerySet[Any]", number: str | None) -> "Page[Any]":
    """Return the page of `items` that `number` names, as it came in the address (None: the first), or raise Http404."""
    try:
        return Paginator(items, PER_PAGE).page(number or 1)
    except InvalidPage:
        raise Http404(_("There is no such page of this list.")) from None
