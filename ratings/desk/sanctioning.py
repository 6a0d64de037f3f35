"""The forms of a sanction, and of lifting it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratings.desk.canned import text_for
from ratings.models import Ground, SanctionKind, State

MAX_DAYS = 3_650

HIDING = [
    ("", gettext_lazy("Leave them")),
    (State.HIDDEN.value, gettext_lazy("Hide them")),
    (State.SPAM.value, gettext_lazy("Put them to the spam")),
]


class SanctionForm(forms.Form):
    """A sanction on a reader, as whoever gives it saw those that there were."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=SanctionKind.choices)
    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"), choices=[("", gettext_lazy("Please choose")), *Ground.choices]
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason (the reader is told)"),
        help_text=gettext_lazy("Empty: the text that goes with the ground."),
        max_length=300,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note (only moderators read it)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("For so many days"),
        help_text=gettext_lazy("Empty: until it is lifted. A mute needs an end."),
        min_value=1,
        max_value=MAX_DAYS,
        required=False,
    )
    hide = forms.ChoiceField(label=gettext_lazy("With a ban: their comments"), choices=HIDING, required=False)
    latest = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)

    def clean(self) -> dict[str, Any]:
        """Ask for an end where there must be one, and for a reason where no text goes with the ground."""
        given = self.cleaned_data
        if given.get("kind") == SanctionKind.MUTE and not given.get("days") and "days" not in self.errors:
            self.add_error("days", _("A mute has an end. To silence somebody until you lift it, choose the ban."))
        if given.get("hide") and given.get("kind") != SanctionKind.BAN:
            self.add_error("hide", _("Only a ban hides what was posted."))
        if given.get("ground") and not self.told() and "reason" not in self.errors:
            self.add_error("reason", _("Please say why: no text goes with this ground."))
        return given

    def told(self) -> str:
        """Return what the reader is told: the words that were given, or the text that goes with the ground."""
        return self.cleaned_data.get("reason", "") or text_for(Ground(self.cleaned_data["ground"]))

    def ends_at(self, now: datetime) -> datetime | None:
        """Return when it ends, if it begins `now`."""
        days = self.cleaned_data["days"]
        return now + timedelta(days=days) if days else None

    def hiding(self) -> State | None:
        """Return the state to hide comments in, or None."""
        return State(self.cleaned_data["hide"]) if self.cleaned_data["hide"] else None


class LiftForm(forms.Form):
    """Why a sanction is lifted."""

    reason = forms.CharField(max_length=300, required=False)
