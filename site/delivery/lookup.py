"""Finding a page by its address."""

from __future__ import annotations

from wagtail.models import Page, PageQuerySet, Site

from articles.models import ArticlePage
from delivery.kept.addresses import main_site
from findable.prepared import Prepared
from findable.visibility import seen_by_everybody


def page_at(path: str) -> Page | None:
    """Return the page at the address `path` ("/about/") of the main site that anybody may see, or None."""
    site = main_site()
    return next(iter(_page(**_place(site, path))), None) if site else None


def article_at(site: Site, path: str) -> ArticlePage | None:
    """Return the article at the address `path` of `site` that anybody may see, or None. One query.

    With its rating and its social card, which its page shows.
    """
    if "/" not in path.strip("/"):
        return None  # articles stand below their list
    article = next(iter(_article(**_place(site, path))), None)
    if article is not None:
        article.is_for_everybody = True
    return article


def _place(site: Site, path: str) -> dict[str, str]:
    root = site.root_page
    url_path = root.url_path + path.removeprefix("/")
    # The slug has an index, and the path has none.
    return {"url_path": url_path, "slug": url_path.rstrip("/").rpartition("/")[2] or root.slug}


def _public(pages: PageQuerySet, url_path: str, slug: str) -> PageQuerySet:
    return seen_by_everybody(pages.filter(slug=slug, url_path=url_path)).order_by()


_page = Prepared(lambda **place: _public(Page.objects.all(), **place))
_article = Prepared(
    lambda **place: _public(ArticlePage.objects.select_related("rating_summary", "social_card"), **place)
)
