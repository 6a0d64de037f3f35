"""A quotation of which nothing tells why its speaker counts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Quote without a credential")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield every such quotation."""
    for part in draft.parts:
        if "credential" in part.lacks:
            message = _("Readers do not learn why this speaker counts. Add a credential, or choose the speaker’s page.")
            yield Found(message=message, block=part.id, excerpt=part.text)
