"""A block of which its form says that something is missing or wrong: drafts may be unfinished, articles may not."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Unfinished block")
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding for each thing that is missing."""
    for part in draft.parts:
        for problem in part.problems:
            yield Found(message=_("%(block)s: %(problem)s") % {"block": part.label, "problem": problem}, block=part.id)
