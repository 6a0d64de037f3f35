"""What a site, a topic or a type of article asks of comments: the ladder, the links, the reports, the hours."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import time
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

Row = TypeVar("Row")


class Mode(models.TextChoices):
    """Whether a moderator sees a comment before the readers do."""

    BEFORE = "before", _("A moderator looks at it before it is published")
    AFTER = "after", _("It is published, and a moderator looks at it when something is found or reported")


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The policy that holds for one article. What is written here holds where nobody has decided anything else."""

    mode: Mode = Mode.BEFORE
    holds_first: bool = True
    """The first comment of a reader waits for a moderator, whatever the mode."""
    trusted_after: int = 0
    """So many comments that a moderator approved make a reader trusted: theirs are published at once. 0: nobody is."""
    links_new: int = 1
    """So many links are free in the comment of a reader whom nobody knows ..."""
    links_trusted: int = 3
    """... and so many in that of a trusted one."""
    hold_from: int = 30
    """With so many points a comment waits for a moderator, whoever wrote it."""
    hide_from_reports: int = 3
    """Reports that weigh so much together take a comment away until a moderator has looked. 0: they never do."""
    closes_after_days: int | None = None
    closed_from: time | None = None
    """No comments are taken from this time of the day ..."""
    closed_until: time | None = None
    """... until this one, in the site's time zone."""


def sources(rows: Iterable[Row]) -> dict[str, Row]:
    """Return for each value of `Policy` that any of `rows` decides the row that does: the first that has a value.

    `rows` are objects with the attributes of `Policy`, the most specific one first; None (or "") is no value.
    """
    deciding: dict[str, Row] = {}
    for row in rows:
        for field in fields(Policy):
            if getattr(row, field.name) not in (None, ""):
                deciding.setdefault(field.name, row)
    return deciding


def resolve(rows: Iterable[object]) -> Policy:
    """Return the policy that `rows` make together (see `sources`). What none of them decides is as `Policy` says."""
    decided: dict[str, Any] = {name: getattr(row, name) for name, row in sources(rows).items()}
    if "mode" in decided:
        decided["mode"] = Mode(decided["mode"])
    return Policy(**decided)
