"""Which votes look like a wave rather than like readers.

Each check looks at the votes of the last hour and says which of them it suspects. A vote is set aside when the points
of all checks that suspect it pass the threshold, which takes two of them at least, or a flood from one network. So in
the middle of a wave an ordinary vote still counts.

Nearly every first-time voter is a new reader, and a newsletter brings many within minutes: both together are not
enough. Nor are some colleagues behind one address: fewer than `Thresholds.least` votes are never a wave.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from ratings.moderation.finding import Finding

MONTH = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Vote:
    """One of an article's latest votes, as the checks know it."""

    key: int
    stars: int
    network: str
    """The digest of the network that it came from, "" if unknown."""
    given_at: datetime
    reader_since: datetime
    """When the reader was first seen."""
    counted: bool = True
    """False: it is set aside already and nobody has looked at it yet. It still shows the wave that it belongs to."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many ratings count, and how many stars they are together; those from before this site included."""

    count: int = 0
    total: Decimal = Decimal(0)

    def without(self, votes: Collection[Vote]) -> Tally:
        """Return what is left when `votes` are taken out."""
        return Tally(count=self.count - len(votes), total=self.total - sum(vote.stars for vote in votes))


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From where on something is suspicious, and from how many points on a vote is set aside."""

    window: timedelta = timedelta(hours=1)
    least: int = 10
    """So many votes in the window at least, and from one network."""
    times_usual: float = 5
    """So many times the votes that are usual in the window."""
    new_share: float = 0.8
    """So large a part of the window by readers who were first seen within it."""
    network_share: float = 0.5
    """More than so large a part of the window from one network."""
    flood: int = 40
    """So many votes from such a network need no other sign."""
    earlier: int = 10
    """A mean says something from so many earlier ratings on."""
    jump: float = 1.5
    """So many stars between the mean of the window and the mean before."""
    points: int = 60


@dataclass(frozen=True, kw_only=True)
class Window:
    """What the checks know: the votes in the window, what was before, and how many votes are usual in such a time."""

    votes: tuple[Vote, ...]
    since: datetime
    before: Tally
    usual: float
    thresholds: Thresholds


@dataclass(frozen=True, kw_only=True)
class Suspicion:
    """What a check found, and the keys of the votes that it suspects."""

    finding: Finding
    keys: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Wave:
    """The votes to set aside, by their keys, and why."""

    keys: frozenset[int]
    findings: tuple[Finding, ...]


def many_at_once(window: Window) -> Suspicion | None:
    """Suspect all votes of a window that has many more than is usual."""
    count = len(window.votes)
    if count < window.thresholds.times_usual * window.usual:
        return None
    reason = f"{count} votes came in a time in which {window.usual:.1f} are usual."
    return _suspicion("velocity", 20, reason, window.votes)


def mostly_new_readers(window: Window) -> Suspicion | None:
    """Suspect the new readers' votes, if nearly all are such."""
    new = [vote for vote in window.votes if vote.reader_since > window.since]
    if len(new) < window.thresholds.new_share * len(window.votes):
        return None
    reason = f"{len(new)} of {len(window.votes)} votes are by readers who had never been seen before."
    return _suspicion("new_readers", 20, reason, new)


def one_network(window: Window) -> Suspicion | None:
    """Suspect the votes of a network that gave most of them. Votes of unknown networks are of no network."""
    known = Counter(vote.network for vote in window.votes if vote.network)
    network, count = max(known.items(), key=lambda entry: entry[1], default=("", 0))
    limits = window.thresholds
    if count < limits.least or count <= limits.network_share * len(window.votes):
        return None
    reason = f"{count} of {len(window.votes)} votes came from one network."
    points = limits.points if count >= limits.flood else 30
    return _suspicion("network", points, reason, (vote for vote in window.votes if vote.network == network))


def mean_jumps(window: Window) -> Suspicion | None:
    """Suspect the votes that pull the mean far away from where it was, if together they do."""
    before, limits = window.before, window.thresholds
    if before.count < limits.earlier:
        return None
    mean = float(before.total) / before.count
    mean_now = sum(vote.stars for vote in window.votes) / len(window.votes)
    if abs(mean_now - mean) < limits.jump:
        return None
    direction = 1 if mean_now > mean else -1
    pulling = (vote for vote in window.votes if direction * (vote.stars - mean) >= limits.jump)
    reason = f"The votes have a mean of {mean_now:.1f} stars, and the {before.count} ratings before them {mean:.1f}."
    return _suspicion("jump", 40, reason, pulling)


CHECKS: tuple[Callable[[Window], Suspicion | None], ...] = (
    many_at_once,
    mostly_new_readers,
    one_network,
    mean_jumps,
)


def wave_among(
    votes: Iterable[Vote],
    *,
    tally: Tally,
    last_month: int,
    now: datetime,
    thresholds: Thresholds = Thresholds(),
) -> Wave | None:
    """Return the wave among the article's latest `votes`, or None.

    `tally` is what counts now, those votes included; `last_month` how many votes that count were given in the last 30
    days. Leave out the votes that a moderator has released, or they would be set aside again.
    """
    since = now - thresholds.window
    latest = tuple(vote for vote in votes if vote.given_at > since)
    if len(latest) < thresholds.least:
        return None
    counted = [vote for vote in latest if vote.counted]
    window = Window(
        votes=latest,
        since=since,
        before=tally.without(counted),
        usual=max(last_month - len(counted), 0) * (thresholds.window / MONTH),
        thresholds=thresholds,
    )
    found = [suspicion for check in CHECKS if (suspicion := check(window)) is not None]
    points: Counter[int] = Counter()
    for suspicion in found:
        points.update(dict.fromkeys(suspicion.keys, suspicion.finding.points))
    keys = frozenset(vote.key for vote in counted if points[vote.key] >= thresholds.points)
    if not keys:
        return None
    return Wave(keys=keys, findings=tuple(suspicion.finding for suspicion in found if suspicion.keys & keys))


def _suspicion(rule: str, points: int, reason: str, votes: Iterable[Vote]) -> Suspicion:
    return Suspicion(
        finding=Finding(rule=rule, points=points, reason=reason), keys=frozenset(vote.key for vote in votes)
    )
