"""What a rule finds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from articles.readiness.draft import Draft


class Severity(StrEnum):
    """What a finding entails."""

    ERROR = "error"
    """The article is not published before it is corrected."""
    WARNING = "warning"
    """The article is not published before it is corrected, or an editor has given a reason."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a rule found: a sentence for the editor, and where it is.

    `block` is the id of a block of the body, or else `field` the name of a field of the article; both may be empty.
    `excerpt` is the text in question, word for word, or empty. A warning that is to be asked again when its place says
    something else has one.
    """

    message: str
    block: str = ""
    field: str = ""
    excerpt: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule found, with the name and the severity of the rule."""

    rule: str
    severity: Severity
    message: str
    block: str = ""
    field: str = ""
    excerpt: str = ""

    @property
    def about(self) -> str:
        """What the finding is about, 32 hexadecimal digits: the same until that place says something else.

        And the same in every language: of a warning, which an editor may have answered in another one than reads it
        now, the message does not count.
        """
        told = self.excerpt or (self.message if self.is_error else "")
        parts = (self.rule, self.block, self.field, told)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]

    @property
    def is_error(self) -> bool:
        """Whether no reason makes up for it."""
        return self.severity is Severity.ERROR

    def as_json(self) -> dict[str, str]:
        """Return the finding as it is stored."""
        return {**asdict(self), "severity": str(self.severity), "about": self.about}


MOST_APART = 3


def excerpts_of(sentences: Iterable[str]) -> list[str]:
    """Return the excerpts of the findings that a rule yields for these sentences of one block.

    Each sentence is answered by itself, once, however often it stands there. More than `MOST_APART` are answered
    together, in one excerpt of a line each, which asks again as soon as another one comes.
    """
    apart = list(dict.fromkeys(sentences))
    return apart if len(apart) <= MOST_APART else ["\n".join(apart)]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """An editorial rule: the name of its file, what it is called, what it entails, and what it finds."""

    name: str
    label: str | Promise
    severity: Severity
    find: Callable[[Draft], Iterator[Found]]

    def findings(self, draft: Draft) -> Iterator[Finding]:
        """Yield what the rule finds in `draft`."""
        for found in self.find(draft):
            fields: dict[str, Any] = asdict(found) | {"message": str(found.message)}
            yield Finding(rule=self.name, severity=self.severity, **fields)
