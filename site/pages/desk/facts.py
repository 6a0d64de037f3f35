"""What the list of articles tells of each: asked for a whole page of them at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import add
from typing import Any

from django.db.models import ExpressionWrapper, F, FloatField, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Contributor, Examination, SignOff
from ratings.models import RatingSummary
from ratings.models.summary import COLUMNS


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the list tells of an article. None: nobody has reviewed, rated or examined it."""

    today: date
    contributors: tuple[str, ...] = ()
    review: SignOff | None = None
    ratings: RatingSummary | None = None
    examination: Examination | None = None

    @property
    def everybody(self) -> str:
        """All contributors."""
        return ", ".join(self.contributors)

    @property
    def names(self) -> str:
        """The contributors, the first three by name."""
        rest = len(self.contributors) - 3
        shown = ", ".join(self.contributors[:3])
        return shown if rest <= 0 else _("%(names)s and %(number)d more") % {"names": shown, "number": rest}

    @property
    def reviewer(self) -> str:
        """Who signed the article off last."""
        return self.review.reviewer.title if self.review else ""

    @property
    def due_on(self) -> date | None:
        """The day on which the next review is due."""
        return self.review.due_on if self.review else None

    @property
    def has_lapsed(self) -> bool:
        """Whether the next review is overdue."""
        return self.due_on is not None and self.due_on < self.today

    @property
    def words(self) -> int | None:
        """How many words the latest revision has."""
        return self.examination.words if self.examination else None

    @property
    def mean(self) -> Decimal | None:
        """The mean of the ratings, as readers see it; None while there are too few for one."""
        return self.ratings.mean if self.ratings else None

    @property
    def votes(self) -> int:
        """How many ratings there are."""
        return self.ratings.count if self.ratings else 0

    @property
    def errors(self) -> int | None:
        """How many errors were found in the latest revision."""
        return self.examination.errors if self.examination else None

    @property
    def warnings(self) -> int | None:
        """How many warnings were found in it that nobody has answered."""
        return self.examination.warnings if self.examination else None

    @property
    def findings(self) -> str:
        """How many errors and unanswered warnings were found in the latest revision, in words."""
        if self.examination is None:
            return _("not examined yet")
        errors, warnings = self.examination.errors, self.examination.warnings
        said = [ngettext("%(n)d error", "%(n)d errors", errors) % {"n": errors}] if errors else []
        said += [ngettext("%(n)d warning", "%(n)d warnings", warnings) % {"n": warnings}] if warnings else []
        return ", ".join(said) or _("ready")


def facts_of(articles: Collection[int], today: date) -> dict[int, Facts]:
    """Return the facts of `articles`, by their keys. Four queries for any number of them."""
    names: dict[int, list[str]] = {}
    parts = Contributor.objects.filter(article__in=articles).order_by("sort_order", "pk")
    for article, name in parts.values_list("article", "author__title"):
        if name not in names.setdefault(article, []):
            names[article].append(name)
    signed = SignOff.objects.filter(article__in=articles, withdrawn_at=None).select_related("reviewer")
    # The last of an article is kept: a medical review rather than an editorial one ("e" < "m"), and the latest.
    reviews = {each.article_id: each for each in signed.order_by("kind", "signed_on", "pk")}
    summaries = {each.article_id: each for each in RatingSummary.objects.filter(article__in=articles)}
    examined = Examination.objects.defer("findings").in_bulk(articles)
    return {
        article: Facts(
            today=today,
            contributors=tuple(names.get(article, ())),
            review=reviews.get(article),
            ratings=summaries.get(article),
            examination=examined.get(article),
        )
        for article in articles
    }


def rated() -> Any:
    """Return the summaries that have votes, with `shown_mean`: the mean of all ratings, not cut."""
    own: Any = reduce(add, (F(column) for column in COLUMNS.values()))
    stars: Any = reduce(add, (F(column) * stars for stars, column in COLUMNS.items()))
    count, earlier = own + F("legacy_count"), Cast("legacy_mean", FloatField()) * F("legacy_count")
    summaries = RatingSummary.objects.annotate(number=count).filter(number__gt=0)
    mean = (Cast(stars, FloatField()) + earlier) / Cast(count, FloatField())
    return summaries.annotate(shown_mean=ExpressionWrapper(mean, FloatField()))


def orderings() -> dict[str, Any]:
    """Return by what articles can be ordered beside the columns of a page, as expressions over the article’s key."""
    of = {"article": OuterRef("pk")}
    examined = Examination.objects.filter(**of)
    reviews = SignOff.objects.filter(**of, withdrawn_at=None).order_by("-signed_on", "-pk")
    return {
        "words": Subquery(examined.values("words")),
        "errors": Subquery(examined.values("errors")),
        "rating": Subquery(rated().filter(**of).values("shown_mean")),
        "due": Subquery(reviews.values("due_on")[:1]),
    }
