"""No topic: the article stands in no list but the one of all articles."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Topic missing")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding if there is none."""
    if not draft.has_topics:
        message = _("The article has no topic, so readers find it under none. Choose one in “Promote”.")
        yield Found(message=message, field="topics")
