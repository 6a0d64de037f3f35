"""An article about health that nobody with medical knowledge has checked."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity
from articles.readiness.medical_words import ENOUGH, medical_words

LABEL = gettext_lazy("Not medically reviewed")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding if the article uses several medical words and never had a medical review."""
    words = medical_words(draft.text)
    if len(words) >= ENOUGH and not draft.is_medically_reviewed and not draft.review_lapsed_on:
        named = ", ".join(words[:ENOUGH])
        message = _(
            "The article is about health (%(words)s), and no medical reviewer has signed it. Hand it over for review."
        ) % {"words": named}
        yield Found(message=message, excerpt=named)
