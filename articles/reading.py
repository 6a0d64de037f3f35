"""How machines read: GET and HEAD, with parameters that are known, each given once."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.errors import HttpError

View = Callable[..., Any]


def readable(router: Router, path: str, **options: Any) -> Callable[[View], View]:
    """Answer GET and HEAD at `path` with the decorated view. The OpenAPI document names GET alone: HEAD is implied."""

    def register(view: View) -> View:
        router.api_operation(["HEAD"], path, include_in_schema=False, **options)(view)
        return router.get(path, **options)(view)

    return register


def refuse_unknown_parameters(request: HttpRequest, *known: str) -> None:
    """Raise HttpError 400 for a parameter that is not `known`, that is given twice, or that no database could hold.

    What is silently ignored would be believed to work.
    """
    for name, values in request.GET.lists():
        if name not in known:
            allowed = f"Known are: {', '.join(known)}." if known else "There are none."
            raise HttpError(HTTPStatus.BAD_REQUEST, f"There is no parameter “{name[:80]}” here. {allowed}")
        if len(values) > 1:
            raise HttpError(HTTPStatus.BAD_REQUEST, f"{name}: It is given {len(values)} times. Give it once.")
        if "\x00" in values[0]:
            raise HttpError(HTTPStatus.BAD_REQUEST, f"{name}: It holds a character that is no text.")
