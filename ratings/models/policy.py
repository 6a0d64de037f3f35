"""What comments under an article are subject to: decided for the site, for topics, and for types of article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import ArticlePage, TopicPage
from findable.prepared import Prepared
from freshness.memory import remembered
from ratings.moderation.policy import Mode, Policy, resolve


def article_types() -> list[tuple[str, str]]:
    """Return the kinds of article pages there are, by label, the plain article first."""
    types = [ArticlePage, *ArticlePage.__subclasses__()]
    return [(kind._meta.label_lower, str(kind._meta.verbose_name)) for kind in types]


class DiscussionPolicy(models.Model):
    """What one topic, one type of article, both or neither (the whole site) asks of comments. Empty: as elsewhere."""

    topic = models.ForeignKey(
        TopicPage,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("With the topics below it. Empty: all articles, whatever their topics."),
    )
    article_type = models.CharField(
        _("type of article"), max_length=100, blank=True, choices=article_types, help_text=_("Empty: all types.")
    )
    mode = models.CharField(_("moderation"), max_length=10, blank=True, choices=Mode.choices)
    holds_first = models.BooleanField(
        _("hold the first comment"),
        null=True,
        blank=True,
        help_text=_("Of each reader, also where comments do not wait."),
    )
    trusted_after = models.PositiveSmallIntegerField(
        _("trusted after (approved comments)"),
        null=True,
        blank=True,
        help_text=_("Comments of trusted readers are published at once. 0: nobody is trusted."),
    )
    links_new = models.PositiveSmallIntegerField(_("links that a new reader may give"), null=True, blank=True)
    links_trusted = models.PositiveSmallIntegerField(_("links that a trusted reader may give"), null=True, blank=True)
    hold_from = models.PositiveSmallIntegerField(
        _("hold from (points)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    hide_from_reports = models.PositiveSmallIntegerField(
        _("reports that hide"),
        null=True,
        blank=True,
        help_text=_("From so many readers and networks, weighed by how often they were right. 0: reports never hide."),
    )
    closes_after_days = models.PositiveIntegerField(
        _("closes after (days)"),
        null=True,
        blank=True,
        help_text=_("Counted from publication, or from the last revision of substance. Empty: it stays open."),
    )
    closed_from = models.TimeField(_("closed each day from"), null=True, blank=True)
    closed_until = models.TimeField(_("closed each day until"), null=True, blank=True)

    class Meta:
        verbose_name = _("discussion policy")
        verbose_name_plural = _("discussion policies")
        constraints = [
            models.UniqueConstraint(fields=["article_type"], condition=Q(topic__isnull=True), name="one_policy_a_type"),
            models.UniqueConstraint(
                fields=["topic", "article_type"], condition=Q(topic__isnull=False), name="one_policy_a_topic_and_type"
            ),
            models.CheckConstraint(
                condition=Q(closes_after_days__isnull=True) | Q(closes_after_days__gt=0), name="closes_after_a_day"
            ),
            models.CheckConstraint(condition=Q(mode="") | Q(mode__in=Mode.values), name="policy_mode_known"),
            models.CheckConstraint(
                condition=Q(closed_from__isnull=True, closed_until__isnull=True)
                | (Q(closed_from__isnull=False, closed_until__isnull=False) & ~Q(closed_from=F("closed_until"))),
                name="policy_closed_from_until",
            ),
            models.CheckConstraint(
                condition=Q(hold_from__isnull=True) | Q(hold_from__range=(1, 1000)), name="policy_holds_from_a_point"
            ),
        ]

    def __str__(self) -> str:
        kind = str(dict(article_types()).get(self.article_type, self.article_type))
        if self.topic is None:
            return kind or str(_("The whole site"))
        return f"{self.topic}: {kind}" if kind else str(self.topic)


def policies_for(article_type: str, topic_paths: Iterable[str]) -> list[DiscussionPolicy]:
    """Return the rows that concern an article of a type under topics at `topic_paths`, the most specific one first.

    A topic of the article goes before its type, and the type before the whole site; of two topics the deeper one (a
    subtopic before the topic above it), of two equally deep ones the stricter mode, then the first by its place.
    `topic_paths` are asked for only where topics have policies. One query.
    """
    rows = [row for row in _all_policies() if row.article_type in ("", article_type)]
    if any(row.topic for row in rows):
        paths = tuple(topic_paths)
        rows = [row for row in rows if row.topic is None or any(path.startswith(row.topic.path) for path in paths)]
    return sorted(rows, key=_specific_first)


@remembered
def _all_policies() -> tuple[DiscussionPolicy, ...]:
    return tuple(_rows())


_rows = Prepared(lambda: DiscussionPolicy.objects.select_related("topic"))


def policies_of(article: ArticlePage, topic_paths: Iterable[str] | None = None) -> list[DiscussionPolicy]:
    """Return the rows that concern `article`, the most specific first. At most two queries.

    One, if `topic_paths` are known.
    """
    return policies_for(article._meta.label_lower, _topic_paths(article) if topic_paths is None else topic_paths)


def _topic_paths(article: ArticlePage) -> Iterator[str]:
    yield from article.topics.values_list("path", flat=True)


def policy_for(article: ArticlePage, topic_paths: Iterable[str] | None = None) -> Policy:
    """Return the policy that holds for `article`. One query, and one more where topics have policies.

    One at most, if `topic_paths`, where the topics of the article stand, are known.
    """
    return resolve(policies_of(article, topic_paths))


def _specific_first(row: DiscussionPolicy) -> tuple[int, bool, bool, str]:
    depth, path = (row.topic.depth, row.topic.path) if row.topic else (0, "")
    return -depth, not row.article_type, row.mode != Mode.BEFORE, path


def closing_time(article: ArticlePage, policy: Policy | None = None) -> datetime | None:
    """Return when comments under `article` close for good by its `policy`, or None if they do not.

    A revision of substance begins the time anew, and so reopens what was closed.
    """
    policy = policy or policy_for(article)
    if policy.closes_after_days is None or article.published_at is None:
        return None
    begin = article.published_at
    if article.revised_on is not None:
        begin = max(begin, datetime.combine(article.revised_on, time.min, tzinfo=UTC))
    return begin + timedelta(days=policy.closes_after_days)


def reopening_time(policy: Policy, now: datetime) -> datetime | None:
    """Return when comments open again, if `now` lies in the hours in which `policy` takes none, else None. In UTC.

    The hours are those of the site's clock. Where it is set forward, an hour that it skips comes as late as it would
    have without that; where it is set back, the first of two equal hours counts.
    """
    if policy.closed_from is None or policy.closed_until is None:
        return None
    here = timezone.get_default_timezone()
    now = now.astimezone(UTC)
    today = now.astimezone(here).date()
    over_night = timedelta(days=policy.closed_from > policy.closed_until)
    for day in (today - timedelta(days=1), today):
        begins = datetime.combine(day, policy.closed_from, tzinfo=here).astimezone(UTC)
        ends = datetime.combine(day + over_night, policy.closed_until, tzinfo=here).astimezone(UTC)
        if begins <= now < ends:
            return ends
    return None
