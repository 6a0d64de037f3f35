"""A source is cited that was deleted from the library."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Cited source deleted")
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding for each block that cites such a source."""
    for part in draft.parts:
        if any(key not in draft.sources for key in part.cites):
            message = _("A source that is cited here was deleted. Cite another one, or take the citation out.")
            yield Found(message=message, block=part.id)
