"""A picture that is described nowhere: who cannot see it does not learn what it shows."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Alternative text missing")
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Found]:
    """Yield the picture of the article and every picture of the body that are neither described nor decorative."""
    message = _(
        "Nothing tells what this picture shows. Describe it in the alternative text, or say that it is decorative."
    )
    if draft.hero_lacks_alternative:
        yield Found(message=message, field="hero_alt")
    for part in draft.parts:
        if "alternative_text" in part.lacks:
            yield Found(message=message, block=part.id)
