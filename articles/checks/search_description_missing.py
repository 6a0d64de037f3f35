"""No description for search engines, which then show something else."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Search description missing")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding if there is none; it says what is shown instead."""
    if draft.search_description.strip():
        return
    if draft.summary.strip():
        message = _("There is no search description: search engines show the summary. Is it the best invitation?")
    else:
        message = _(
            "There is no search description, and no summary: search engines show the first words of the text. "
            "Tell in about 150 characters what readers will learn."
        )
    yield Found(message=message, field="search_description")
