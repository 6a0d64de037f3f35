"""The read API: the routers of the apps under one roof. Public, without cookies, for any origin."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page, require_safe
from ninja import NinjaAPI
from ninja.errors import ValidationError

from articles.api import router as articles
from articles.presenting import ANSWERS
from ratings.api import router as responses

View = Callable[..., HttpResponse]


def publicly_readable(view: View) -> View:
    """Let pages of any origin read the answer, and anybody keep it who asks each time whether it still holds.

    The ETag is a digest of the bytes, so it cannot be wrong.
    """
    revalidated = cache_control(public=True, max_age=0, must_revalidate=True)(conditional_page(view))

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        answer = revalidated(request, *args, **kwargs)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = "ETag"
        return answer

    return answered


def document(view: View) -> View:
    """Serve the OpenAPI document as all else here is served."""
    return csrf_exempt(require_safe(publicly_readable(view)))


# No page with documentation: the one that comes with the library loads scripts from elsewhere.
api = NinjaAPI(
    title="Almanac",
    version="1",
    description="Published articles, their topics and authors, and what readers answer, to read.",
    servers=[{"url": settings.ALMANAC_URL}],
    urls_namespace="api",
    docs_url=None,
    docs_decorator=document,
)
api.add_decorator(publicly_readable, mode="view")
api.add_router("", articles)
api.add_router("", responses)
ANSWERS.update(rating="api:rating", comments="api:comments")


@api.exception_handler(ValidationError)
def unknown_value(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 400, and name each parameter with what is wrong about its value."""
    faults = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors)
    return api.create_response(request, {"detail": faults}, status=HTTPStatus.BAD_REQUEST)
