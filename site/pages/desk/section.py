"""A section of the desk: a short list of what is to do, and the way to all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.forms import Media
from django.utils.functional import Promise
from wagtail.admin.ui.components import Component

ROWS = 5
"""So many rows a section has at most."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """Something to do: what it is about, where it is done, and what there is to say of it."""

    title: str
    address: str
    says: Sequence[str] = ()
    quote: str = ""
    alarms: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a section shows: its first rows, of how many, and where all of them are (empty: they are shown nowhere)."""

    rows: Sequence[Row] = ()
    total: int = 0
    all_at: str = ""


class Section(Component):
    """A section of the desk. Each is a class that says for whom it is, and what it found."""

    template_name = "pages/desk/section.html"
    heading: ClassVar[str | Promise]
    empty: ClassVar[str | Promise]
    """What the section will tell of, while it has nothing to tell."""

    def __init__(self, user: User) -> None:
        self.user = user

    @staticmethod
    def is_for(user: User) -> bool:
        """Return whether the section can ever have anything for `user`; who it is not for does not see it."""
        raise NotImplementedError

    def look(self) -> Found:
        """Return what there is to do for the user."""
        raise NotImplementedError

    @property
    def media(self) -> Media:
        """The style of the desk: Wagtail's first page gathers it from the panels."""
        return Media(css={"all": ["desk/editors.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return what the template shows."""
        found = self.look()
        return {"section": self, "found": found, "has_more": found.total > len(found.rows)}
