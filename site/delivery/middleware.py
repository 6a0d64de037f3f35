"""What becomes of a request for an address that is not there any more, or never was."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from articles.models import Retraction
from delivery.errors import not_found
from delivery.markdown import retracted_twin
from findable.visibility import seen_by_everybody
from pages.missing import missing

NOT_COUNTED = ("/admin/", "/api/", "/documents/", "/media/", "/responses/", "/static/")
"""Addresses that no page of the site could have."""

VERSION = re.compile(r"(?<=/)versions/[0-9]+/\Z", re.ASCII)
"""What the address of an older version has behind that of its article."""


class MovedOrGone:
    """Leads from an address that is not there to where it went, tells why it is gone, or counts that it is missing.

    In this order: a redirect that an editor made stands above a retraction.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        answer = self.get_response(request)
        if answer.status_code != HTTPStatus.NOT_FOUND or "\0" in request.path_info:
            return answer
        other = moved(request) or gone(request)
        if other is not None:
            return other
        count(request)
        # A developer sees what a reader would: Django's own page would hide how ours looks.
        is_page = answer.get("Content-Type", "").startswith("text/html")
        return not_found(request, Http404()) if settings.DEBUG and is_page else answer


def moved(request: HttpRequest) -> HttpResponse | None:
    """Return the redirect from the address that was asked for, with its query or without; None if there is none.

    Wagtail's own middleware would also lead to a page that nobody may see, and so tell its address.
    """
    # With two slashes in front it would be read as the name of a host.
    full_path = Redirect.normalise_path("/" + request.get_full_path().lstrip("/"), decode_unicode=False)
    path = urlsplit(full_path).path
    article = VERSION.sub("", f"{path}/").rstrip("/")
    for asked in dict.fromkeys((full_path, path, article)):
        found = get_redirect(request, asked)
        if found is not None and _may_be_told(found) and found.link:
            permanently = HttpResponsePermanentRedirect if found.is_permanent else HttpResponseRedirect
            # Whatever moved took its older versions with it; what an editor leads to is something else.
            below = f"{path}/".removeprefix(f"{article}/") if found.automatically_created and asked == article else ""
            return permanently(found.link + below)
    return None


def _may_be_told(redirect: Redirect) -> bool:
    key = redirect.redirect_page_id
    return key is None or seen_by_everybody(Page.objects.all()).filter(pk=key).exists()


def gone(request: HttpRequest) -> HttpResponse | None:
    """Return why the article that stood at the address was retracted; None if none was.

    Its Markdown twin and its older versions are gone with it.
    """
    is_twin = request.path_info.endswith(".md")
    path = request.path_info.removesuffix(".md") + "/" if is_twin else VERSION.sub("", request.path_info)
    retraction = Retraction.objects.filter(path=path, lifted_at=None).first()
    if retraction is None:
        return None
    if is_twin:
        return retracted_twin(retraction)
    return render(request, "410.html", {"retraction": retraction}, status=HTTPStatus.GONE)


def count(request: HttpRequest) -> None:
    """Count the address as missing if a browser asked for it as for a page."""
    # With a query it may be an address that we have, asked for what it does not have.
    is_for_page = request.method == "GET" and not request.GET and "text/html" in request.headers.get("Accept", "")
    if is_for_page and not request.path_info.startswith(NOT_COUNTED):
        missing.count(request.path_info, link_to(request))


def link_to(request: HttpRequest) -> str:
    """Return where the link stands that was followed: the path of a page of ours, or the name of another site."""
    try:
        source = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if source.scheme not in ("http", "https") or not source.netloc:
        return ""
    is_own = source.netloc == urlsplit(settings.ALMANAC_URL).netloc
    return source.path or "/" if is_own else source.hostname or ""
