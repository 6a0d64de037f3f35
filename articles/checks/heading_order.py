"""A subsection before any section: who listens to the page hears a level missing, and looks for what they overheard."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Heading of the wrong level")
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Found]:
    """Yield every heading that is more than one level below the one before it; the title of the page is level 1."""
    before = 1
    for part in draft.parts:
        if not part.level:
            continue
        if part.level > before + 1:
            message = _(
                "“%(heading)s” is a subsection of no section. Screen readers announce a missing level: make it a "
                "section, or put a section above it."
            ) % {"heading": part.heading}
            yield Found(message=message, block=part.id, excerpt=part.heading)
        before = part.level
