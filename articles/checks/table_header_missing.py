"""A table without a header row. A list of names and values may do without, so it is a warning."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Table without a header row")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield every such table."""
    for part in draft.parts:
        if "header" in part.lacks:
            message = _(
                "No column of this table has a heading. Name the columns: on a phone, and by screen readers, "
                "each cell is announced with the name of its column."
            )
            yield Found(message=message, block=part.id)
