"""Pages of a listing."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

PER_PAGE = 20
NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
"""How a page is named in an address: one spelling for each, and no number that a database could choke on."""


def page_of(items: "QuerySet[Any] | Sequence[Any]", number: str | None, per_page: int = PER_PAGE) -> "Page[Any]":
    """Return the page of `items` that `number` names, as it came in the address, or raise Http404.

    None and the empty string name the first page.
    """
    if number and not NUMBER.fullmatch(number):
        raise no_such_page()
    try:
        return Paginator(items, per_page).page(number or 1)
    except InvalidPage:
        raise no_such_page() from None


def no_such_page() -> Http404:
    """Return what to raise where an address asks for a part of a list that there is not."""
    return Http404(_("There is no such page of this list."))
