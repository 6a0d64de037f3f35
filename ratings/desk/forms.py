"""What a moderator may decide."""

from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ratings.models import Comment, Standing, State
from ratings.moderation.transitions import targets

DECISIONS = {
    State.PUBLISHED: _("Approve"),
    State.HIDDEN: _("Hide"),
    State.REJECTED: _("Reject"),
    State.SPAM: _("Spam"),
}
"""The buttons of the list, by the state that a comment moves into."""

JUDGMENTS = {Standing.COUNTED: _("Release"), Standing.REJECTED: _("Reject")}
"""The buttons of a vote, by the standing that it gets."""

YES_OR_NO = [("1", _("Yes")), ("0", _("No"))]


def decisions_from(state: State, *, reported: bool = False) -> list[tuple[State, str | Promise]]:
    """Return the buttons of comments in `state`. Only what readers see can be hidden, or kept although `reported`."""
    if state == State.PUBLISHED:
        kept = [(State.PUBLISHED, _("Keep it"))] if reported else []
        return [*kept, *((to, label) for to, label in DECISIONS.items() if to in targets(state) - {state})]
    return [(to, label) for to, label in DECISIONS.items() if to in targets(state) - {State.HIDDEN}]


class DecisionForm(forms.Form):
    """One decision on the version of a comment that the moderator saw."""

    to = forms.ChoiceField(choices=[(state.value, label) for state, label in DECISIONS.items()])
    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(max_length=300, required=False)

    def target(self) -> State:
        """Return the state to move into."""
        return State(self.cleaned_data["to"])


class PinForm(forms.Form):
    """Whether a comment stands on top."""

    pinned = forms.TypedChoiceField(choices=YES_OR_NO, coerce="1".__eq__)


class PickForm(forms.Form):
    """Why readers should not miss a comment; an empty reason makes it a comment like others."""

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
