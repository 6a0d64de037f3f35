"""Sanctions: what moderators keep a reader from, what they hide with it, and how both are taken back."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from wagtail.log_actions import log

from ratings.actions.bulks import begin_bulk, begin_undoing_bulk
from ratings.actions.locks import must_exist
from ratings.models import Comment, Ground, Reader, Sanction, SanctionKind, State
from ratings.models.comment import CommentQuerySet
from ratings.models.grounds import SHIPPED_TEXTS


def posted_by(reader: int, among: CommentQuerySet | None = None) -> CommentQuerySet:
    """Return what the reader with this key has posted, of all comments or `among` some: what is published or waits."""
    comments = Comment.objects.all() if among is None else among
    return comments.filter(reader=reader, state__in=[State.PENDING, State.PUBLISHED])


@transaction.atomic
def sanction(
    *,
    reader: Reader,
    kind: SanctionKind,
    ground: Ground,
    moderator: User,
    now: datetime,
    reason: str = "",
    note: str = "",
    ends_at: datetime | None = None,
    hide: State | None = None,
    among: CommentQuerySet | None = None,
) -> Sanction:
    """Put a sanction on `reader` until `ends_at`, or until it is lifted, and return it.

    The reader is told the `reason`, or else the shipped text of its ground; `note` is for moderators. Any number may
    be in force: the hardest holds, and lifting one leaves the others. With a state to `hide` in (hidden or spam), a
    bulk begins for what the reader `posted_by` now, `among` the comments that the moderator may decide on; the caller
    goes on with it. The reader's row is held, so that what is just being posted is hidden too, or refused. Entails an
    entry in the admin's history. Raises ReaderGone, and ValueError for a mute without an end, for an end that is not
    after `now`, and where nothing says why.
    """
    reason = reason.strip() or str(SHIPPED_TEXTS.get(ground, ""))
    if not reason:
        raise ValueError("A sanction tells its reason.")
    if kind == SanctionKind.MUTE and ends_at is None:
        raise ValueError("A mute has an end.")
    if ends_at is not None and ends_at <= now:
        raise ValueError("A sanction ends after it begins.")
    must_exist(reader)
    hid = None
    posted = posted_by(reader.pk, among)
    if hide is not None and (latest := posted.aggregate(latest=Max("pk"))["latest"]) is not None:
        hid = begin_bulk(
            matching=posted,
            selection={"reader": reader.pk},
            to=hide,
            seen_at=now,
            until=latest,
            now=now,
            moderator=moderator,
            ground=ground,
            reason=reason,
            note=note,
        )
    stored = Sanction.objects.create(
        reader=reader,
        kind=kind,
        ground=ground,
        reason=reason,
        note=note,
        moderator=moderator,
        begins_at=now,
        ends_at=ends_at,
        hid=hid,
    )
    _log(stored, "ratings.sanction", moderator, reason)
    return stored


@transaction.atomic
def lift(*, sanction: Sanction, moderator: User, now: datetime, reason: str = "") -> Sanction:
    """End `sanction` before its time, and return it. What was hidden with it is to come back: the caller goes on.

    Comments that were moved or edited since stay as they are. Lifting twice changes nothing. Entails an entry in the
    admin's history.
    """
    stored = Sanction.objects.select_for_update(no_key=True, of=("self",)).select_related("hid").get(pk=sanction.pk)
    if stored.lifted_at is not None:
        return stored
    stored.lifted_at, stored.lifted_by, stored.lifted_reason = now, moderator, reason
    if stored.hid is not None:
        stored.hid = begin_undoing_bulk(bulk=stored.hid, now=now, moderator=moderator)
    stored.save()
    _log(stored, "ratings.lift", moderator, reason)
    return stored


@transaction.atomic
def confirm(*, sanction: Sanction, now: datetime) -> None:
    """Store that the reader has read of `sanction`; the first time counts."""
    Sanction.objects.filter(pk=sanction.pk, read_at__isnull=True).update(read_at=now)


def _log(sanction: Sanction, action: str, moderator: User, reason: str) -> None:
    ends_at = sanction.ends_at.isoformat() if sanction.ends_at else None
    told = {"kind": sanction.kind, "ground": sanction.ground, "reason": reason, "ends_at": ends_at}
    keys = {"reader": sanction.reader_id, "sanction": sanction.pk}
    log(instance=sanction.reader, action=action, user=moderator, data=keys | told)
