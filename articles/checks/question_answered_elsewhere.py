"""A question that another article answers too: readers and search engines find two answers, which may differ."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Question answered elsewhere")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield every such question, with the other article."""
    for part in draft.parts:
        for question in part.questions:
            if question in draft.answered_elsewhere:
                message = _("“%(title)s” answers this question too: %(question)s Link to it, or ask something else.")
                told = {"title": draft.answered_elsewhere[question], "question": question}
                yield Found(message=message % told, block=part.id, excerpt=question)
