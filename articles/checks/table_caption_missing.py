"""A table without a caption: who jumps from table to table, or sees only this one, does not know what it compares."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Table without a caption")
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Found]:
    """Yield every such table."""
    for part in draft.parts:
        if "caption" in part.lacks:
            message = _("This table has no caption. Say in a few words what it compares: screen readers announce it.")
            yield Found(message=message, block=part.id)
