"""The last medical review has ended, and no other has begun."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Medical review lapsed")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding if it has."""
    if draft.review_lapsed_on and not draft.is_medically_reviewed:
        day = date_format(draft.review_lapsed_on, "DATE_FORMAT")
        message = _("The medical review ended on %(day)s. Ask a reviewer to read the article again.") % {"day": day}
        yield Found(message=message, excerpt=draft.review_lapsed_on.isoformat())
