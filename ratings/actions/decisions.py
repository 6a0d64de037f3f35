"""What moderators do with a comment: move it, take words out of it, mark it as checked, and undo any of this."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from ratings.actions.locks import lock_summary, lock_threads
from ratings.actions.moves import Why, move, record
from ratings.actions.refusals import Conflict, NotUndoable
from ratings.actions.written import columns_of, store_domains
from ratings.models import Act, Bulk, Comment, CommentRevision, Decision, Ground, Kind, LinkedDomain, Rating, State

ERASED: dict[str, Any] = {
    "name": "",
    "email": "",
    "text": "",
    "network": "",
    "pick_reason": "",
    "trace": [],
    "points": 0,
    "rules": "",
    "folded": "",
    "fingerprint": None,
    "spam_score": None,
}
"""What is left of a comment that was erased."""


@transaction.atomic
def decide(
    *,
    comment: Comment,
    version: int,
    to: State,
    now: datetime,
    moderator: User | None = None,
    ground: Ground | None = None,
    reason: str = "",
    note: str = "",
    bulk: Bulk | None = None,
) -> Decision:
    """Move `comment` from the `version` that the moderator saw into the state `to`, and return the decision.

    Of two who judge the same version the first wins, and the second gets Conflict, which is also raised for a move
    that the transition table forbids. `reason` is what the author is told, `note` is for moderators. Entails a
    Decision row with the rule trace, and an entry in the article's history in the admin. Erasing takes name, address
    and all wordings out of the database for good.
    """
    before = _held(comment)
    if before.version != version:
        raise Conflict(before)
    content: dict[str, Any] = {}
    if to == State.ERASED:
        content = dict(ERASED)
        before.revisions.all().delete()
        LinkedDomain.objects.filter(comment=before).delete()
    why = Why(moderator=moderator, ground=ground, reason=reason, note=note, bulk=bulk)
    return move(before, to, now=now, why=why, **content)


@transaction.atomic
def redact(
    *,
    comment: Comment,
    version: int,
    text: str,
    now: datetime,
    moderator: User,
    ground: Ground = Ground.PERSONAL,
    reason: str = "",
    note: str = "",
) -> Decision:
    """Replace the words of `comment` by `text`, from which a moderator took something out; return the decision.

    The words before are kept as a revision, for moderators and for undoing. The comment stays in its state. Raises
    Conflict if it is not in `version` any more, is gone, or has these words already.
    """
    before = _held(comment)
    if before.version != version or before.state in (State.DELETED, State.ERASED) or before.text == text:
        raise Conflict(before)
    why = Why(moderator=moderator, ground=ground, reason=reason, note=note)
    return _reword(before, text, Act.REDACT, now=now, why=why)


@transaction.atomic
def check(*, comment: Comment, version: int, checked: bool, now: datetime, moderator: User, note: str = "") -> Decision:
    """Mark a published `comment` as checked, so that reports no longer take it away, or no longer; return the decision.

    Raises Conflict if it is not in `version` any more, is not published, or is marked so already.
    """
    before = _held(comment)
    if before.version != version or not before.is_published or before.is_checked == checked:
        raise Conflict(before)
    why = Why(moderator=moderator, note=note)
    return record(before, Act.CHECK if checked else Act.UNCHECK, now=now, why=why, content={"is_checked": checked})


@transaction.atomic
def undo(*, decision: Decision, now: datetime, moderator: User | None, reason: str = "", note: str = "") -> Decision:
    """Take back what `decision` did, with all that it set off, and return the decision that says so.

    State, columns, counts, reports and pins are as they were before. An undone decision can be brought back by undoing
    its undoing. Raises NotUndoable for what its author or nobody did, or what is erased, and Conflict if something has
    happened to the comment since: that has to be undone first.
    """
    entailed = list(decision.entailed.filter(undone_by__isnull=True).select_related("comment"))
    hold_all([decision.comment, *(each.comment for each in entailed)])
    before = _held(decision.comment)
    decision = Decision.objects.get(pk=decision.pk)
    if decision.moderator_id is None or State.ERASED in (before.state, decision.to_state):
        raise NotUndoable
    if before.version != decision.version + 1 or Decision.objects.filter(undoes=decision).exists():
        raise Conflict(before)
    why = Why(moderator=moderator, reason=reason, note=note)
    if CommentRevision.objects.filter(comment=before, version=decision.version).exists():
        earlier = CommentRevision.objects.get(comment=before, version=decision.version)
        undone = _reword(before, earlier.text, Act.UNDO, now=now, why=why, undoes=decision)
    elif decision.from_state == decision.to_state == before.state:
        content = _restored(before, decision)
        undone = record(before, Act.UNDO, now=now, why=why, undoes=decision, content=content)
    else:
        to = State(decision.from_state)
        undone = move(before, to, now=now, why=why, undoes=decision, **_restored(before, decision))
    for each in entailed:
        undo(decision=each, now=now, moderator=moderator, reason=reason)
    return undone


def hold_all(comments: Iterable[Comment]) -> None:
    """Hold what moving `comments` writes in, in the order of locks.

    The summaries of their articles are part of it: a reader has one published review, and an article one pin.
    """
    comments = list(comments)
    for article_id in sorted({comment.article_id for comment in comments}):
        lock_summary(article_id)
    lock_threads({comment.thread_id for comment in comments})


def _held(comment: Comment) -> Comment:
    """Return `comment` as it is now, held with all that moving it writes in."""
    hold_all([comment])
    return Comment.objects.select_for_update(no_key=True, of=("self",)).select_related("article").get(pk=comment.pk)


def _reword(
    before: Comment, text: str, act: Act, *, now: datetime, why: Why, undoes: Decision | None = None
) -> Decision:
    CommentRevision.objects.create(
        comment=before, version=before.version, text=before.text, trace=before.trace, replaced_at=now
    )
    content = {"text": text, **columns_of(before.name, text)}
    decision = record(before, act, now=now, why=why, undoes=undoes, content=content)
    store_domains(before, text)
    return decision


def _restored(before: Comment, decision: Decision) -> dict[str, Any]:
    """Return the columns that `decision` changed as they were before it, as far as they can be so again."""
    content = dict(decision.before)
    if isinstance(published_at := content.get("published_at"), str):
        content["published_at"] = parse_datetime(published_at)
    if content.get("is_pinned"):
        others = Comment.objects.filter(Q(article=before.article_id, is_pinned=True) & ~Q(pk=before.pk))
        content["is_pinned"] = not others.exists()
    if content.get("kind") == Kind.REVIEW:
        rating = Rating.objects.filter(article=before.article_id, reader=before.reader_id).first()
        content["stars"] = rating.counted_stars if rating else None
    return content
