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


def page_of(
    items: "QuerySet[Any] | Sequence[Any]",
    number: str | None,
    per_page: int = PER_PAGE,
    *,
    count: int | None = None,
    shown: "QuerySet[Any] | None" = None,
) -> "Page[Any]":
    """Return the page of `items` that `number` names, as it came in the address, or raise Http404.

    None and the empty string name the first page. `count` is how many items there are, for who knows. With `shown` only
    the keys of the page are asked of `items`, and the rows of these keys, with all that is shown of them, of `shown`:
    what sorts a hundred thousand rows should carry no more of them than it sorts by.
    """
    if number and not NUMBER.fullmatch(number):
        raise no_such_page()
    paginator = Paginator(items, per_page)
    if count is not None:
        paginator.count = count
    try:
        page = paginator.page(number or 1)
    except InvalidPage:
        raise no_such_page() from None
    if shown is not None:
        asked: Any = page.object_list  # a query set, of which this is a slice
        keys = list(asked.values_list("pk", flat=True))
        found = shown.in_bulk(keys)
        page.object_list = [found[key] for key in keys if key in found]
    return page


def no_such_page() -> Http404:
    """Return what to raise where an address asks for a part of a list that there is not."""
    return Http404(_("There is no such page of this list."))
