"""What moderators do with a comment: move it, take words out of it, mark it as checked, and undo any of this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.dateparse import parse_datetime

from ratings.actions.moves import Why, hold, move, record
from ratings.actions.refusals import Conflict, NotUndoable
from ratings.actions.written import columns_of, store_domains
from ratings.models import Act, Badge, Comment, CommentRevision, Decision, Ground, Kind, LinkedDomain, Rating, State

GONE = (State.DELETED, State.ERASED)
"""Where nothing but erasing is left to be done."""

REWORDING = (Act.REDACT, Act.UNDO)
"""Acts that may have changed the words; then these are kept as a revision."""

ERASED: dict[str, Any] = {
    "name": "",
    "email": "",
    "text": "",
    "badge": Badge.NONE,
    "person": None,
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
) -> Decision:
    """Move `comment` from the `version` that the moderator saw into the state `to`, and return the decision.

    Of two who judge the same version the first wins, and the second gets Conflict, which is also raised for a move
    that the transition table forbids. `reason` is what the author is told, `note` is for moderators. Entails a
    Decision row with the rule trace, and an entry in the article's history in the admin. Erasing takes name, address
    and all wordings out of the database for good, with what reporters wrote about them.
    """
    before = _in_version(comment, version)
    content: dict[str, Any] = {}
    if to == State.ERASED:
        content = dict(ERASED)
        before.revisions.all().delete()
        before.reports.update(note="")
        LinkedDomain.objects.filter(comment=before).delete()
    why = Why(moderator=moderator, ground=ground, reason=reason, note=note)
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
    before = _in_version(comment, version)
    if before.state in GONE or before.text == text:
        raise Conflict(before)
    why = Why(moderator=moderator, ground=ground, reason=reason, note=note)
    # The spans that the checks marked are places in the words before.
    trace = [{part: value for part, value in finding.items() if part != "spans"} for finding in before.trace]
    return _reword(before, text, trace, Act.REDACT, now=now, why=why)


@transaction.atomic
def check(*, comment: Comment, version: int, checked: bool, now: datetime, moderator: User, note: str = "") -> Decision:
    """Mark a published `comment` as checked, so that reports no longer take it away, or no longer; return the decision.

    Raises Conflict if it is not in `version` any more, is not published, or is marked so already.
    """
    before = _in_version(comment, version)
    if not before.is_published or before.is_checked == checked:
        raise Conflict(before)
    why = Why(moderator=moderator, note=note)
    return record(before, Act.CHECK if checked else Act.UNCHECK, now=now, why=why, content={"is_checked": checked})


@transaction.atomic
def undo(*, decision: Decision, now: datetime, moderator: User | None, reason: str = "", note: str = "") -> Decision:
    """Take back what `decision` did, with all that it set off, and return the decision that says so.

    State, columns, counts, reports and pins are as they were before. An undone decision can be brought back by undoing
    its undoing. Raises NotUndoable for what its author or nobody did, or what is erased, and Conflict if something has
    happened to the comment since: that has to be undone first. What was set off and has moved on since stays so.
    """
    held = hold([decision.comment_id, *decision.entailed.values_list("comment", flat=True)])
    return undo_held(decision, held, now=now, why=Why(moderator=moderator, reason=reason, note=note))


def undo_held(decision: Decision, held: Mapping[int, Comment], *, now: datetime, why: Why) -> Decision:
    """Do what `undo` does, with comments that are `held` already, by their keys."""
    before = held[decision.comment_id]
    if not decision.is_by_moderator or decision.to_state in GONE or before.state == State.ERASED:
        raise NotUndoable
    if not _is_latest(decision, before):
        raise Conflict(before)
    entailed = [each for each in decision.entailed.all() if _is_latest(each, held[each.comment_id])]
    if entailed:
        # At most one comment of an article is pinned at a time, so that the one goes before the other comes back.
        swapped = [each.comment_id for each in (decision, *entailed) if "is_pinned" in each.before]
        Comment.objects.filter(pk__in=swapped).update(is_pinned=False)
    undone = _undo_one(decision, before, now=now, why=why)
    for each in entailed:
        _undo_one(each, held[each.comment_id], now=now, why=replace(why, because_of=undone))
    return undone


def _in_version(comment: Comment, version: int) -> Comment:
    """Return `comment` as it is now, held with all that moving it writes in; raises Conflict if it has moved on."""
    before = hold([comment.pk])[comment.pk]
    if before.version != version:
        raise Conflict(before)
    return before


def _is_latest(decision: Decision, before: Comment) -> bool:
    """Return whether nothing has happened to the comment since."""
    return before.version == decision.version + 1


def _undo_one(decision: Decision, before: Comment, *, now: datetime, why: Why) -> Decision:
    if decision.act in REWORDING and (earlier := before.revisions.filter(version=decision.version).first()):
        return _reword(before, earlier.text, earlier.trace, Act.UNDO, now=now, why=why, undoes=decision)
    content = _restored(before, decision)
    if decision.from_state != decision.to_state:
        return move(before, State(decision.from_state), now=now, why=why, undoes=decision, **content)
    return record(before, Act.UNDO, now=now, why=why, undoes=decision, content=content)


def _reword(
    before: Comment, text: str, trace: Any, act: Act, *, now: datetime, why: Why, undoes: Decision | None = None
) -> Decision:
    CommentRevision.objects.create(
        comment=before, version=before.version, text=before.text, trace=before.trace, replaced_at=now
    )
    content = {"text": text, "trace": trace, **columns_of(before.name, text)}
    decision = record(before, act, now=now, why=why, undoes=undoes, content=content)
    store_domains(before, text)
    return decision


def _restored(before: Comment, decision: Decision) -> dict[str, Any]:
    """Return the columns that `decision` changed as they were before it; raises Conflict if another one is pinned now.

    A review shows the stars that its writer gives now. A comment that comes back leaves the pin to who has it.
    """
    content = dict(decision.before)
    if isinstance(published_at := content.get("published_at"), str):
        content["published_at"] = parse_datetime(published_at)
    if content.get("is_pinned"):
        other = Comment.objects.filter(article=before.article_id, is_pinned=True).exclude(pk=before.pk).first()
        if other is not None and decision.from_state == decision.to_state:
            raise Conflict(other)
        content["is_pinned"] = other is None
    if content.get("kind") == Kind.REVIEW:
        rating = Rating.objects.filter(article=before.article_id, reader=before.reader_id).first()
        content["stars"] = rating.counted_stars if rating else None
    return content
