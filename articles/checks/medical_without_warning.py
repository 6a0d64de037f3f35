"""An article about health in which nothing says when to seek help."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity
from articles.readiness.medical_words import ENOUGH, medical_words

LABEL = gettext_lazy("No warning on a page about health")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding if the article uses several medical words and has no block that warns."""
    words = medical_words(draft.text)
    if len(words) >= ENOUGH and not any(part.is_warning for part in draft.parts):
        named = ", ".join(words[:ENOUGH])
        message = _(
            "The article is about health (%(words)s), and nothing tells readers when to seek help. Add a warning block."
        ) % {"words": named}
        yield Found(message=message, excerpt=named)
