"""What a moderator may decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ratings.models import State

DECISIONS = {State.PUBLISHED: _("Approve"), State.REJECTED: _("Reject"), State.SPAM: _("Spam")}
"""The buttons of the list, by the state that a comment moves into."""


class DecisionForm(forms.Form):
    """One decision on the version of a comment that the moderator saw."""

    to = forms.ChoiceField(choices=[(state.value, label) for state, label in DECISIONS.items()])
    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(max_length=300, required=False)

    def target(self) -> State:
        """Return the state to move into."""
        return State(self.cleaned_data["to"])
