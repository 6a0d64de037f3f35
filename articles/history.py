"""How the admin's history tells who checked an article, and that it was retracted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter

from articles.models import SignOff


class SignedOff(LogFormatter):
    """Tells who checked what, and until when it holds."""

    label = _("Sign off an article")
    sentence = _("%(kind)s by %(reviewer)s: signed off")

    def format_message(self, log_entry: Any) -> str:
        """Return the sentence of the history."""
        data = log_entry.data
        return self.sentence % {"kind": SignOff.Kind(data["kind"]).label, "reviewer": data["reviewer"]}

    def format_comment(self, log_entry: Any) -> str:
        """Return when the next review is due, if a day was named."""
        if due_on := log_entry.data.get("due_on"):
            return _("Next review due on %(day)s") % {"day": date_format(date.fromisoformat(due_on))}
        return ""


class Withdrawn(SignedOff):
    """Tells whose sign-off holds no more."""

    label = _("Withdraw a sign-off")
    sentence = _("%(kind)s by %(reviewer)s: withdrawn")


class Retracted(LogFormatter):
    """Tells that an article was retracted, and why."""

    label = _("Retract an article")
    message = _("Retracted")

    def format_comment(self, log_entry: Any) -> str:
        """Return what readers are told."""
        return str(log_entry.data["reason"])


class Corrected(LogFormatter):
    """Tells that readers were told of a mistake, and how."""

    label = _("Correct an article in public")
    message = _("Corrected")

    def format_comment(self, log_entry: Any) -> str:
        """Return what readers are told."""
        return str(log_entry.data["text"])


class Waived(LogFormatter):
    """Tells which warning does not count, and why."""

    label = _("Say why a warning is fine")
    message = _("A warning is fine")

    def format_comment(self, log_entry: Any) -> str:
        """Return the warning and the reason."""
        return f"{log_entry.data['message']} – {log_entry.data['reason']}"


class AskedAgain(Waived):
    """Tells which warning counts again, and the reason that counts no more."""

    label = _("Ask about a warning again")
    message = _("A warning asks again")


FORMATTERS: dict[str, type[LogFormatter]] = {
    "articles.sign_off": SignedOff,
    "articles.withdraw_sign_off": Withdrawn,
    "articles.retract": Retracted,
    "articles.waive": Waived,
    "articles.ask_again": AskedAgain,
    "articles.correct": Corrected,
}
"""By the name of what was done."""
