"""What an import tells about a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from articles.exchange.findings import Recognized


@dataclass(frozen=True, kw_only=True)
class FileReport:
    """What became of one file: its status, a sentence where one is needed, and what was recognized in it."""

    path: Path
    status: str
    reason: str = ""
    url: str | None = None
    recognized: Recognized | None = None
    missing: tuple[str, ...] = ()
    """What kept the article from being published, a sentence each."""
    waived: tuple[str, ...] = ()
    """The warnings that the article was published in spite of."""

    @classmethod
    def refused(cls, path: Path, reason: str) -> FileReport:
        """Return the report of a file that could not be imported."""
        return cls(path=path, status="refused", reason=reason)

    @classmethod
    def of(
        cls,
        path: Path,
        recognized: Recognized,
        *,
        status: str,
        reason: str = "",
        url: str | None = None,
        missing: tuple[str, ...] = (),
        waived: tuple[str, ...] = (),
    ) -> FileReport:
        """Return the report of a file that was imported, or would be."""
        return cls(
            path=path,
            status=status,
            reason=reason,
            url=url,
            recognized=recognized,
            missing=missing,
            waived=waived,
        )

    @property
    def to_confirm(self) -> int:
        """How many blocks an editor is asked to confirm."""
        return sum(1 for found in self.recognized.blocks if found.confirm) if self.recognized else 0

    def as_json(self) -> dict[str, Any]:
        """Return the report as documented in docs/import.md."""
        recognized = self.recognized
        report: dict[str, Any] = {
            "path": str(self.path),
            "status": self.status,
            "reason": self.reason,
            "missing": list(self.missing),
            "waived": list(self.waived),
        }
        if recognized is None:
            empty: dict[str, Any] = {
                "title": None,
                "url": None,
                "author": None,
                "rating": None,
                "blocks": [],
                "outside": [],
            }
            return report | empty | {"words": {"source": 0, "placed": 0, "lost": [], "invented": []}}
        rating = recognized.rating
        return report | {
            "title": recognized.title,
            "url": self.url,
            "author": recognized.author,
            "rating": {"mean": float(rating.mean), "count": rating.count} if rating else None,
            "blocks": [
                {
                    "kind": found.kind,
                    "confidence": found.confidence,
                    "lines": [found.first, found.last],
                    "text": found.text,
                    "facts": found.facts,
                    "confirm": found.confirm,
                }
                for found in recognized.blocks
            ],
            "outside": [
                {"kind": part.kind, "lines": [part.first, part.last], "text": part.text} for part in recognized.outside
            ],
            "words": {
                "source": recognized.words.source,
                "placed": recognized.words.placed,
                "lost": list(recognized.words.lost),
                "invented": list(recognized.words.invented),
            },
        }
