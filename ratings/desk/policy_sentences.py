"""What discussion policies say, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ratings.models import DiscussionPolicy
from ratings.moderation.policy import Mode, Policy, resolve, sources

LABELS: dict[str, str | Promise] = {
    "mode": gettext_lazy("Moderation"),
    "holds_first": gettext_lazy("First comments"),
    "trusted_after": gettext_lazy("Trust"),
    "links_new": gettext_lazy("Links of new readers"),
    "links_trusted": gettext_lazy("Links of trusted readers"),
    "hold_from": gettext_lazy("Points"),
    "hide_from_reports": gettext_lazy("Reports"),
    "closes_after_days": gettext_lazy("End"),
    "closed_from": gettext_lazy("Hours"),
}
"""What each value is about. Both hours are one matter."""


def sentence(name: str, policy: Policy | DiscussionPolicy) -> str:
    """Return what `policy` says by its value `name`, one of `LABELS`."""
    value = getattr(policy, name)
    if name == "closed_from":
        return _hours(value, policy.closed_until)
    return _SENTENCES[name](value)


def sentences(row: DiscussionPolicy) -> str:
    """Return all that `row` itself decides."""
    decided = sources([row])
    return " ".join(sentence(name, row) for name in LABELS if name in decided) or _("Nothing: all is as elsewhere.")


def what_holds(rows: list[DiscussionPolicy]) -> list[tuple[str, str, DiscussionPolicy | None]]:
    """Return for each matter its label, what holds, and the row that says so; None if that is nobody's decision.

    `rows` are those that concern an article, the most specific first.
    """
    policy, deciding = resolve(rows), sources(rows)
    return [(str(label), sentence(name, policy), deciding.get(name)) for name, label in LABELS.items()]


def _mode(mode: str) -> str:
    return f"{Mode(mode).label}."


def _first(holds: bool) -> str:
    if holds:
        return _("The first comment of each reader waits.")
    return _("A comment does not wait because it is the reader’s first.")


def _trust(number: int) -> str:
    if not number:
        return _("Nobody becomes trusted.")
    said = "A reader is trusted after %(number)s approved comment."
    return ngettext(said, "A reader is trusted after %(number)s approved comments.", number) % {"number": number}


def _links_new(number: int) -> str:
    said = "A new reader may give %(number)s link."
    return ngettext(said, "A new reader may give %(number)s links.", number) % {"number": number}


def _links_trusted(number: int) -> str:
    said = "A trusted reader may give %(number)s link."
    return ngettext(said, "A trusted reader may give %(number)s links.", number) % {"number": number}


def _points(number: int) -> str:
    return ngettext("With %(number)s point a comment waits.", "With %(number)s points a comment waits.", number) % {
        "number": number
    }


def _reports(number: int) -> str:
    if not number:
        return _("Reports never hide a comment.")
    said = "%(number)s report hides a comment."
    return ngettext(said, "%(number)s reports hide a comment.", number) % {"number": number}


def _days(number: int | None) -> str:
    if number is None:
        return _("Comments never close.")
    return ngettext("Comments close after %(number)s day.", "Comments close after %(number)s days.", number) % {
        "number": number
    }


def _hours(begins: time | None, ends: time | None) -> str:
    if begins is None or ends is None:
        return _("Comments are taken at all hours.")
    hours = {"from": formats.time_format(begins, "TIME_FORMAT"), "until": formats.time_format(ends, "TIME_FORMAT")}
    return _("No comments are taken each day from %(from)s to %(until)s.") % hours


_SENTENCES: dict[str, Callable[[Any], str]] = {
    "mode": _mode,
    "holds_first": _first,
    "trusted_after": _trust,
    "links_new": _links_new,
    "links_trusted": _links_trusted,
    "hold_from": _points,
    "hide_from_reports": _reports,
    "closes_after_days": _days,
}
