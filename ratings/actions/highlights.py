"""What the editors lift out: one pinned comment an article, and picks with their reason."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from ratings.actions.locks import lock_summary
from ratings.actions.moves import Why, hold, record
from ratings.actions.refusals import Conflict, ParentGone
from ratings.models import Act, Comment, Decision


@transaction.atomic
def pin(
    *, comment: Comment, pinned: bool, now: datetime, moderator: User, version: int | None = None
) -> Decision | None:
    """Pin `comment` on top of its article's comments, instead of the one that was; or let it go again.

    Returns the decision, or None if it stood so already; undoing it brings the other one back. Raises ParentGone if
    the comment is not a published first one of a thread, Conflict if it is not in the `version` that the moderator saw
    (None: whichever it is).
    """
    lock_summary(comment.article_id)
    pinned_now = Comment.objects.filter(article=comment.article_id, is_pinned=True).values_list("pk", flat=True)
    held = hold([comment.pk, *pinned_now])
    found = held.pop(comment.pk)
    if pinned and (not found.is_published or found.parent_id is not None):
        raise ParentGone
    if found.is_pinned == pinned:
        return None
    _must_be_in(found, version)
    others = held.values() if pinned else []
    # At most one is pinned at a time, so the other one goes first.
    Comment.objects.filter(pk__in=[other.pk for other in others]).update(is_pinned=False)
    why = Why(moderator=moderator)
    decision = record(found, Act.PIN if pinned else Act.UNPIN, now=now, why=why, content={"is_pinned": pinned})
    set_off = Why(moderator=moderator, because_of=decision)
    for other in others:
        record(other, Act.UNPIN, now=now, why=set_off, content={"is_pinned": False})
    return decision


@transaction.atomic
def pick(
    *, comment: Comment, reason: str, now: datetime, moderator: User, version: int | None = None
) -> Decision | None:
    """Make `comment` an editors' pick for the `reason` that readers see, or with "" no longer one.

    Returns the decision, or None if it stood so already. Raises ParentGone if it is not published, Conflict as
    `pin` does.
    """
    found = hold([comment.pk])[comment.pk]
    if reason and not found.is_published:
        raise ParentGone
    if found.pick_reason == reason:
        return None
    _must_be_in(found, version)
    why = Why(moderator=moderator, reason=reason)
    return record(found, Act.PICK if reason else Act.UNPICK, now=now, why=why, content={"pick_reason": reason})


def _must_be_in(comment: Comment, version: int | None) -> None:
    if version is not None and comment.version != version:
        raise Conflict(comment)
