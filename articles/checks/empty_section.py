"""A heading with nothing below it: the contents list leads readers to nothing."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Empty section")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield every heading that is followed by another one of its level or above, or by the end."""
    for part, following in zip(draft.parts, [*draft.parts[1:], None], strict=False):
        if not part.is_only_heading:
            continue
        if following is None or (following.is_only_heading and following.level <= part.level):
            message = _("There is nothing below the heading “%(heading)s”. Write the section, or take the heading out.")
            yield Found(message=message % {"heading": part.heading}, block=part.id, excerpt=part.heading)
