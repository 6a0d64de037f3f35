"""How the admin's history tells what was done with comments and votes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from ratings.models import ErrorReport, Ground, SanctionKind, Standing, State


class WithReason(LogFormatter):
    """An entry that keeps a moderator's reason."""

    def format_comment(self, log_entry: Any) -> str:
        """Return the moderator's reason."""
        return str(log_entry.data["reason"])


class Decide(WithReason):
    """Tells from where to where a comment was moved, and why."""

    label = _("Decide on a reader comment")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history. What undoes an act that moved nothing only names the comment."""
        data = log_entry.data
        values = {"comment": data["comment"], "from": State(data["from"]).label, "to": State(data["to"]).label}
        if not data.get("undoes"):
            return _("Reader comment %(comment)s: %(from)s → %(to)s") % values
        if data["from"] == data["to"]:
            return _("Reader comment %(comment)s: the last act was undone") % values
        return _("Reader comment %(comment)s: undone, %(from)s → %(to)s") % values


class Act(WithReason):
    """Tells what was done with which comment."""

    sentence = _("Reader comment %(comment)s")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        return self.sentence % {"comment": log_entry.data["comment"]}


class Pin(Act):
    """A comment stands on top."""

    label = _("Pin a reader comment")
    sentence = _("Reader comment %(comment)s: pinned")


class Unpin(Act):
    """A comment no longer stands on top."""

    label = _("Unpin a reader comment")
    sentence = _("Reader comment %(comment)s: no longer pinned")


class Pick(Act):
    """A comment is an editors' pick."""

    label = _("Pick a reader comment")
    sentence = _("Reader comment %(comment)s: editors’ pick")


class Unpick(Act):
    """A comment is no editors' pick any more."""

    label = _("Take back an editors’ pick")
    sentence = _("Reader comment %(comment)s: no editors’ pick any more")


class Redact(Act):
    """Words were taken out of a comment."""

    label = _("Take words out of a reader comment")
    sentence = _("Reader comment %(comment)s: words taken out")


class Check(Act):
    """A comment is marked as checked, so that reports do not take it away."""

    label = _("Mark a reader comment as checked")
    sentence = _("Reader comment %(comment)s: marked as checked")


class Uncheck(Act):
    """A comment is no longer marked as checked."""

    label = _("Mark a reader comment as not checked")
    sentence = _("Reader comment %(comment)s: no longer marked as checked")


class Refuse(WithReason):
    """A moderator tried to act in a section that is not theirs."""

    label = _("Refuse a moderator of another section")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        if comment := log_entry.data.get("comment"):
            return _("Refused, because the section is another moderator’s: reader comment %(comment)s") % {
                "comment": comment
            }
        return str(_("Refused, because the section is another moderator’s"))


class Sanction(WithReason):
    """Tells which sanction a reader got, and on what ground."""

    label = _("Sanction a reader")
    sentence = _("Reader %(reader)s: %(kind)s (%(ground)s)")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        data = log_entry.data
        ground = Ground(data["ground"]).label if data.get("ground") else "–"
        return self.sentence % {"reader": data["reader"], "kind": SanctionKind(data["kind"]).label, "ground": ground}


class Lift(Sanction):
    """Tells which sanction of a reader was lifted."""

    label = _("Lift a reader’s sanction")
    sentence = _("Reader %(reader)s: %(kind)s lifted (%(ground)s)")


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


class AnswerError(WithReason):
    """Tells what became of an error that a reader reported, and what the reader was told."""

    label = _("Answer an error report")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        labels = {key: ErrorReport.State(log_entry.data[key]).label for key in ("from", "to")}
        return _("Error report %(report)s: %(from)s → %(to)s") % (log_entry.data | labels)


class Import(LogFormatter):
    """Tells how many comments came from elsewhere."""

    label = _("Import reader comments")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        return _("Reader comments imported: %(comments)s") % {"comments": log_entry.data["comments"]}


def _standings(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"from": Standing(data["from"]).label, "to": Standing(data["to"]).label}


FORMATTERS: dict[str, type[LogFormatter]] = {
    "ratings.decide": Decide,
    "ratings.pin": Pin,
    "ratings.unpin": Unpin,
    "ratings.pick": Pick,
    "ratings.unpick": Unpick,
    "ratings.redact": Redact,
    "ratings.check": Check,
    "ratings.uncheck": Uncheck,
    "ratings.refuse": Refuse,
    "ratings.sanction": Sanction,
    "ratings.lift": Lift,
    "ratings.judge_rating": JudgeRating,
    "ratings.judge_helpful": JudgeHelpful,
    "ratings.answer_error": AnswerError,
    "ratings.begin_anew": BeginAnew,
    "ratings.count_earlier_again": CountEarlierAgain,
    "ratings.import": Import,
}
"""By the name of what was done."""
