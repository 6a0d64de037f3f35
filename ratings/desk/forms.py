"""What a moderator may decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ratings.desk.canned import text_for
from ratings.models import Comment, Ground, SavedView, Standing, State
from ratings.moderation.transitions import targets
from ratings.wording import readable_text

DECISIONS = {
    State.PUBLISHED: _("Approve"),
    State.HIDDEN: _("Hide"),
    State.REJECTED: _("Reject"),
    State.SPAM: _("Spam"),
}
"""The buttons of the list, by the state that a comment moves into."""

JUDGMENTS = {
    Standing.COUNTED: _("Release"),
    Standing.REJECTED: _("Reject"),
    Standing.QUARANTINED: _("Hold again"),
}
"""The buttons of a vote, by the standing that it gets."""

YES_OR_NO = [("1", _("Yes")), ("0", _("No"))]


def decisions_from(state: State, *, reported: bool = False) -> list[tuple[State, str | Promise]]:
    """Return the buttons of comments in `state`. Only what readers see can be hidden, or kept although `reported`."""
    if state == State.PUBLISHED:
        kept = [(State.PUBLISHED, _("Keep it"))] if reported else []
        return [*kept, *((to, label) for to, label in DECISIONS.items() if to in targets(state) - {state})]
    return [(to, label) for to, label in DECISIONS.items() if to in targets(state) - {State.HIDDEN}]


class JudgedForm(forms.Form):
    """What moderators do to the version of a comment that they saw, and why."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    ground = forms.ChoiceField(choices=Ground.choices, required=False)
    reason = forms.CharField(max_length=300, required=False)
    note = forms.CharField(max_length=1000, required=False)

    def chosen_ground(self) -> Ground | None:
        """Return the ground, if one was chosen."""
        return Ground(self.cleaned_data["ground"]) if self.cleaned_data["ground"] else None


class DecisionForm(JudgedForm):
    """One decision on a comment."""

    to = forms.ChoiceField(choices=[(state.value, label) for state, label in DECISIONS.items()])

    def target(self) -> State:
        """Return the state to move into."""
        return State(self.cleaned_data["to"])

    def why(self) -> dict[str, Any]:
        """Return ground, reason and note as the action takes them. A ground says why something goes, not why it stays.

        Whoever gives a ground and no words of their own gives those that go with it.
        """
        given = self.cleaned_data
        ground = None if self.target() == State.PUBLISHED else self.chosen_ground()
        reason = given["reason"] or (text_for(ground) if ground else "")
        return {"ground": ground, "reason": reason, "note": given["note"]}


class RedactionForm(JudgedForm):
    """The words of a comment without those that a moderator took out."""

    text = forms.CharField(strip=False)

    def clean_text(self) -> str:
        """Return the words as written, if readers can read them."""
        return readable_text(self.cleaned_data["text"])


class CheckForm(forms.Form):
    """Whether reports no longer take a comment away."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    checked = forms.TypedChoiceField(choices=YES_OR_NO, coerce="1".__eq__)
    note = forms.CharField(max_length=1000, required=False)


class ViewForm(forms.ModelForm[SavedView]):
    """The name of a saved view, and whether all moderators have it."""

    class Meta:
        model = SavedView
        fields = ("name", "is_shared")


class PinForm(forms.Form):
    """Whether a comment stands on top."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    pinned = forms.TypedChoiceField(choices=YES_OR_NO, coerce="1".__eq__)


class PickForm(forms.Form):
    """Why readers should not miss a comment; an empty reason makes it a comment like others."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    reason = forms.CharField(max_length=Comment._meta.get_field("pick_reason").max_length, required=False)


class AnewForm(forms.Form):
    """Why the ratings of an article begin anew, and that it is meant."""

    reason = forms.CharField(max_length=300)
    sure = forms.BooleanField()


class JudgmentForm(forms.Form):
    """Whether votes count. For all votes on an article: how many the moderator saw that there are."""

    to = forms.ChoiceField(choices=[(standing.value, label) for standing, label in JUDGMENTS.items()])
    reason = forms.CharField(max_length=300, required=False)
    count = forms.IntegerField(min_value=1, required=False)

    def target(self) -> Standing:
        """Return the standing that the votes get."""
        return Standing(self.cleaned_data["to"])
