"""For how long readers may comment."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import ArticlePage


def article_types() -> list[tuple[str, str]]:
    """Return the kinds of article pages there are, by label, the plain article first."""
    types = [ArticlePage, *ArticlePage.__subclasses__()]
    return [(kind._meta.label_lower, str(kind._meta.verbose_name)) for kind in types]


class DiscussionPolicy(models.Model):
    """When comments close under one type of article. A type without a row never closes."""

    article_type = models.CharField(_("type of article"), max_length=100, unique=True, choices=article_types)
    closes_after_days = models.PositiveIntegerField(
        _("closes after (days)"),
        null=True,
        blank=True,
        help_text=_("Counted from publication, or from the last revision of substance. Empty: it stays open."),
    )

    class Meta:
        verbose_name = _("discussion policy")
        verbose_name_plural = _("discussion policies")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_after_days__isnull=True) | Q(closes_after_days__gt=0), name="closes_after_a_day"
            )
        ]

    def __str__(self) -> str:
        return str(dict(article_types()).get(self.article_type, self.article_type))

    def closes_at(self, article: ArticlePage) -> datetime | None:
        """Return when comments under `article` close, or None if they do not.

        A revision of substance begins the time anew, and so reopens what was closed.
        """
        if self.closes_after_days is None or article.published_at is None:
            return None
        begin = article.published_at
        if article.revised_on is not None:
            begin = max(begin, datetime.combine(article.revised_on, time.min, tzinfo=UTC))
        return begin + timedelta(days=self.closes_after_days)


def closing_time(article: ArticlePage) -> datetime | None:
    """Return when comments under `article` close by the policy of its type, or None if they do not. One query."""
    policy = DiscussionPolicy.objects.filter(article_type=article._meta.label_lower).first()
    return policy.closes_at(article) if policy else None
