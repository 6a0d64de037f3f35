"""A field that readers neither see nor hear; machines fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission


def trap_was_filled(submission: Submission) -> Finding | None:
    """Find a filled trap."""
    if not submission.trap:
        return None
    return Finding(rule="honeypot", points=80, reason="A field that no reader can see was filled in.")
