"""No text at all: readers would find a title and an empty page."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Text missing")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding if no block says anything."""
    if not draft.text.strip():
        message = _("There is no text yet: readers would find an empty page. Insert a block and write.")
        yield Found(message=message, field="body")
