"""No summary: lists, cards and machines then show the first words of the body, whatever they are."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Summary missing")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding if there is none."""
    if not draft.summary.strip():
        message = _(
            "There is no summary, so lists show the first words of the text. Say in a sentence what it answers."
        )
        yield Found(message=message, field="summary")
