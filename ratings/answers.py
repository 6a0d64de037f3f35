"""Why something was not stored, in words that say what to do, and the status of HTTP that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from math import ceil

from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratings import actions
from ratings.models import Ground, Sanction

REFUSALS = (
    actions.NotOpen,
    actions.Closed,
    actions.ParentGone,
    actions.NotYours,
    actions.OwnWork,
    actions.NoRating,
    actions.AlreadyReviewed,
    actions.AlreadySent,
    actions.TooLate,
    actions.RatingMoved,
    actions.Conflict,
    actions.TooMany,
    actions.Silenced,
)
"""What an action refuses and a reader can be told. Whatever else goes wrong is our fault, not theirs."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A refusal as it goes to the reader."""

    status: HTTPStatus
    message: str
    retry_after: int | None = None
    """After so many seconds it will work."""


def answer_to(refusal: Exception) -> Answer:
    """Return what the reader is told about `refusal`, one of `REFUSALS`."""
    if isinstance(refusal, actions.TooMany):
        return _too_many(refusal.retry_after)
    if isinstance(refusal, actions.Silenced):
        return Answer(status=HTTPStatus.FORBIDDEN, message=_silenced(refusal.sanction))
    if isinstance(refusal, actions.Closed) and refusal.until is not None:
        return _closed_for_now(refusal.since, refusal.until)
    if isinstance(refusal, actions.Closed):
        day = formats.date_format(localtime(refusal.since), "DATE_FORMAT")
        message = _("Comments under this article are closed since %(day)s. Please keep your text, if you need it.")
        return Answer(status=HTTPStatus.CONFLICT, message=message % {"day": day})
    status, message = {
        actions.NotOpen: (HTTPStatus.NOT_FOUND, _("This article is not open for responses.")),
        actions.ParentGone: (HTTPStatus.CONFLICT, _("This comment is no longer shown.")),
        actions.NotYours: (HTTPStatus.NOT_FOUND, _("There is no such response, or it is not yours.")),
        actions.OwnWork: (
            HTTPStatus.FORBIDDEN,
            _(
                "You cannot vote on what you wrote or have a part in, nor report it. Readers trust the stars because of"
                " this."
            ),
        ),
        actions.NoRating: (
            HTTPStatus.UNPROCESSABLE_ENTITY,
            _("A review carries your stars. Please choose one to five, or send your text as a comment."),
        ),
        actions.AlreadyReviewed: (
            HTTPStatus.CONFLICT,
            _("You have reviewed this article already. You can change your stars, or send this text as a comment."),
        ),
        actions.AlreadySent: (
            HTTPStatus.UNPROCESSABLE_ENTITY,
            _("This form was sent before, with other words. To send these as a further comment, send them once more."),
        ),
        actions.TooLate: (
            HTTPStatus.CONFLICT,
            _("A comment can be edited for 15 minutes, while it waits or is published. You can answer it instead."),
        ),
        actions.RatingMoved: (
            HTTPStatus.CONFLICT,
            _("Your rating was changed in another window. This page shows how it stands now."),
        ),
        actions.Conflict: (
            HTTPStatus.CONFLICT,
            _("This comment has changed since you opened the page. Please look at it again."),
        ),
    }[type(refusal)]
    return Answer(status=status, message=message)


def _silenced(sanction: Sanction) -> str:
    """Say what the reader cannot do, until when and why, and what they still can."""
    if sanction.ends_at is None:
        what = _("A moderator decided that you cannot respond here any more.")
    else:
        end = formats.date_format(localtime(sanction.ends_at), "DATETIME_FORMAT")
        what = _("A moderator decided that you cannot respond here until %(end)s.") % {"end": end}
    ground = Ground(sanction.ground).label
    why = _("The reason: %(ground)s. %(reason)s") % {"ground": ground, "reason": sanction.reason}
    still = _(
        "You can still read, and take back what you gave, under “Your responses”. Keep your text, if you need it."
    )
    return f"{what} {why} {still}"


def _closed_for_now(now: datetime, until: datetime) -> Answer:
    moment = formats.time_format(localtime(until), "TIME_FORMAT")
    message = _("Comments open again at %(moment)s. Please keep your text, and send it then.") % {"moment": moment}
    seconds = ceil((until - now).total_seconds())
    return Answer(status=HTTPStatus.CONFLICT, message=message, retry_after=seconds)


def _too_many(seconds: int) -> Answer:
    minutes = -(-seconds // 60)
    wait = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
    message = _("There were more responses than we take at once. Please send it again in %(wait)s; nothing is lost.")
    return Answer(status=HTTPStatus.TOO_MANY_REQUESTS, message=message % {"wait": wait}, retry_after=seconds)
