"""How an article is rated: the histogram, and the line that readers see."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import ArticlePage
from ratings.moderation.brigading import Tally

MEAN_SHOWN_FROM = 3
"""Below this many ratings a mean says nothing, so none is shown."""

COLUMNS = {1: "n1", 2: "n2", 3: "n3", 4: "n4", 5: "n5"}
"""The column that counts the votes of so many stars."""

RETIRED = "retired_own_count"
"""The column that counts the votes from before the ratings began anew."""


class RatingSummary(models.Model):
    """The histogram of an article's ratings, and the total it had before this site counted them one by one.

    When the ratings begin anew, both are retired: kept beside, in no other number. Mean and total are derived, never
    stored. The row is changed by `ratings.actions` alone, under its lock and in the
    transaction of the vote.
    """

    article = models.OneToOneField(ArticlePage, on_delete=models.CASCADE, related_name="rating_summary")
    n1 = models.PositiveIntegerField(default=0)
    n2 = models.PositiveIntegerField(default=0)
    n3 = models.PositiveIntegerField(default=0)
    n4 = models.PositiveIntegerField(default=0)
    n5 = models.PositiveIntegerField(default=0)
    legacy_count = models.PositiveIntegerField(_("earlier ratings"), default=0)
    legacy_mean = models.DecimalField(
        _("mean of the earlier ratings"), max_digits=3, decimal_places=2, default=Decimal(0)
    )
    begun_anew_at = models.DateTimeField(_("begun anew at"), null=True, blank=True)
    retired_own_count = models.PositiveIntegerField(
        _("retired ratings"), default=0, help_text=_("Votes from before the ratings began anew: kept, and not counted.")
    )
    retired_legacy_count = models.PositiveIntegerField(_("retired earlier ratings"), default=0)
    retired_legacy_mean = models.DecimalField(
        _("mean of the retired earlier ratings"), max_digits=3, decimal_places=2, default=Decimal(0)
    )

    class Meta:
        verbose_name = _("rating summary")
        verbose_name_plural = _("rating summaries")
        constraints = [
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{column}__gte": 0}), name=f"rating_summary_{column}_not_negative"
                )
                for column in COLUMNS.values()
            ),
            models.CheckConstraint(
                condition=models.Q(legacy_count=0, legacy_mean=0)
                | models.Q(legacy_count__gt=0, legacy_mean__range=(Decimal(1), Decimal(5))),
                name="legacy_mean_belongs_to_count",
            ),
            models.CheckConstraint(
                condition=models.Q(retired_legacy_count=0, retired_legacy_mean=0)
                | models.Q(retired_legacy_count__gt=0, retired_legacy_mean__range=(Decimal(1), Decimal(5))),
                name="retired_mean_belongs_to_count",
            ),
            models.CheckConstraint(
                condition=models.Q(begun_anew_at=None, retired_legacy_count=0)
                | models.Q(begun_anew_at__isnull=False, legacy_count=0),
                name="legacy_is_counted_or_retired",
            ),
        ]

    def __str__(self) -> str:
        return f"Ratings of {self.article_id}"

    @property
    def histogram(self) -> dict[int, int]:
        """How many of this site's own votes gave so many stars."""
        return {stars: getattr(self, column) for stars, column in COLUMNS.items()}

    @property
    def own_count(self) -> int:
        """How many votes were given on this site."""
        return sum(self.histogram.values())

    @property
    def count(self) -> int:
        """How many ratings there are in all, the earlier ones included."""
        return self.own_count + self.legacy_count

    @property
    def retired_count(self) -> int:
        """How many ratings are kept and not counted, since the ratings began anew."""
        return self.retired_own_count + self.retired_legacy_count

    @property
    def tally(self) -> Tally:
        """How many ratings there are, and how many stars they are together, the earlier ones included."""
        own = sum(stars * count for stars, count in self.histogram.items())
        return Tally(count=self.count, total=own + self.legacy_count * Decimal(self.legacy_mean))

    @property
    def mean(self) -> Decimal | None:
        """The mean of all ratings, cut (not rounded) to one decimal, or None while there are too few for one."""
        if self.count < MEAN_SHOWN_FROM:
            return None
        return (self.tally.total / self.count).quantize(Decimal("0.1"), rounding=ROUND_DOWN)

    def shares(self) -> list[tuple[int, int, int]]:
        """Return stars, votes and their share in whole percent of this site's own votes, five stars first."""
        total = self.own_count
        return [
            (stars, count, round(100 * count / total) if total else 0)
            for stars, count in reversed(self.histogram.items())
        ]
