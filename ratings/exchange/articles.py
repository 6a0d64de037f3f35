"""Which article a comment belongs to."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from articles.models import ArticlePage, ImportedFrom
from ratings.exchange.records import BadRecord

REMEMBERED = 10_000
MOST_REDIRECTS = 5


class ArticleFinder:
    """Finds articles by what sources know them by, and remembers them."""

    def __init__(self) -> None:
        self.find = lru_cache(maxsize=REMEMBERED)(self._find)
        sites = Site.objects.select_related("root_page")
        self.roots = [site.root_page.url_path.rstrip("/") for site in sites.order_by("-is_default_site", "pk")]

    def of(self, article: str, addresses: tuple[str, ...]) -> int:
        """Return the key of the article; raises BadRecord, with the addresses, if there is none."""
        found = self.find(article, addresses)
        if found is None:
            where = ", ".join(dict.fromkeys(filter(None, (*addresses, article))))
            raise BadRecord(_("No article is found for it: %(where)s.") % {"where": where[:500] or _("no address")})
        return found

    def _find(self, article: str, addresses: tuple[str, ...]) -> int | None:
        """Look by the id that the article was imported with, the path, the redirect, the last part of the path."""
        known_as = [each[:500] for each in (article, *addresses) if each]
        imported = ImportedFrom.objects.filter(foreign_id__in=known_as).values_list("foreign_id", "article")
        by_id = dict(imported)
        if by_id:
            return next(by_id[each] for each in known_as if each in by_id)
        paths = [path for path in map(path_of, addresses) if path]
        for ask in (self._by_path, self._by_redirect, self._by_slug):
            for path in paths:
                if (found := ask(path)) is not None:
                    return found
        return None

    def _by_path(self, path: str) -> int | None:
        url_paths = [f"{root}{path.rstrip('/')}/" for root in self.roots]
        return ArticlePage.objects.filter(url_path__in=url_paths).values_list("pk", flat=True).first()

    def _by_redirect(self, path: str) -> int | None:
        for _step in range(MOST_REDIRECTS):
            old_path = Redirect.normalise_path(path)[:255]
            redirect = Redirect.objects.filter(old_path=old_path).order_by("pk").first()
            if redirect is None:
                return None
            if redirect.redirect_page_id:
                return ArticlePage.objects.filter(pk=redirect.redirect_page_id).values_list("pk", flat=True).first()
            path = path_of(redirect.redirect_link)
            if (found := self._by_path(path)) is not None:
                return found
        return None

    def _by_slug(self, path: str) -> int | None:
        slug = path.rstrip("/").rpartition("/")[2]
        found = list(ArticlePage.objects.filter(slug=slug).values_list("pk", flat=True)[:2]) if slug else []
        return found[0] if len(found) == 1 else None


def path_of(address: str) -> str:
    """Return the path of an absolute address, or of one that begins with a slash; "" for anything else."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    is_address = parts.scheme in ("http", "https") or (not parts.scheme and address.strip().startswith("/"))
    return unquote(parts.path, errors="replace").replace("\x00", "") if is_address and parts.path else ""
