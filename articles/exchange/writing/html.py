"""A folder that any browser reads without this site: a page an article, a list of all, pictures, old addresses."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect

from articles.exchange.writing.markdown import Media
from articles.exchange.writing.piece import Piece, pieces_of
from articles.exchange.writing.selection import Selection
from articles.exchange.writing.semantic import body_in_html
from articles.models import ArticlePage
from prose.spreadsheets import safe_cell

FORMAT = "html"
LABEL = _("Web pages (HTML): to be read without this site")
ENDING = ".html"
IS_ONE_FILE = False


def pieces(selection: Selection, *, with_media: bool) -> Iterator[Piece]:
    """Yield a page for each article that everybody may read, its pictures, then the list of all and the redirects.

    What is a draft or private stays out: these are pages to be put on a web server.
    """
    media = Media()
    listed: list[tuple[str, str]] = []
    for article in selection.articles():
        if not article.live or not article.is_for_everybody:
            continue
        listed.append((article.title, f"{article.slug}{ENDING}"))
        yield Piece(f"{article.slug}{ENDING}", page_in_html(article, media).encode())
        for name, picture in media.taken():
            if with_media:
                yield from pieces_of(name, picture.file)
    if not with_media:
        return
    yield Piece("index.html", render_to_string("articles/exchange/index.html", {"articles": listed}).encode())
    redirects = redirects_to(selection)
    yield Piece(
        "_redirects", "".join(f"{old} {new} {code}\n" for old, new, code in redirects if " " not in old).encode()
    )
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(("from", "to", "code"))
    rows.writerows((safe_cell(old), safe_cell(new), code) for old, new, code in redirects)
    yield Piece("redirects.csv", table.getvalue().encode())


def page_in_html(article: ArticlePage, media: Media) -> str:
    """Return the page of `article`: no script, nothing from elsewhere."""
    body = body_in_html(article, media.address_of)
    hero = media.address_of(article.hero) if article.hero else ""
    context: dict[str, Any] = {"article": article, "body": body, "hero": hero, "authors": article.authors()}
    return render_to_string("articles/exchange/article.html", context)


def redirects_to(selection: Selection) -> list[tuple[str, str, int]]:
    """Return where readers came before, and the file and the code with which they are led on: 301 or 302.

    The addresses on this site are among them: pages lie elsewhere in the folder.
    """
    keys = selection.keys()
    articles = {article.pk: article for article in _live(keys)}
    found = [(article.get_url_parts()[2], f"/{article.slug}{ENDING}", 301) for article in articles.values()]
    rows = Redirect.objects.filter(redirect_page__in=articles).order_by("old_path", "pk")
    return found + [
        (row.old_path, f"/{articles[row.redirect_page_id].slug}{ENDING}", 301 if row.is_permanent else 302)
        for row in rows
    ]


def _live(keys: list[int]) -> QuerySet[ArticlePage]:
    return ArticlePage.objects.published().filter(pk__in=keys).order_by("path").defer("body")
