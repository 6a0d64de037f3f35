"""A video without a transcript: who cannot hear or see it is left out."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Video without a transcript")
SEVERITY = Severity.ERROR


def find(draft: Draft) -> Iterator[Found]:
    """Yield every such video."""
    for part in draft.parts:
        if "transcript" in part.lacks:
            message = _("The transcript of this video has no words. Write down what is said and what is to be seen.")
            yield Found(message=message, block=part.id)
