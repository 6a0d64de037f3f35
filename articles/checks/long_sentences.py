"""Sentences with more words than the topics of the article want. What somebody else said is not counted."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy, ngettext

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity
from prose.readability import sentences
from prose.words import words

LABEL = gettext_lazy("Long sentences")
SEVERITY = Severity.WARNING


def find(draft: Draft) -> Iterator[Found]:
    """Yield one finding for the whole article, at the first block with a long sentence, with all of them."""
    found = [
        (part.id, sentence)
        for part in draft.parts
        for sentence in sentences(part.own_words)
        if len(words(sentence)) > draft.sentence_target
    ]
    if found:
        message = ngettext(
            "%(count)d sentence has more than %(target)d words. Make two of it.",
            "%(count)d sentences have more than %(target)d words. Make two of each.",
            len(found),
        ) % {"count": len(found), "target": draft.sentence_target}
        yield Found(message=message, block=found[0][0], excerpt="\n".join(text for _id, text in found))
