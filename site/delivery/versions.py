"""How an article read before: its older versions, each at an address of its own below that of the article."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import ArticlePage, Correction, Version, fetch_what_is_shown
from delivery.lookup import article_at
from delivery.views import serve
from pages.site import current_site


@require_safe
def version(request: HttpRequest, path: str, number: str) -> HttpResponseBase:
    """Answer what the article at `path` (without slashes around it) said in the version with that `number`.

    Only of an article that anybody may see; where none stands, Wagtail may have a page at the address. Raises Http404
    if there is no such version. It is never among the kept pages: few ask for it.
    """
    site = current_site(request)
    article = article_at(site, f"{path}/") if site else None
    if article is None:
        return serve(request, request.path_info.removeprefix("/"))
    later = Version.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number")).order_by("number")
    found = article.versions.annotate(until=Subquery(later.values("published_at")[:1])).filter(number=int(number))
    shown = found.first()
    if shown is None:
        raise Http404
    return _page(request, article, shown)


def _page(request: HttpRequest, article: ArticlePage, shown: Version) -> HttpResponse:
    content = shown.content
    # Never saved, and without its people: what they are called today is told by the article.
    frozen = ArticlePage(title=shown.title, summary=content.get("summary") or "", body=content.get("body") or "[]")
    fetch_what_is_shown(frozen.body)
    context = {
        "article": article,
        "version": shown,
        "frozen": frozen,
        "corrections": Correction.objects.filter(wrong=shown),
    }
    return render(request, "articles/version.html", context)
