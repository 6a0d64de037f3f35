"""What the head and the foot of every page lead to: the pages that anybody may see, found in one query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from findable.visibility import seen_by_everybody
from freshness.memory import remembered
from pages.models import InformationPage, SiteSettings
from pages.site import current_site

LinkTo = Callable[[int | None, str], "Link | None"]
"""Returns a link to the page with this key under this label, or None if not everybody may see it."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link in the head or foot. `current` is the value of `aria-current`: "page" here, "true" above what is shown."""

    address: str
    label: str
    current: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Links of the footer under a heading."""

    title: str
    links: list[Link]


@dataclass(frozen=True, kw_only=True)
class Sections:
    """All that every page links to."""

    menu: list[Link] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    about: list[Link] = field(default_factory=list)
    """Pages about the site that stand in no group: information if there are no groups, policies, how to reach us."""


def sections_of(settings: SiteSettings, request: HttpRequest | None) -> Sections:
    """Return what every page of the site links to, by `settings`, which need not be saved. One query.

    Pages that are not published, or not for everybody, are left out. Without a site there are none.
    """
    site = current_site(request) if request else None
    if site is None:
        return Sections()
    menu = settings.menu.get_prep_value()
    footer = [group["value"] for group in settings.footer.get_prep_value()]
    about = [settings.editorial_policy_id, settings.corrections_policy_id, settings.contact_page_id]
    named = [*about, *_pages_in(menu), *(page for group in footer for page in _pages_in(group["links"]))]
    root: Page = site.root_page
    pages = _pages(root.path, root.depth, frozenset(filter(None, named)))

    def link_to(key: int | None, label: str = "") -> Link | None:
        return _link(pages[key], label, request) if key in pages else None

    sections = [page for page in pages.values() if page.depth == root.depth + 1 and page.path.startswith(root.path)]
    if not footer:
        about = [page.pk for page in sections if _informs(page) and page.pk not in about] + about
    in_groups = {page for group in footer for page in _pages_in(group["links"])}
    groups = [Group(title=group["title"], links=_links(group["links"], link_to)) for group in footer]
    return Sections(
        menu=_links(menu, link_to) if menu else [_link(page, "", request) for page in sections if page.show_in_menus],
        groups=[group for group in groups if group.links],
        about=[link for key in dict.fromkeys(about) if key not in in_groups and (link := link_to(key))],
    )


@remembered
def _pages(root: str, depth: int, named: frozenset[int]) -> dict[int, Page]:
    """Return the pages directly below the first page of a site, and those that are named, that anybody may see."""
    below_root = Q(path__startswith=root, depth=depth + 1)
    found = seen_by_everybody(Page.objects.filter(Q(pk__in=named) | below_root)).order_by("path")
    return {page.pk: page for page in found}


def _informs(page: Page) -> bool:
    return page.cached_content_type.model_class() is InformationPage


def _pages_in(links: Iterable[Mapping[str, Any]]) -> list[int | None]:
    return [link["value"]["page"] for link in links if link["type"] == "page"]


def _links(links: Iterable[Mapping[str, Any]], link_to: LinkTo) -> list[Link]:
    """Return the links that a stream of them names."""

    def found() -> Iterator[Link | None]:
        for link in links:
            value = link["value"]
            label = value["label"] or ""
            yield (
                link_to(value["page"], label) if link["type"] == "page" else Link(address=value["address"], label=label)
            )

    return [link for link in found() if link]


def _link(page: Page, label: str, request: HttpRequest | None) -> Link:
    address = page.get_url(request) or ""
    here = request.path if request else ""
    is_above = address != "/" and here.startswith(address)
    return Link(
        address=address,
        label=label or page.title,
        current="page" if here == address else "true" if is_above else "",
    )
