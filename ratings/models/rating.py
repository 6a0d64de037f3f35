"""One reader's stars for one article, and how they came about."""

from __future__ import annotations

import uuid
from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from articles.models import ArticlePage
from ratings.models.reader import Reader
from ratings.models.standing import Standing
from ratings.models.summary import COLUMNS, RETIRED


class RatingQuerySet(models.QuerySet["Rating"]):
    """Questions about ratings."""

    def counted(self) -> RatingQuerySet:
        """Return those that count: the histogram is the number of these."""
        return self.filter(standing=Standing.COUNTED, is_withdrawn=False, is_retired=False)

    def retired(self) -> RatingQuerySet:
        """Return those that would count, had the ratings of their article not begun anew."""
        return self.filter(standing=Standing.COUNTED, is_withdrawn=False, is_retired=True)

    def quarantined(self) -> RatingQuerySet:
        """Return those that wait for a moderator."""
        return self.filter(standing=Standing.QUARANTINED)

    def of_earlier_versions(self, article: ArticlePage) -> RatingQuerySet:
        """Return those that count and were given before the day on which the substance of `article` last changed."""
        if article.shown_revision_date is None:
            return self.none()
        # The moment at which the day begins, not the day of each rating: the index knows moments only.
        day = timezone.make_aware(datetime.combine(article.shown_revision_date, time.min))
        return self.counted().filter(article=article, changed_at__lt=day)


class Rating(models.Model):
    """One reader's stars for one article, changeable. Written by `ratings.actions` alone.

    A rating that was withdrawn keeps its row, so that nobody votes twice by taking back; `version` counts the changes.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="ratings")
    stars = models.PositiveSmallIntegerField(_("stars"))
    revision = models.ForeignKey(
        Revision, verbose_name=_("article revision"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    standing = models.CharField(_("standing"), max_length=12, choices=Standing.choices, default=Standing.COUNTED)
    reason = models.CharField(_("reason of its standing"), max_length=500, blank=True)
    is_vouched_for = models.BooleanField(
        _("released by a moderator"), default=False, help_text=_("It is not set aside again.")
    )
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False)
    is_retired = models.BooleanField(
        _("retired"),
        default=False,
        help_text=_("Given before the ratings of the article began anew: kept, and not counted."),
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    network = models.CharField(
        _("network"), max_length=32, blank=True, help_text=_("A digest whose key is thrown away; no address.")
    )
    created_at = models.DateTimeField(_("created at"))
    changed_at = models.DateTimeField(_("changed at"))

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["article", "reader"], name="one_rating_a_reader"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="stars_1_to_5"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="rating_standing_known"),
        ]
        indexes = [
            models.Index(fields=["article", "changed_at"], name="rating_latest"),
            models.Index(fields=["standing", "changed_at"], name="rating_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} stars for {self.article_id}"

    @property
    def counted_stars(self) -> int | None:
        """The stars, if they count, else None."""
        return self.stars if self.counted_in and not self.is_retired else None

    @property
    def counted_in(self) -> str | None:
        """The column of the article's summary that counts it, or None if it is in none."""
        if self.standing != Standing.COUNTED or self.is_withdrawn:
            return None
        return RETIRED if self.is_retired else COLUMNS[self.stars]


class RatingChange(models.Model):
    """How a rating stood after one change of it: the history of a reader's own vote, and of what was decided on it."""

    rating = models.ForeignKey(Rating, on_delete=models.CASCADE, related_name="changes")
    stars = models.PositiveSmallIntegerField(_("stars"), null=True, help_text=_("Empty: it was withdrawn."))
    standing = models.CharField(_("standing"), max_length=12, choices=Standing.choices)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("change of a rating")
        verbose_name_plural = _("changes of ratings")

    def __str__(self) -> str:
        return f"{self.stars} stars, {self.standing} (rating {self.rating_id})"
