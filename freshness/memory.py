"""What is the same on every page, kept in the memory of the process until the site changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from wagtail.models import Site

from freshness.changes import site_version

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

LARGEST = 1_000
"""So many results are kept at the most; they are few, unless somebody asks under many names of hosts."""

_version: ContextVar[Hashable] = ContextVar("version", default=None)
_known: dict[str, Hashable] = {}
"""The version that this process saw last."""
_kept: dict[Hashable, tuple[Hashable, Any]] = {}


@contextmanager
def remembering() -> Iterator[None]:
    """Within, have what is `remembered` taken from memory, if it is of the site as it is now. One query.

    Only where pages are kept, since only there everything that changes a page says so. Elsewhere, and everywhere
    outside, all is asked for anew.
    """
    if not settings.KEEP_PAGES or _version.get() is not None:
        yield
        return
    version = site_version()
    if version != _known.get("version"):
        # Wagtail remembers where its sites begin for an hour, in each process.
        Site.clear_site_root_paths_cache()
        _known["version"] = version
    token = _version.set(version)
    try:
        yield
    finally:
        _version.reset(token)


def remembered(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Return `function`, whose results are kept by its arguments. Nobody may change a result."""

    @wraps(function)
    def kept(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        version = _version.get()
        if version is None:
            return function(*args, **kwargs)
        key = (function, args, tuple(kwargs.items()))
        found = _kept.get(key)
        if found is not None and found[0] == version:
            result: Result = found[1]
            return result
        result = function(*args, **kwargs)
        if len(_kept) >= LARGEST:
            _kept.clear()
        _kept[key] = (version, result)
        return result

    return kept


def forget() -> None:
    """Forget everything that this process remembers."""
    _kept.clear()
