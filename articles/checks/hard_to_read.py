"""A text that is harder to read than its topics want (LIX)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity
from prose.readability import lix
from prose.words import words

LABEL = gettext_lazy("Hard to read")
SEVERITY = Severity.WARNING

ENOUGH_WORDS = 100
"""Of fewer words, LIX says nothing: two long ones would make a paragraph hard."""


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding if the readability of the body is over the target."""
    text = draft.text
    if len(words(text)) < ENOUGH_WORDS:
        return
    found = lix(text)
    if found > draft.readability_target:
        message = _(
            "The readability (LIX) is %(found)d, and its topics ask for %(target)d at most. Shorter sentences and "
            "shorter words help most."
        ) % {"found": found, "target": draft.readability_target}
        yield Found(message=message, excerpt=f"LIX {found}")
