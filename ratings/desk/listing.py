"""What the desk lists. The address of a page says it, and so does the address that a decision is sent to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import ArticlePage, TopicPage
from ratings.desk.filters import ANY, CARD, FilterForm, Sort
from ratings.desk.sections import Scope
from ratings.folding import fold
from ratings.models import Badge, Comment, Decision, Kind, LinkedDomain, Report, Sanction, State
from ratings.models.comment import CommentQuerySet

PHRASES = re.compile(r'"([^"]*)"?|([^\s"]+)')
"""Quoted phrases, the last of which may be left open, and single words."""


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
    """Which comments a moderator looks at, and in which order. Filters narrow it down together."""

    state: State | None = State.PENDING
    """None: any."""
    reported: bool = False
    q: str = ""
    rule: str = ""
    points: int | None = None
    """At least so many."""
    score: int | None = None
    """At least so many percent likely to be spam."""
    older: int | None = None
    """Written more than so many hours ago."""
    after: date | None = None
    before: date | None = None
    name: str = ""
    network: str = ""
    """The first digits of its digest, or all."""
    domain: str = ""
    kind: Kind | None = None
    badge: Badge | None = None
    moderator: str = ""
    """The user name of somebody who decided on it."""
    sanctioned: bool = False
    article: int | None = None
    topic: int | None = None
    reader: int | None = None
    reporter: int | None = None
    sort: Sort = Sort.OLDEST
    view: str = ""
    page: str = ""
    faults: tuple[str, ...] = field(default=(), compare=False)
    """What the address asked for and could not be read, in sentences. It is left out."""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """Return what the parameters ask for; what waits, where they ask for nothing that there is."""
        form = FilterForm(query)
        form.is_valid()
        given = {name: value for name, value in form.cleaned_data.items() if value not in ("", None, False)}
        usual = cls.of_reported() if given.get("reported") else cls()
        state = given.pop("state", usual.state)
        return cls(
            state=None if state == ANY else State(state),
            sort=given.pop("sort", usual.sort),
            page=page_number(query),
            faults=tuple(form.faults()),
            **given,
        )

    @classmethod
    def of_reported(cls) -> Self:
        """Return the list of what readers see and have reported: the latest report first."""
        return cls(reported=True, state=State.PUBLISHED, sort=Sort.REPORTED)

    def parameters(self) -> dict[str, str]:
        """Return the parameters that ask for this; those that would change nothing are left out."""
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.compare}
        usual = self.of_reported() if self.reported else CommentListing()
        values["state"] = ANY if self.state is None else self.state.value
        if self.reported and self.state == usual.state:
            values["state"] = ""
        if self.sort == usual.sort:
            values["sort"] = ""
        values["p"] = values.pop("page")
        return {name: _as_parameter(value) for name, value in values.items() if value}

    def query(self) -> str:
        """Return the address that asks for this, from its question mark on."""
        return address_query(**self.parameters())

    def address(self, comment: Comment | None = None) -> str:
        """Return where this is seen, at `comment`: its own page if there is one at a time, or its place in the list."""
        if comment and self.is_card:
            return reverse("reader_comment", args=[comment.pk]) + self.query()
        place = f"#comment-{comment.pk}" if comment else ""
        return f"{reverse('reader_comments')}{self.query()}{place}"

    def is_same_list(self, other: object) -> bool:
        """Return whether `other` is a page or a card of the same list."""
        return isinstance(other, CommentListing) and self.from_start() == other.from_start()

    def from_start(self) -> Self:
        """Return the first page of this as a list."""
        return replace(self, page="", view="")

    def one_by_one(self) -> Self:
        """Return the same comments as cards."""
        return replace(self, page="", view=CARD)

    @property
    def is_card(self) -> bool:
        """Whether one comment is shown at a time."""
        return self.view == CARD

    @property
    def label(self) -> str:
        """What is listed, in words, without the filters."""
        if self.reported and self.state == State.PUBLISHED:
            return _("Reported")
        return str(self.state.label) if self.state else _("Any state")

    def matching(self, user: User, now: datetime | None = None) -> CommentQuerySet:
        """Return the comments in the sections of `user`, in no order and with nothing beside them.

        What has an age is measured at `now`, by default the present time. Takes one query for the sections.
        """
        return self.within(Scope.of(user), now or timezone.now())

    def within(self, scope: Scope, now: datetime) -> CommentQuerySet:
        """Return the comments of `scope` at `now`, in no order and with nothing beside them."""
        wanted = {
            "state": self.state,
            "rules__contains": self.rule and f"|{self.rule}|",
            "points__gte": self.points,
            "spam_score__gte": None if self.score is None else self.score / 100,
            "created_at__lt": None if self.older is None else now - timedelta(hours=self.older),
            "created_at__gte": _midnight(self.after),
            "name__icontains": self.name,
            "network__startswith": self.network,
            "kind": self.kind,
            "badge": self.badge,
            "article": self.article,
            "reader": self.reader,
        }
        found = Comment.objects.filter(**{lookup: value for lookup, value in wanted.items() if value not in ("", None)})
        if self.before is not None:
            found = found.filter(created_at__lt=_midnight(self.before))
        if self.reported:
            found = found.filter(pk__in=Report.objects.open().values("comment"))
        if self.reporter is not None:
            found = found.filter(pk__in=Report.objects.filter(reader=self.reporter).values("comment"))
        if self.moderator:
            by_them = Decision.objects.filter(moderator__username=self.moderator)
            found = found.filter(pk__in=by_them.values("comment"))
        if self.domain:
            found = found.filter(pk__in=LinkedDomain.objects.filter(domain=self.domain).values("comment"))
        if self.sanctioned:
            found = found.filter(reader__in=Sanction.objects.in_force(now).values("reader"))
        if self.topic is not None:
            path = TopicPage.objects.filter(id=self.topic).values("path")[:1]
            found = found.filter(article__in=ArticlePage.objects.filter(topics__path__startswith=path).values("pk"))
        for phrase in self.phrases():
            found = found.filter(folded__contains=phrase)
        return scope.within(found)

    def phrases(self) -> list[str]:
        """Return the words and phrases that must all occur, folded as they are stored."""
        folded = (fold(quoted or word) for quoted, word in PHRASES.findall(self.q))
        return list(dict.fromkeys(phrase for phrase in folded if phrase))

    def ranked(self, found: CommentQuerySet) -> CommentQuerySet:
        """Return `found` in the order of this list, which is that of `rank`; equal ones by their keys."""
        sign = self._sign
        return found.annotate(rank=RANKS[self.sort]).order_by(f"{sign}rank", f"{sign}pk")

    def behind(self, found: CommentQuerySet, comment: Comment, *, before: bool = False) -> CommentQuerySet:
        """Return those of the ranked `found` that come after the ranked `comment`, or `before` it, the nearest first.

        The comment itself need not be among them any more.
        """
        rank: Any = comment.rank  # type: ignore[attr-defined]  # annotated
        lookup = "lt" if bool(self._sign) != before else "gt"
        beyond = Q(**{f"rank__{lookup}": rank}) | Q(rank=rank, **{f"pk__{lookup}": comment.pk})
        beyond_it = found.filter(beyond)
        return beyond_it.reverse() if before else beyond_it

    @property
    def _sign(self) -> str:
        return "" if self.sort == Sort.OLDEST else "-"


_reports = Report.objects.open().filter(comment=OuterRef("pk")).order_by().values("comment")

RANKS: dict[Sort, Any] = {
    Sort.OLDEST: F("created_at"),
    Sort.NEWEST: F("created_at"),
    Sort.POINTS: F("points"),
    Sort.SPAM: Coalesce("spam_score", -1.0),
    Sort.REPORTS: Coalesce(Subquery(_reports.annotate(number=Count("pk")).values("number")), 0),
    Sort.REPORTED: Coalesce(Subquery(_reports.annotate(latest=Max("created_at")).values("latest")), F("created_at")),
}
"""What each order goes by: the largest first, but for the oldest ones."""


def _as_parameter(value: Any) -> str:
    return "1" if value is True else str(value)


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else timezone.make_aware(datetime.combine(day, time.min))
