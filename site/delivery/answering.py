"""What every answer of Django carries: the headers of `delivery.headers`, as they fit its kind."""

from __future__ import annotations

from http import HTTPStatus

from csp.constants import HEADER, SELF
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import has_vary_header, patch_vary_headers

from delivery.headers import BRIEF, NOT_KEPT, PERSONAL, REVALIDATED, SECURITY, in_order

ADMIN = "/admin/"
DESK = tuple(f"{ADMIN}{part}/" for part in ("reader-comments", "held-votes", "error-reports", "article-ratings"))
"""Where the admin shows what strangers wrote, and has no script inside of its pages."""
SAME_ORIGIN = "SAMEORIGIN"


class AnswerHeaders(CSPMiddleware):
    """Gives each answer its policy, and says who may keep it. What a view has said itself stands.

    Its place is inside of what compares and compresses answers, and outside of all that makes them.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Add the headers."""
        if getattr(request, "is_dummy", False):
            # What Wagtail asks for to show a preview: a page, but inside of the admin.
            response["X-Frame-Options"] = SAME_ORIGIN
        response = super().process_response(request, response)
        if policy := response.get(HEADER):
            response[HEADER] = in_order(policy)
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        response["Cache-Control"] = cache_control(request, response)
        is_public = "public" in response["Cache-Control"]
        if is_public and not response.streaming:
            patch_vary_headers(response, ["Accept-Encoding"])
        is_page = response.get("Content-Type", "").startswith("text/html")
        # Pictures, cards and feeds may stand on other sites; pages, and what is for one reader, may not.
        response["Cross-Origin-Resource-Policy"] = "cross-origin" if is_public and not is_page else "same-origin"
        return response

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Give the admin its own policy, and let ourselves frame what Wagtail wants to show in a frame."""
        parts = super().get_policy_parts(request, response, report_only)
        replace = parts.replace or {}
        if response.get("X-Frame-Options") == SAME_ORIGIN:
            replace = {"frame-ancestors": [SELF]} | replace
        if request.path_info.startswith(DESK):
            replace = {"script-src": settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]} | replace
        if parts.config is None and not report_only and request.path_info.startswith(ADMIN):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        parts.replace = replace
        return parts


def cache_control(request: HttpRequest, response: HttpResponseBase) -> str:
    """Return who may keep the answer, and for how long."""
    said: str = response.get("Cache-Control", "")
    status = response.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return NOT_KEPT
    if is_personal(response) or "private" in said or "no-store" in said:
        return PERSONAL
    if said:
        return said
    if request.method not in ("GET", "HEAD"):
        return NOT_KEPT
    if status in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT):
        return BRIEF
    # What is not there may be there in a moment: whoever keeps that asks again.
    is_final = status < HTTPStatus.BAD_REQUEST or status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
    return REVALIDATED if is_final else NOT_KEPT


def is_personal(response: HttpResponseBase) -> bool:
    """Return whether the answer sets a cookie, or depends on one."""
    return bool(response.cookies) or has_vary_header(response, "Cookie")
