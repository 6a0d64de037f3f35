"""How much a report weighs, and when reports take a comment away: no rule here reads a clock or a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ratings.moderation.finding import Finding

LATEST = 50
"""So many of a reader's latest answered reports make the record: who was wrong long ago can become right."""

MUTED_FROM = 10
"""Who has so many dismissed reports ..."""

UPHELD_OF = 10
"""... and at most one upheld in so many dismissed, is no longer counted."""

LEAST_NETWORKS = 3
"""From fewer networks nothing is taken away, unless the policy itself asks for less: one house is one voice."""

POINTS_A_REPORT = 10


@dataclass(frozen=True, kw_only=True)
class Record:
    """How often a reader's reports were right, and how often not."""

    upheld: int = 0
    dismissed: int = 0

    @property
    def is_muted(self) -> bool:
        """Whether reports of this reader are shown to moderators, and count for nothing else."""
        return self.dismissed >= MUTED_FROM and self.upheld * UPHELD_OF <= self.dismissed

    @property
    def weight(self) -> float:
        """What the next report weighs: 0 to 2, and 1 of a reader of whom nothing is known.

        Twice the share that was right, by Laplace’s rule of succession: two imagined reports, one right and one wrong,
        keep the first answers from deciding everything.
        """
        if self.is_muted:
            return 0.0
        return 2 * (self.upheld + 1) / (self.upheld + self.dismissed + 2)


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A report as it is weighed: whose, from where, and how much."""

    reader: int
    network: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class Pressure:
    """What reports weigh together."""

    weight: float
    networks: int

    def takes_away(self, hide_from: int) -> Finding | None:
        """Return why the comment is taken away, or None, where a policy asks for reports that weigh `hide_from`."""
        if not hide_from or self.weight < hide_from or self.networks < min(hide_from, LEAST_NETWORKS):
            return None
        return Finding(
            rule="reports",
            points=min(round(self.weight * POINTS_A_REPORT), 100),
            reason=f"Reports from {self.networks} networks weigh {self.weight:.1f}; here {hide_from} are enough.",
        )


def pressure_of(voices: Iterable[Voice]) -> Pressure:
    """Return what `voices`, the earliest first, weigh together.

    A reader counts once, with the first report that weighs anything, for however many reasons; and so does a network,
    with the heaviest of its readers. What is added never makes it less.
    """
    by_reader: dict[int, Voice] = {}
    for voice in voices:
        if voice.weight:
            by_reader.setdefault(voice.reader, voice)
    by_network: dict[str, float] = {}
    for voice in by_reader.values():
        by_network[voice.network] = max(by_network.get(voice.network, 0.0), voice.weight)
    return Pressure(weight=sum(by_network.values()), networks=len(by_network))
