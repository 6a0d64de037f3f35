"""What a check found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ratings.models.comment import State

Span = tuple[int, int]
"""The place of the first character in a text, and that of the one after the last."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule that struck: its name, its points (0–100) and the reason in words, as a moderator reads it."""

    rule: str
    points: int
    reason: str
    to: State | None = None
    """Where this rule by itself sends the comment; None leaves that to the points and to the policy."""
    spans: tuple[Span, ...] = ()
    """Where in the text it struck."""

    def __post_init__(self) -> None:
        if not 0 <= self.points <= 100:
            raise ValueError(f"{self.rule}: points go from 0 to 100, not {self.points}.")

    def as_stored(self) -> dict[str, Any]:
        """Return the finding as it is stored with the comment: no words of the comment, only where they stand."""
        stored: dict[str, Any] = {"rule": self.rule, "points": self.points, "reason": self.reason}
        if self.to is not None:
            stored["to"] = self.to.value
        if self.spans:
            stored["spans"] = [list(span) for span in self.spans]
        return stored

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        """Return the finding that was stored, without the state that it asked for: that was another text."""
        return cls(rule=stored["rule"], points=stored["points"], reason=stored["reason"])


def rules_of(findings: Iterable[Finding]) -> str:
    """Return the names of the rules as one string that can be searched for one of them: `|links|words|`, or ""."""
    names = sorted({finding.rule for finding in findings})
    return f"|{'|'.join(names)}|" if names else ""
