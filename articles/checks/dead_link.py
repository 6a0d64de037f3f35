"""A link to a page or document of this site that readers cannot open, or to nothing at all."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Dead link")
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding for each block and link that leads nowhere."""
    for part in draft.parts:
        for link in dict.fromkeys(part.links):
            if link == "#":
                yield Found(message=_("A link here has no address yet."), block=part.id, excerpt=link)
            elif link in draft.dead_links:
                yield Found(message=_message(link), block=part.id, excerpt=link)


def _message(link: str) -> str:
    if link.startswith("document:"):
        return _("A link here leads to a document that readers cannot open, or that was deleted.")
    return _("A link here leads to a page that not every reader may open, or that was deleted.")
