"""The sitemap (https://www.sitemaps.org/protocol.html): an index of files, each with pages of one section.

It lists what any reader may see and search engines are to find, with the picture of each article
(https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Page, PageQuerySet, Site

from articles.models import ArticleIndexPage, ArticlePage, TopicPage
from authors.models import AuthorIndexPage, AuthorPage
from delivery.feeds import revalidated
from findable.models import FindablePage
from findable.visibility import seen_by_everybody
from pages.models import HomePage, InformationPage
from pages.site import current_settings
from pictures.models import Picture

SECTIONS: Mapping[str, tuple[type[FindablePage], ...]] = {
    "pages": (HomePage, ArticleIndexPage, AuthorIndexPage, InformationPage),
    "topics": (TopicPage,),
    "authors": (AuthorPage,),
    "articles": (ArticlePage,),
}
"""The kinds of pages in each section."""

MOST = 1000
"""So many pages of a kind stand in one file: about a fifth of a second of work."""

MOST_FILES = 50_000
"""So many files an index may name, by the protocol."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page or a file: its absolute address, when it last changed, and the absolute address of its picture."""

    address: str
    changed_at: datetime | None
    picture: str = ""


@revalidated
def index(request: HttpRequest) -> HttpResponse:
    """Answer the list of files; raises Http404 if there is nothing to find."""
    return _answer(request, "sitemaps/index.xml", [file for section in SECTIONS for file in _files(request, section)])


@revalidated
def section(request: HttpRequest, section: str, number: int) -> HttpResponse:
    """Answer file `number` of a section, from 1; raises Http404 if there is none."""
    if section not in SECTIONS or not 1 <= number <= MOST_FILES:
        raise Http404
    first = (number - 1) * MOST
    entries = [
        _entry(request, page)
        for kind in SECTIONS[section]
        for page in _shown(kind, _listed(request, kind).order_by("path").values("pk")[first : first + MOST])
    ]
    return _answer(request, "sitemaps/section.xml", entries)


def _answer(request: HttpRequest, template: str, entries: Iterable[Entry]) -> HttpResponse:
    if not entries:
        # The format knows no empty list.
        raise Http404
    answer = render(request, template, {"entries": entries}, content_type="application/xml; charset=utf-8")
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _files(request: HttpRequest, section: str) -> list[Entry]:
    """Return the files of a section. Each is dated by the last change in the section."""
    found = [
        _listed(request, kind).aggregate(number=Count("pk"), changed_at=Max("last_published_at"))
        for kind in SECTIONS[section]
    ]
    files = -(-max(each["number"] for each in found) // MOST)
    changed_at = max((each["changed_at"] for each in found if each["changed_at"]), default=None)
    return [
        Entry(address=settings.ALMANAC_URL + reverse("sitemap_section", args=[section, number]), changed_at=changed_at)
        for number in range(1, files + 1)
    ]


def _listed(request: HttpRequest, kind: type[FindablePage]) -> PageQuerySet:
    """Return the pages of that kind that search engines are to find at their addresses here.

    As rows of the table of pages alone, less the few that are not for search engines: an index has all that is asked.
    """
    site = Site.find_for_request(request)
    if site is None or current_settings(request).is_unlisted:
        return Page.objects.none()
    # By the path alone: `descendant_of` would ask for the depth too, which stands in no index beside it.
    below = Page.objects.filter(path__startswith=site.root_page.path).order_by()
    not_to_be_found = kind.objects.filter(Q(is_unlisted=True) | ~Q(original_url="")).order_by()
    of_kind = below.filter(content_type=ContentType.objects.get_for_model(kind))
    return seen_by_everybody(of_kind).exclude(pk__in=not_to_be_found.values("pk"))


def _shown(kind: type[FindablePage], keys: PageQuerySet) -> PageQuerySet:
    """Return the pages with these keys, with what the sitemap tells of them."""
    pages: PageQuerySet = kind.objects.filter(pk__in=keys).order_by("path")
    if kind is ArticlePage:
        pages = pages.defer("body").select_related("hero").prefetch_related("hero__renditions")
    return pages


def _entry(request: HttpRequest, page: FindablePage) -> Entry:
    picture: Picture | None = getattr(page, "hero", None)
    return Entry(
        address=page.get_full_url(request) or "",
        changed_at=page.last_published_at,
        picture=_address_of(picture) if picture else "",
    )


def _address_of(picture: Picture) -> str:
    """Return the address of the largest size that was made, or else of the picture as it was uploaded."""
    return urljoin(settings.ALMANAC_URL, picture.largest.file.url)
