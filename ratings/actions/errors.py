"""What readers find wrong in an article, and what editors answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.log_actions import log

from articles.models import ArticlePage
from ratings.actions.locks import Sender, charge, must_be_heard, must_be_open
from ratings.limits import Doing
from ratings.models import ErrorReport, Reader

ADDRESS_KEPT = timedelta(days=90)
"""So long after the answer an e-mail address is of use."""

LONGEST_PLACE = 200
"""What the column holds."""


class AnsweredMeanwhile(Exception):
    """Another editor answered first; `report` is how it stands now."""

    def __init__(self, report: ErrorReport) -> None:
        super().__init__(f"Error report {report.pk} is {report.state}.")
        self.report = report


@dataclass(frozen=True, kw_only=True)
class Place:
    """A part of an article: its anchor and its heading. Without an anchor it is the article as a whole."""

    anchor: str = ""
    heading: str = ""


@transaction.atomic
def report_error(
    *,
    article: ArticlePage,
    reader: Reader,
    text: str,
    now: datetime,
    place: Place | None = None,
    email: str = "",
    is_trapped: bool = False,
    sender: Sender | None = None,
) -> ErrorReport:
    """Store what `reader` finds wrong in `article`, and return it; the same words about the same place are one report.

    What fell into the trap (`is_trapped`) is kept as spam, where an editor can still find it. Raises NotOpen, Silenced,
    ReaderGone, and TooMany by the limits.
    """
    must_be_open(article)
    must_be_heard(reader, now)
    place = place or Place()
    sent_before = ErrorReport.objects.filter(article=article, reader=reader, anchor=place.anchor, text=text).first()
    if sent_before is not None:
        return sent_before
    stored = ErrorReport.objects.create(
        article=article,
        reader=reader,
        anchor=place.anchor,
        place=place.heading[:LONGEST_PLACE],
        version=article.live_revision_id,
        text=text,
        email=email,
        state=ErrorReport.State.SPAM if is_trapped else ErrorReport.State.OPEN,
        answered_at=now if is_trapped else None,
        created_at=now,
    )
    charge(Doing.ERROR, sender=sender, reader=reader, article_id=article.pk, now=now)
    return stored


@transaction.atomic
def answer_error(
    *,
    report: ErrorReport,
    to: ErrorReport.State,
    by: User,
    now: datetime,
    answer: str = "",
) -> None:
    """Store what became of `report`, with the `answer` that its reader sees, and tell it in the article's history.

    An answer can be changed, and a report opened again: `report` is how the editor saw it. Raises AnsweredMeanwhile if
    it stands otherwise now.
    """
    is_open = to == ErrorReport.State.OPEN
    changed = ErrorReport.objects.filter(pk=report.pk, state=report.state, answered_at=report.answered_at).update(
        state=to,
        answer="" if is_open else answer,
        answered_at=None if is_open else now,
        answered_by=None if is_open else by,
    )
    if not changed:
        raise AnsweredMeanwhile(ErrorReport.objects.get(pk=report.pk))
    told = {"report": report.pk, "from": report.state, "to": str(to), "reason": answer}
    log(instance=report.article, action="ratings.answer_error", user=by, data=told)


def forget_addresses(*, now: datetime) -> int:
    """Delete the e-mail addresses of reports that were answered long ago; return how many."""
    return ErrorReport.objects.filter(answered_at__lt=now - ADDRESS_KEPT).exclude(email="").update(email="")
