"""Where public pages stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from delivery.kept.tree import is_address
from findable.visibility import seen_by_everybody
from freshness.memory import remembered


@remembered
def main_site() -> Site | None:
    """Return the site at `ALMANAC_URL`: the one whose pages are kept."""
    request = HttpRequest()
    address = urlsplit(settings.ALMANAC_URL)
    request.META = {"SERVER_NAME": address.hostname or "", "SERVER_PORT": str(address.port or 80)}
    found: Site | None = Site.find_for_request(request)
    return found


def address_of(page: Page) -> str | None:
    """Return the address of `page` (decoded) on the main site; None if it stands on no site or another one."""
    site = main_site()
    root = site.root_page.url_path if site else None
    if root is None or not page.url_path.startswith(root):
        return None
    return f"/{page.url_path.removeprefix(root)}"


def addresses_at(url_paths: Iterable[str]) -> list[str]:
    """Return the addresses (decoded) of pages at Wagtail's `url_paths`, without those that stand on no site of ours."""
    site = main_site()
    root = site.root_page.url_path if site else None
    if root is None:
        return []
    found = [f"/{url_path.removeprefix(root)}" for url_path in url_paths if url_path.startswith(root)]
    return [path for path in found if is_address(path)]


def public_addresses() -> Iterator[str]:
    """Yield the address of every page of the main site that is to be kept, those nearest to its root first."""
    site = main_site()
    if site is None:
        return
    root = site.root_page
    pages = seen_by_everybody(Page.objects.descendant_of(root, inclusive=True)).order_by("depth", "-pk")
    for url_path in pages.values_list("url_path", flat=True).iterator():
        path = f"/{url_path.removeprefix(root.url_path)}"
        if is_address(path):
            yield path
