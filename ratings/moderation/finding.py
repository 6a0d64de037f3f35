"""What a check found."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One rule that struck: its name, its points (0–100) and the reason in words, as a moderator reads it."""

    rule: str
    points: int
    reason: str

    def __post_init__(self) -> None:
        if not 0 <= self.points <= 100:
            raise ValueError(f"{self.rule}: points go from 0 to 100, not {self.points}.")
