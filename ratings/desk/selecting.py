"""Which comments a bulk decision is about: those of a list, or some that were chosen, each in its version."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.contrib.auth.models import User
from django.core import signing
from django.db.models import Count, Max

from ratings.actions.sanctions import posted_by
from ratings.desk.listing import CommentListing
from ratings.desk.sections import within
from ratings.models import Comment, Ground, State
from ratings.models.comment import CommentQuerySet
from ratings.moderation.transitions import SOURCES

CHOSEN = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})", re.ASCII)
"""The key of a comment and its version."""

MOST_CHOSEN = 500
SHOWN = 20
LISTED = 10
VALID_FOR = timedelta(hours=1)
SALT = "ratings.desk.bulk"


def keys_of(chosen: Iterable[str], user: User) -> list[list[int]]:
    """Return key and version of those comments among the `chosen` that `user` moderates and that are in that version.

    Whatever else the form says (nonsense, other sections, what has moved on) is left out.
    """
    pairs = [(int(found[1]), int(found[2])) for value in chosen if (found := CHOSEN.fullmatch(value))]
    there = within(Comment.objects.filter(pk__in=[key for key, _version in pairs]), user)
    versions = dict(there.values_list("pk", "version"))
    return [[key, version] for key, version in dict(pairs).items() if versions.get(key) == version]


def selected_by(selection: Mapping[str, Any], user: User, seen_at: datetime) -> CommentQuerySet:
    """Return the comments that a `selection` finds in the sections of `user`: by keys, of a reader, or as a list.

    What has an age has that of `seen_at`. A list whose parameters cannot be read (any more) finds nothing: without one
    of its filters it would find more than was meant.
    """
    if "keys" in selection:
        return within(Comment.objects.filter(pk__in=[key for key, _version in selection["keys"]]), user)
    if selection.keys() == {"reader"}:
        return posted_by(selection["reader"], within(Comment.objects.all(), user))
    listing = CommentListing.read(selection)
    return Comment.objects.none() if listing.faults else listing.matching(user, seen_at)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A bulk decision before it begins. It comes back sealed, so that what begins is what the moderator saw."""

    public_id: UUID
    moderator: int
    selection: dict[str, Any]
    to: State
    ground: Ground | None
    reason: str
    note: str
    seen_at: datetime
    until: int = 0
    """The last key that was seen."""

    def sealed(self) -> str:
        """Return it as a signed string."""
        values = asdict(self) | {"public_id": str(self.public_id), "seen_at": self.seen_at.isoformat()}
        return signing.dumps(values, salt=SALT, compress=True)

    @classmethod
    def unsealed(cls, sealed: str, user: User) -> Self | None:
        """Return the preview that `user` saw, or None if it is not theirs, was forged, or is older than an hour."""
        try:
            values = signing.loads(sealed, salt=SALT, max_age=VALID_FOR)
        except signing.BadSignature:
            return None
        values["public_id"] = UUID(values["public_id"])
        values["seen_at"] = datetime.fromisoformat(values["seen_at"])
        values["to"] = State(values["to"])
        values["ground"] = Ground(values["ground"]) if values["ground"] else None
        return cls(**values) if values["moderator"] == user.pk else None


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a preview shows: how many comments, of which kinds, and the first of them."""

    asked: int
    """How many were chosen, or match."""
    total: int
    """How many of them can be decided so."""
    until: int
    states: list[tuple[Any, int, bool]]
    """Label, number, and whether the decision is possible from there."""
    articles: list[Any]
    authors: list[Any]
    first: list[Comment]

    @property
    def skipped(self) -> int:
        """How many will be left alone."""
        return max(self.asked - self.total, 0)

    @classmethod
    def of(cls, found: CommentQuerySet, to: State, asked: int | None = None) -> Self:
        """Return the summary of the comments that were `found`, out of so many that were `asked` for. Five queries."""
        counts = dict(found.values_list("state").annotate(Count("pk")).order_by())
        states = [(state.label, counts[state.value], state in SOURCES[to]) for state in State if state.value in counts]
        decidable = found.filter(state__in=SOURCES[to]).order_by()
        by_article = decidable.values("article", title=Max("article__title")).annotate(number=Count("pk"))
        by_author = decidable.values("reader").annotate(name=Max("name"), number=Count("pk"))
        return cls(
            asked=sum(counts.values()) if asked is None else asked,
            total=sum(number for _label, number, possible in states if possible),
            until=found.aggregate(until=Max("pk"))["until"] or 0,
            states=states,
            articles=list(by_article.order_by("-number", "article")[:LISTED]),
            authors=list(by_author.order_by("-number", "reader")[:LISTED]),
            first=list(decidable.select_related("article").defer("article__body").order_by("pk")[:SHOWN]),
        )
