"""Which votes the desk lists. The address of the page says it, and so does the address that a judgment is sent to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Max, Prefetch, QuerySet, Window
from django.utils.translation import gettext_lazy as _

from ratings.desk.listing import address_query, page_number
from ratings.desk.sections import Scope
from ratings.models import HelpfulVote, Rating, RatingChange, RatingSummary, Standing
from ratings.models.summary import COLUMNS

WHOLE_SITE = Scope()


class Ballot(models.TextChoices):
    """What was voted on."""

    RATINGS = "ratings", _("Ratings")
    HELPFUL = "helpful", _("Helpful votes")

    @property
    def rows(self) -> QuerySet[Any]:
        """All votes of this kind, each with `about` (the article's key) and `given_at`."""
        if self == Ballot.RATINGS:
            return Rating.objects.annotate(about=F("article"), given_at=F("changed_at"))
        return HelpfulVote.objects.annotate(about=F("comment__article"), given_at=F("created_at"))

    @property
    def way_to_article(self) -> str:
        """How a vote knows its article."""
        return "article" if self == Ballot.RATINGS else "comment__article"


@dataclass(frozen=True)
class Effect:
    """How an article is rated now, and how it would be if the listed votes on it counted, or no longer did."""

    now: RatingSummary
    then: RatingSummary


@dataclass(frozen=True, kw_only=True)
class VoteListing:
    """Which votes a moderator looks at. Of those that count only the ones that a moderator has released are listed."""

    of: Ballot = Ballot.RATINGS
    standing: Standing = Standing.QUARANTINED
    page: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Return what `of`, `standing` and `p` ask for; held ratings, where they ask for nothing that there is."""
        of, standing = query.get("of", ""), query.get("standing", "")
        return cls(
            of=Ballot(of) if of in Ballot.values else Ballot.RATINGS,
            standing=Standing(standing) if standing in Standing.values else Standing.QUARANTINED,
            page=page_number(query),
        )

    def query(self) -> str:
        """Return the parameters that ask for this."""
        return address_query(of=self.of.value, standing=self.standing.value, p=self.page)

    @property
    def label(self) -> str:
        """What is listed, in words."""
        standings = {
            Standing.QUARANTINED: _("held"),
            Standing.REJECTED: _("rejected"),
            Standing.COUNTED: _("released"),
        }
        return f"{self.of.label}: {standings[self.standing]}"

    def votes(self, scope: Scope = WHOLE_SITE) -> QuerySet[Any]:
        """Return the ratings or helpful votes of `scope` (all, if none is given), as `Ballot.rows` has them.

        What its reader took back needs no judgment.
        """
        found = scope.within(self.of.rows.filter(standing=self.standing, is_withdrawn=False), self.of.way_to_article)
        return found.filter(is_vouched_for=True) if self.standing == Standing.COUNTED else found

    def by_article(self, scope: Scope = WHOLE_SITE) -> QuerySet[Any]:
        """Return the votes with what is shown of them, those on one article together: the article voted on last first.

        Each knows how many there are on its article (`number`), on whatever page of the list.
        """
        found = self.votes(scope).annotate(
            number=Window(Count("pk"), partition_by=F("about")),
            latest=Window(Max("given_at"), partition_by=F("about")),
        )
        found = found.order_by("-latest", "about", "-given_at", "-pk")
        if self.of == Ballot.HELPFUL:
            return found.select_related("comment__article").defer("comment__article__body", "comment__trace")
        changes = RatingChange.objects.select_related("moderator").order_by("pk")
        return found.select_related("article").defer("article__body").prefetch_related(Prefetch("changes", changes))

    def effects(self, articles: Collection[int]) -> dict[int, Effect]:
        """Return by the keys of `articles` what judging all listed ratings would change. Two queries.

        Of helpful votes nothing is counted by article, so there are none.
        """
        if self.of == Ballot.HELPFUL:
            return {}
        found = {summary.article_id: summary for summary in RatingSummary.objects.filter(article__in=articles)}
        effects = {article: Effect(now=now, then=copy(now)) for article, now in found.items()}
        difference = -1 if self.standing == Standing.COUNTED else 1
        listed = self.votes().filter(article__in=found, is_retired=False).order_by()
        for article, stars, number in listed.values_list("article", "stars").annotate(Count("pk")):
            then, column = effects[article].then, COLUMNS[stars]
            setattr(then, column, getattr(then, column) + difference * number)
        return effects
