"""What the desk lists. The address of a page says it, and so does the address that a decision is sent to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, F, Max, OuterRef, Prefetch, QuerySet, Subquery, Window
from django.utils.translation import gettext_lazy as _

from ratings.models import (
    Comment,
    CommentRevision,
    HelpfulVote,
    Rating,
    RatingChange,
    Report,
    Standing,
    State,
)
from ratings.models.comment import CommentQuerySet


def reported() -> CommentQuerySet:
    """Return the published comments that have open reports."""
    return Comment.objects.in_state(State.PUBLISHED).filter(pk__in=Report.objects.open().values("comment"))


def page_number(query: Mapping[str, str]) -> str:
    """Return the page that is asked for by `p`, or "" if that is no number."""
    asked = query.get("p", "")
    return asked if asked.isascii() and asked.isdecimal() else ""


def address_query(**values: str) -> str:
    """Return the parameters that have a value, with the question mark, or ""."""
    given = urlencode({name: value for name, value in values.items() if value})
    return f"?{given}" if given else ""


@dataclass(frozen=True, kw_only=True)
class CommentListing:
    """Which comments a moderator looks at: those in one state, or the published ones that readers have reported."""

    state: State = State.PENDING
    reported: bool = False
    page: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Return what `state`, `reported` and `p` ask for; what waits, where they ask for nothing that there is."""
        if query.get("reported") == "1":
            return cls(reported=True, page=page_number(query))
        asked = query.get("state", "")
        return cls(state=State(asked) if asked in State.values else State.PENDING, page=page_number(query))

    def query(self) -> str:
        """Return the parameters that ask for this."""
        if self.reported:
            return address_query(reported="1", p=self.page)
        return address_query(state=self.state.value, p=self.page)

    def is_same_list(self, other: object) -> bool:
        """Return whether `other` is a page of the same list."""
        return isinstance(other, CommentListing) and replace(self, page="") == replace(other, page="")

    @property
    def shown_state(self) -> State:
        """The state that all comments of the list are in."""
        return State.PUBLISHED if self.reported else self.state

    @property
    def label(self) -> str:
        """What is listed, in words."""
        return str(_("Reported") if self.reported else self.state.label)

    def comments(self) -> CommentQuerySet:
        """Return the comments with all that is shown of them: the oldest first, or the one reported last."""
        if self.reported:
            latest = (
                Report.objects.open().filter(comment=OuterRef("pk")).order_by("-created_at").values("created_at")[:1]
            )
            found = reported().annotate(reported_at=Subquery(latest)).order_by("-reported_at", "-pk")
        else:
            found = Comment.objects.in_state(self.state).oldest_first()
        return (
            found.select_related("article", "parent")
            .defer("article__body", "parent__text", "parent__trace")
            .prefetch_related(
                "decisions__moderator",
                Prefetch("revisions", CommentRevision.objects.defer("trace").order_by("-version")),
                Prefetch("reports", Report.objects.open().order_by("reason", "pk"), to_attr="open_reports"),
            )
        )


class Ballot(models.TextChoices):
    """What was voted on."""

    RATINGS = "ratings", _("Ratings")
    HELPFUL = "helpful", _("Helpful votes")


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

    def votes(self) -> QuerySet[Any]:
        """Return the ratings or helpful votes, each with `about` (the article's key) and `given_at`.

        What its reader took back needs no judgment.
        """
        found: QuerySet[Any]
        if self.of == Ballot.RATINGS:
            found = Rating.objects.annotate(about=F("article"), given_at=F("changed_at"))
        else:
            found = HelpfulVote.objects.annotate(about=F("comment__article"), given_at=F("created_at"))
        found = found.filter(standing=self.standing, is_withdrawn=False)
        return found.filter(is_vouched_for=True) if self.standing == Standing.COUNTED else found

    def by_article(self) -> QuerySet[Any]:
        """Return the votes with what is shown of them, those on one article together: the article voted on last first.

        Each knows how many there are on its article (`number`), on whatever page of the list.
        """
        found = self.votes().annotate(
            number=Window(Count("pk"), partition_by=F("about")),
            latest=Window(Max("given_at"), partition_by=F("about")),
        )
        found = found.order_by("-latest", "about", "-given_at", "-pk")
        if self.of == Ballot.HELPFUL:
            return found.select_related("comment__article").defer("comment__article__body", "comment__trace")
        changes = RatingChange.objects.select_related("moderator").order_by("pk")
        return found.select_related("article").defer("article__body").prefetch_related(Prefetch("changes", changes))

    @staticmethod
    def count_of_held() -> int:
        """Return how many votes of all kinds wait for a moderator."""
        return sum(VoteListing(of=of).votes().count() for of in Ballot)
