"""Showing a notice once before a text is stored; whoever has seen it may send the same text as it is."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest

from ratings.notices import notices_on


def has_unseen_notices(request: HttpRequest, text: str) -> bool:
    """Return whether `text` calls for a notice that the form it came with did not show."""
    return request.POST.get("seen") != _fingerprint(text) and bool(notices_on(text))


def notices_for(text: str) -> dict[str, object]:
    """Return what a page with a form needs: the notices on `text`, and what the form says when they were seen."""
    return {"notices": notices_on(text), "seen": _fingerprint(text)}


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
