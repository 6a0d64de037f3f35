"""The address of a cited source leads nowhere any more."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Link of a source died")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding for each such source, at the block that cites it first."""
    told = set()
    for part in draft.parts:
        for key in part.cites:
            source = draft.sources.get(key)
            if source and source.is_dead and key not in told:
                told.add(key)
                message = _("The address of the source “%(title)s” does not answer any more. Look for a new one.")
                yield Found(message=message % {"title": source.title}, block=part.id, excerpt=source.title)
