"""An expert is quoted who has no page on this site, so that nobody can look up who it is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Expert without a profile")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield every quotation with a credential that readers have to take on trust."""
    for part in draft.parts:
        if "profile" in part.lacks:
            message = _(
                "The credential of this speaker stands on no page that readers could check. Choose the speaker’s page "
                "on this site, or say as the reason where the words were said."
            )
            yield Found(message=message, block=part.id, excerpt=part.text)
