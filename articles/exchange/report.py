"""What an import tells about each entry of a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from articles.exchange.documents import Document
from articles.exchange.findings import Recognized


@dataclass(frozen=True, kw_only=True)
class EntryReport:
    """What became of one entry: its status, a sentence where one is needed, and what was recognized in it."""

    path: Path
    status: str
    """created, updated, unchanged, refused or ignored."""
    place: str = ""
    """Where in the file it stands."""
    reason: str = ""
    title: str = ""
    url: str | None = None
    count: int = 1
    """Of how many entries of the same sort it tells; only what is ignored is told of together."""
    document: Document | None = None
    recognized: Recognized | None = None
    missing: tuple[str, ...] = ()
    """What kept the article from being published, a sentence each."""
    waived: tuple[str, ...] = ()
    """The warnings that the article was published in spite of."""
    notes: tuple[str, ...] = ()
    """What could not be brought along, a sentence each."""
    differences: tuple[str, ...] = ()
    """What a dry run would change in an article that is here already, a line a block."""

    def because(self, reason: str) -> EntryReport:
        """Return the report of an entry that was refused."""
        return replace(self, status="refused", reason=reason, recognized=None)

    def recognized_as(self, recognized: Recognized) -> EntryReport:
        """Return the report with what was recognized."""
        return replace(self, recognized=recognized, title=recognized.title)

    def turned(
        self,
        status: str,
        *,
        reason: str = "",
        url: str | None = None,
        missing: tuple[str, ...] = (),
        waived: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
        differences: tuple[str, ...] = (),
    ) -> EntryReport:
        """Return the report of an entry that was imported, or would be."""
        return replace(
            self,
            status=status,
            reason=reason,
            url=url,
            missing=missing,
            waived=waived,
            notes=notes,
            differences=differences,
        )

    @property
    def to_confirm(self) -> int:
        """How many blocks an editor is asked to confirm."""
        return sum(1 for found in self.recognized.blocks if found.confirm) if self.recognized else 0

    def as_json(self) -> dict[str, Any]:
        """Return the report as documented in docs/import.md."""
        document = self.document
        report: dict[str, Any] = {
            "path": str(self.path),
            "place": self.place,
            "format": document.format if document else None,
            "status": self.status,
            "reason": self.reason,
            "missing": list(self.missing),
            "waived": list(self.waived),
            "notes": list(self.notes),
            "differences": list(self.differences),
            "removed": [{"what": each.what, "count": each.count} for each in document.removed] if document else [],
            "title": self.title or None,
            "url": self.url,
        }
        return report | (_recognized_as_json(self.recognized) if self.recognized else EMPTY)


EMPTY: dict[str, Any] = {
    "author": None,
    "rating": None,
    "blocks": [],
    "outside": [],
    "words": {"source": 0, "placed": 0, "lost": [], "invented": []},
}


def _recognized_as_json(recognized: Recognized) -> dict[str, Any]:
    rating = recognized.rating
    return {
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
