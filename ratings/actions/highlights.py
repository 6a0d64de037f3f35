"""What the editors lift out: one pinned comment an article, and picks with their reason."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from ratings.actions.locks import lock_summary, lock_threads
from ratings.actions.refusals import ParentGone
from ratings.models import Comment


@transaction.atomic
def pin(*, comment: Comment, pinned: bool, moderator: User) -> None:
    """Pin `comment` on top of its article's comments, instead of the one that was; or let it go again.

    Raises ParentGone if it is not a published first comment of a thread.
    """
    lock_summary(comment.article_id)
    stays = Comment.objects.filter(article=comment.article_id, is_pinned=True).values_list("pk", flat=True)
    lock_threads({comment.pk, *stays})
    found = Comment.objects.get(pk=comment.pk)
    if pinned and (not found.is_published or found.parent_id is not None):
        raise ParentGone
    if found.is_pinned == pinned:
        return
    Comment.objects.filter(article=comment.article_id, is_pinned=True).update(is_pinned=False)
    Comment.objects.filter(pk=comment.pk).update(is_pinned=pinned)
    _log(found, "ratings.pin" if pinned else "ratings.unpin", moderator)


@transaction.atomic
def pick(*, comment: Comment, reason: str, moderator: User) -> None:
    """Make `comment` an editors' pick for the `reason` that readers see, or with "" no longer one.

    Raises ParentGone if it is not published.
    """
    lock_threads([comment.thread_id])
    found = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if reason and not found.is_published:
        raise ParentGone
    if found.pick_reason != reason:
        Comment.objects.filter(pk=comment.pk).update(pick_reason=reason)
        _log(found, "ratings.pick" if reason else "ratings.unpick", moderator, reason)


def _log(comment: Comment, action: str, moderator: User, reason: str = "") -> None:
    log(
        instance=comment.article,
        action=action,
        user=moderator,
        data={"comment": comment.pk, "reason": reason},
    )
