"""What is to happen to pages at a time that somebody set: publications, expirations, reviews; and what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from articles.models import SignOff
from articles.scheduling import LATE, failures


class What(TextChoices):
    """What is planned."""

    PUBLISH = "publish", gettext_lazy("Publication")
    UNPUBLISH = "unpublish", gettext_lazy("Expiration")
    REVIEW = "review", gettext_lazy("Review due")


class State(TextChoices):
    """How it stands with a plan."""

    SCHEDULED = "scheduled", gettext_lazy("scheduled")
    LATE = "late", gettext_lazy("late")
    FAILED = "failed", gettext_lazy("failed")


Reasons = dict[tuple[int, What], str]
"""Why something could not be done with a page."""


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

    def standing(self, now: datetime) -> str:
        """Return in words how it stands at `now`."""
        state = self.state(now)
        is_lapsed = self.what is What.REVIEW and state is State.LATE
        return _("lapsed") if is_lapsed else str(state.label)

    def state(self, now: datetime) -> State:
        """Return how it stands at `now`. A review that is due today is not late yet."""
        if self.failure:
            return State.FAILED
        if self.what is What.REVIEW:
            return State.LATE if self.on < timezone.localdate(now) else State.SCHEDULED
        return State.LATE if self.at < now - LATE else State.SCHEDULED


def planned(pages: QuerySet[Page], begin: datetime | None, end: datetime) -> list[Planned]:
    """Return what is planned for `pages` from `begin` (None: since ever) until before `end`, in its order.

    Five queries. What failed has its reason, and is found at the time for which it was planned.
    """
    reasons = {(each.page_id, each.what): each.failure for each in failed(pages)}
    found = [
        *_publications(pages, begin, end, reasons),
        *_expirations(pages, begin, end, reasons),
        *_reviews(pages, begin, end),
    ]
    return sorted(found, key=lambda each: (each.at, each.what, each.title, each.page_id))


def failed(pages: QuerySet[Page]) -> list[Planned]:
    """Return what failed of what was planned for `pages` and is still to be done, the longest due first. One query."""
    rows = failures().filter(page__in=pages.values("pk"))
    fields = ("doing", "page", "page__draft_title", "due_at", "reason")
    return [
        Planned(what=What(doing), page_id=page, title=title, at=due_at, failure=reason)
        for doing, page, title, due_at, reason in rows.values_list(*fields)
    ]


def _publications(pages: QuerySet[Page], begin: datetime | None, end: datetime, reasons: Reasons) -> Iterator[Planned]:
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
                failure=reasons.get((key, What.PUBLISH), ""),
            )


def _expirations(pages: QuerySet[Page], begin: datetime | None, end: datetime, reasons: Reasons) -> Iterator[Planned]:
    expiring = pages.filter(live=True, expire_at__lt=end)
    if begin:
        expiring = expiring.filter(expire_at__gte=begin)
    for page, title, at in expiring.values_list("pk", "draft_title", "expire_at"):
        yield Planned(
            what=What.UNPUBLISH, page_id=page, title=title, at=at, failure=reasons.get((page, What.UNPUBLISH), "")
        )


def _reviews(pages: QuerySet[Page], begin: datetime | None, end: datetime) -> Iterator[Planned]:
    last = timezone.localdate(end) - timedelta(days=1)
    due = SignOff.objects.reviews_due(last).filter(article__in=pages.values("pk"))
    if begin:
        due = due.filter(due_on__gte=timezone.localdate(begin))
    for page, title, day in due.values_list("article", "article__draft_title", "due_on"):
        if day:  # as all have that are due
            yield Planned(what=What.REVIEW, page_id=page, title=title, at=midnight(day))


def midnight(day: date) -> datetime:
    """Return the moment at which `day` begins in the time zone of the site."""
    return timezone.make_aware(datetime.combine(day, time.min))
