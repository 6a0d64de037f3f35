"""Finding a page by its address."""

from __future__ import annotations

from wagtail.models import Page

from delivery.kept.addresses import main_site
from findable.visibility import seen_by_everybody


def page_at(path: str) -> Page | None:
    """Return the page at the address `path` of the main site that anybody may see, or None."""
    site = main_site()
    if site is None:
        return None
    found: Page | None = seen_by_everybody(Page.objects.filter(url_path=site.root_page.url_path + path[1:])).first()
    return found
