"""Publishing pages, and taking them off, when their time has come.

Wagtail's own command stops at the first page that cannot be published, and has forgotten its schedule by then. Here
every page is done on its own: a failure keeps the schedule, is written down with a sentence (`ScheduleFailure`), told
the editors once, and tried again after growing pauses. Every kind of page is treated alike.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Page, Revision

from articles.models import ScheduleFailure
from articles.readiness.gate import warnings_answered
from articles.readiness.sentences import sentences
from articles.schedule_mail import tell_editors

logger = logging.getLogger(__name__)

Doing = ScheduleFailure.Doing

LATE = timedelta(minutes=5)
"""Who scheduled a page expects it at its minute; after this, the log says that it was late."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Due:
    """What is to be done with a page, and since when."""

    page_id: int
    doing: Doing
    at: datetime


def publish_due(*, now: datetime) -> list[Due]:
    """Publish and take off the pages whose time has come, and return what was done; what failed is in `failures()`.

    Any number of processes may call this at once: each page is done once. A page that failed waits for its next try.
    Warnings hold up nothing: they were answered when it was scheduled.
    """
    ScheduleFailure.objects.exclude(pk__in=failures().values("pk")).delete()
    return [due for due in all_due(now) if not _is_waiting(due, now) and _attempt(due, now)]


def all_due(now: datetime) -> Iterator[Due]:
    """Yield what is to be done by `now`: first what expires, then what is published, each the longest overdue first."""
    expired = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at", "pk")
    for page_id, at in list(expired.values_list("pk", "expire_at")):
        yield Due(page_id=page_id, doing=Doing.UNPUBLISH, at=at)
    scheduled = Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    for object_id, at in list(scheduled.values_list("object_id", "approved_go_live_at")):
        yield Due(page_id=int(object_id), doing=Doing.PUBLISH, at=at)


def failures() -> models.QuerySet[ScheduleFailure]:
    """Return what could not be done at its time and is still to be done, the longest overdue first.

    Not a failure any more is what somebody published, took off or scheduled anew meanwhile.
    """
    scheduled = Revision.page_revisions.filter(
        object_id=Cast(OuterRef("page_id"), models.CharField()), approved_go_live_at=OuterRef("due_at")
    )
    to_publish = Q(Exists(scheduled), doing=Doing.PUBLISH)
    to_unpublish = Q(doing=Doing.UNPUBLISH, page__live=True, page__expire_at=F("due_at"))
    return ScheduleFailure.objects.filter(to_publish | to_unpublish).select_related("page").order_by("due_at", "pk")


def try_again(*, failure: ScheduleFailure, now: datetime) -> bool:
    """Try at once what failed, without waiting for its next try, and return whether it is done now."""
    ScheduleFailure.objects.filter(pk=failure.pk).update(try_again_at=now)
    return _attempt(Due(page_id=failure.page_id, doing=Doing(failure.doing), at=failure.due_at), now)


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after so many failed tries: a minute, two, four, … and never more than an hour."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE)


def _attempt(due: Due, now: datetime) -> bool:
    """Do what is due, or note why it cannot be done; return whether it was done, by nobody else."""
    try:
        with transaction.atomic():
            page = _still_due(due)
            if page is None or _is_waiting(due, now):
                return False
            with warnings_answered():
                _do(due, page)
            ScheduleFailure.objects.filter(page_id=due.page_id, doing=due.doing).delete()
    except Exception as error:
        logger.exception("Page %s could not be %sed at its time; it is tried again.", due.page_id, due.doing)
        _note(due, error, now)
        return False
    if now - due.at > LATE:
        logger.warning("Page %s was %sed late: it was due at %s.", due.page_id, due.doing, due.at.isoformat())
    return True


def _do(due: Due, page: Page) -> None:
    if due.doing == Doing.UNPUBLISH:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    else:
        page.revisions.get(approved_go_live_at=due.at).publish(log_action="wagtail.publish.scheduled")


def _still_due(due: Due) -> Page | None:
    """Return the page, with its row locked, unless another process or an editor was faster."""
    page = Page.objects.select_for_update().filter(pk=due.page_id).first()
    if page is None:
        return None
    if due.doing == Doing.UNPUBLISH:
        return page if page.live and page.expire_at == due.at else None
    return page if page.revisions.filter(approved_go_live_at=due.at).exists() else None


def _is_waiting(due: Due, now: datetime) -> bool:
    """Return whether this failed before, and its next try is later than `now`."""
    waiting = ScheduleFailure.objects.filter(page_id=due.page_id, doing=due.doing, due_at=due.at, try_again_at__gt=now)
    return waiting.exists()


@transaction.atomic
def _note(due: Due, error: Exception, now: datetime) -> None:
    """Write down why `due` failed and when it is tried again; the first time, have the editors be told."""
    page = _still_due(due)
    if page is None:
        return
    before = ScheduleFailure.objects.filter(page_id=due.page_id, doing=due.doing, due_at=due.at).first()
    tries = before.tries + 1 if before else 1
    failure, _is_new = ScheduleFailure.objects.update_or_create(
        page_id=due.page_id,
        doing=due.doing,
        defaults={
            "due_at": due.at,
            "reason": "\n".join(sentences(error, page.specific_class)),
            "tries": tries,
            "first_failed_at": before.first_failed_at if before else now,
            "last_failed_at": now,
            "try_again_at": now + pause_after(tries),
            "told_at": before.told_at if before else now,
        },
    )
    if before is None:
        tell_editors.enqueue(failure.pk)
