"""How the admin's history tells what was done with comments and votes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from ratings.models import Standing, State


class WithReason(LogFormatter):
    """An entry that keeps a moderator's reason."""

    def format_comment(self, log_entry: Any) -> str:
        """Return the moderator's reason."""
        return str(log_entry.data["reason"])


class Decide(WithReason):
    """Tells from where to where a comment was moved, and why."""

    label = _("Decide on a reader comment")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        data = log_entry.data
        values = {"comment": data["comment"], "from": State(data["from"]).label, "to": State(data["to"]).label}
        return _("Reader comment %(comment)s: %(from)s → %(to)s") % values


class Highlight(WithReason):
    """Tells which comment was lifted out, or no longer is."""

    sentence = _("Reader comment %(comment)s")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        return self.sentence % {"comment": log_entry.data["comment"]}


class Pin(Highlight):
    """A comment stands on top."""

    label = _("Pin a reader comment")
    sentence = _("Reader comment %(comment)s: pinned")


class Unpin(Highlight):
    """A comment no longer stands on top."""

    label = _("Unpin a reader comment")
    sentence = _("Reader comment %(comment)s: no longer pinned")


class Pick(Highlight):
    """A comment is an editors' pick."""

    label = _("Pick a reader comment")
    sentence = _("Reader comment %(comment)s: editors’ pick")


class Unpick(Highlight):
    """A comment is no editors' pick any more."""

    label = _("Take back an editors’ pick")
    sentence = _("Reader comment %(comment)s: no editors’ pick any more")


class JudgeRating(WithReason):
    """Tells whether a rating counts now, and why."""

    label = _("Judge a rating")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        return _("Rating %(rating)s, %(stars)s of 5 stars: %(from)s → %(to)s") % _standings(log_entry.data)


class BeginAnew(WithReason):
    """Tells how many ratings were counted until the ratings began anew, and why they did."""

    label = _("Begin the ratings anew")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        return _("The ratings began anew. Kept, and counted no more: %(count)s") % {"count": log_entry.data["count"]}


class CountEarlierAgain(LogFormatter):
    """Tells how many ratings are counted again."""

    label = _("Count the earlier ratings again")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        return _("The ratings did not begin anew. Counted again: %(count)s") % {"count": log_entry.data["count"]}


class JudgeHelpful(WithReason):
    """Tells whether a helpful vote counts now, and why."""

    label = _("Judge a helpful vote")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        return _("Helpful vote %(vote)s for reader comment %(comment)s: %(from)s → %(to)s") % _standings(log_entry.data)


def _standings(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"from": Standing(data["from"]).label, "to": Standing(data["to"]).label}


FORMATTERS: dict[str, type[LogFormatter]] = {
    "ratings.decide": Decide,
    "ratings.pin": Pin,
    "ratings.unpin": Unpin,
    "ratings.pick": Pick,
    "ratings.unpick": Unpick,
    "ratings.judge_rating": JudgeRating,
    "ratings.judge_helpful": JudgeHelpful,
    "ratings.begin_anew": BeginAnew,
    "ratings.count_earlier_again": CountEarlierAgain,
}
"""By the name of what was done."""
