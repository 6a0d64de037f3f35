"""A link to a page that is written, but not published: until it is, readers see the words without the link."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Link to an unpublished page")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding for each block and such link. No error: two new articles may link to each other."""
    for part in draft.parts:
        for link in dict.fromkeys(part.links):
            if link in draft.links_to_unpublished:
                message = _("A link here leads to a page that readers cannot see yet.")
                yield Found(message=message, block=part.id, excerpt=link)
