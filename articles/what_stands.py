"""Which revisions others rely upon: those are not written over, and what was signed is not purged."""

from __future__ import annotations

from wagtail.models import Revision

from articles.models import ArticlePage, ReviewState, SignOff, Version


def stands(revision: Revision) -> bool:
    """Return whether readers read `revision`, or it is kept for them, or was signed. What is scheduled is locked."""
    return (
        ArticlePage.objects.filter(live_revision=revision).exists()
        or Version.objects.filter(revision=revision).exists()
        or is_signed(revision)
    )


def is_signed(revision: Revision) -> bool:
    """Return whether a reviewer signed `revision`: later texts are compared with it."""
    signed_in_workflow = ReviewState.objects.filter(revision=revision).exclude(signed_on=None)
    return SignOff.objects.filter(revision=revision).exists() or signed_in_workflow.exists()
