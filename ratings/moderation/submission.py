"""What the checks know of a comment. Time, reader and policy come in; no check reads a clock, a database or a network.

`ratings.moderation.facts` gathers it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from ratings.moderation.policy import Policy

if TYPE_CHECKING:
    from ratings.moderation.finding import Finding, Span
    from ratings.moderation.words import WordList


@dataclass(frozen=True, kw_only=True)
class Writer:
    """What the site knows of who writes."""

    is_staff: bool = False
    """They write with a badge: an author or reviewer of the article, an editor, a moderator."""
    published: int = 0
    """Comments of theirs that stand published."""
    approved: int = 0
    """Those of them that a moderator published, or looked at and kept."""
    published_lately: int = 0
    refused_lately: int = 0
    """Comments of the last 30 days that were published, and that moderators hid, rejected or called spam."""
    is_premoderated: bool = False
    """A sanction asks that a moderator sees each comment first."""
    banned_neighbors: int = 0
    """Other readers from the same network who are muted or banned now."""


@dataclass(frozen=True, kw_only=True)
class DomainRecord:
    """What became of the comments that linked to a domain."""

    known_for: timedelta | None = None
    """Since when it is linked to from here; None for a domain that nobody linked to before."""
    published: int = 0
    spam: int = 0


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Earlier comments that say nearly the same."""

    comments: int = 0
    articles: int = 0
    """Under how many articles they stand, the one at hand included."""
    spam: int = 0
    """How many of them are spam."""
    by_others: int = 0
    """How many of them other readers sent."""


@dataclass(frozen=True, kw_only=True)
class SpamOpinion:
    """What the learned model thinks."""

    score: float
    """How sure it is that this is spam: 0 to 1."""
    threshold: float
    """From this score on it calls it spam."""
    may_act: bool = False
    """Its verdicts have been right often enough to be followed, and this one is not kept for a moderator to check."""
    spans: tuple[Span, ...] = ()
    """Where what weighed most stands."""

    @property
    def calls_it_spam(self) -> bool:
        """Whether its verdict is spam."""
        return self.score >= self.threshold


@dataclass(frozen=True, kw_only=True)
class AkismetOpinion:
    """What the service Akismet thinks, if it is asked."""

    is_spam: bool | None
    """None: it did not answer in time, or not in a way that could be read."""


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A comment as the checks see it."""

    text: str
    name: str
    trap: str = ""
    """What was typed into the field that only machines see."""
    dwell: timedelta | None = None
    """How long the form was open, or None if nobody knows."""
    lacks_proof: bool = False
    """A proof of work was asked of its sender, and none came that was good."""
    found_before: tuple[Finding, ...] = ()
    """In an edit: what was found in the way that the comment was first sent. No edit makes that undone."""
    writer: Writer = field(default_factory=Writer)
    policy: Policy = field(default_factory=Policy)
    words: WordList | None = None
    domains: Mapping[str, DomainRecord] = field(default_factory=dict)
    """What is known of each domain that the text links to."""
    alike: Alike = field(default_factory=Alike)
    spam: SpamOpinion | None = None
    """None if there is no model."""
    akismet: AkismetOpinion | None = None
    """None if it is not asked."""

    @property
    def is_trusted(self) -> bool:
        """Whether moderators approved so many comments of its writer that the policy trusts them."""
        return 0 < self.policy.trusted_after <= self.writer.approved
