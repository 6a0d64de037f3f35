"""No author: readers cannot tell who answers for the text."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Author missing")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding if nobody is named as an author."""
    if not any(person.role == "author" for person in draft.people):
        message = _("No author is named. Add the person who wrote the article to the contributors.")
        yield Found(message=message, field="contributors")
