"""What is to happen to pages at a time that somebody set: publications, expirations, reviews; and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from articles.models import ScheduleFailure, SignOff


class What(TextChoices):
    """What is planned."""

    PUBLISH = "publish", _("Publication")
    UNPUBLISH = "unpublish", _("Expiration")
    REVIEW = "review", _("Review due")


class State(TextChoices):
    """How it stands with a plan."""

    SCHEDULED = "scheduled", _("scheduled")
    LATE = "late", _("late")
    FAILED = "failed", _("failed")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """Something planned for a page. `at` is its moment, or that of the start of a day that has no time of its own."""

    what: What
    page_id: int
    title: str
    at: datetime
    revision_id: int | None = None
    failure: str = ""

    @property
    def on(self) -> date:
        """The day, in the time zone of the site."""
        return timezone.localdate(self.at)

    @property
    def at_home(self) -> datetime:
        """Its moment in the time zone of the site."""
        return timezone.localtime(self.at)

    @property
    def has_time(self) -> bool:
        """Whether it has a time of day."""
        return self.what is not What.REVIEW

    def state(self, now: datetime) -> State:
        """Return how it stands at `now`. A review that is due today is not late yet."""
        if self.failure:
            return State.FAILED
        if self.what is What.REVIEW:
            return State.LATE if self.on < timezone.localdate(now) else State.SCHEDULED
        return State.LATE if self.at < now else State.SCHEDULED


def planned(pages: QuerySet[Page], begin: datetime | None, end: datetime) -> list[Planned]:
    """Return what is planned for `pages` from `begin` (None: since ever) until before `end`, in its order. Five queries.

    What failed has its reason, and is found at the time for which it was planned.
    """
    failures = {
        (page, doing): reason
        for page, doing, reason in ScheduleFailure.objects.values_list("page", "doing", "reason").filter(
            page__in=pages.values("pk")
        )
    }
    found = [
        *_publications(pages, begin, end, failures),
        *_expirations(pages, begin, end, failures),
        *_reviews(pages, begin, end),
    ]
    return sorted(found, key=lambda each: (each.at, each.what, each.title, each.page_id))


def failed(pages: QuerySet[Page]) -> list[Planned]:
    """Return what failed of what was planned for `pages` and is still to be done, the longest due first. One query."""
    rows = ScheduleFailure.objects.filter(page__in=pages.values("pk")).order_by("due_at", "pk")
    fields = ("doing", "page", "page__draft_title", "due_at", "reason")
    return [
        Planned(what=What(doing), page_id=page, title=title, at=due_at, failure=reason)
        for doing, page, title, due_at, reason in rows.values_list(*fields)
    ]


def reviews_due(pages: QuerySet[Page], end: date) -> QuerySet[SignOff]:
    """Return the sign-offs of `pages` that end before `end` or have ended, and that no newer one of the kind replaces."""
    newer = SignOff.objects.filter(
        article=OuterRef("article"), kind=OuterRef("kind"), withdrawn_at=None, pk__gt=OuterRef("pk")
    )
    lasting = SignOff.objects.filter(withdrawn_at=None, article__live=True).exclude(Exists(newer))
    return lasting.filter(due_on__lt=end, article__in=pages.values("pk")).order_by("due_on", "pk")


def _publications(
    pages: QuerySet[Page], begin: datetime | None, end: datetime, failures: dict[Any, str]
) -> Iterator[Planned]:
    of_pages = ContentType.objects.get_for_model(Page)
    scheduled = Revision.objects.filter(approved_go_live_at__lt=end, base_content_type=of_pages).order_by()
    if begin:
        scheduled = scheduled.filter(approved_go_live_at__gte=begin)
    rows = list(scheduled.values_list("object_id", "pk", "approved_go_live_at", "object_str"))
    within = set(pages.filter(pk__in=[int(page) for page, *_rest in rows]).values_list("pk", flat=True))
    for page, revision, at, title in rows:
        if (key := int(page)) in within:
            yield Planned(
                what=What.PUBLISH,
                page_id=key,
                title=title,
                at=at,
                revision_id=revision,
                failure=failures.get((key, What.PUBLISH), ""),
            )


def _expirations(
    pages: QuerySet[Page], begin: datetime | None, end: datetime, failures: dict[Any, str]
) -> Iterator[Planned]:
    expiring = pages.filter(live=True, expire_at__lt=end)
    if begin:
        expiring = expiring.filter(expire_at__gte=begin)
    for page, title, at in expiring.values_list("pk", "draft_title", "expire_at"):
        yield Planned(
            what=What.UNPUBLISH, page_id=page, title=title, at=at, failure=failures.get((page, What.UNPUBLISH), "")
        )


def _reviews(pages: QuerySet[Page], begin: datetime | None, end: datetime) -> Iterator[Planned]:
    due = reviews_due(pages, timezone.localdate(end))
    if begin:
        due = due.filter(due_on__gte=timezone.localdate(begin))
    for page, title, day in due.values_list("article", "article__draft_title", "due_on"):
        yield Planned(
            what=What.REVIEW, page_id=page, title=title, at=timezone.make_aware(datetime.combine(day, time.min))
        )
