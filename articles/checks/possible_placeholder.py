"""Marks that may stand for what was to come, and may be meant: XXX (or a size), [name], [date], TK before a name."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity, excerpts_of
from prose.readability import sentences

LABEL = gettext_lazy("Possible placeholder")
SEVERITY = Severity.WARNING

MARK = re.compile(r"\bXXX\b|\bTK\b(?=[ \u00a0]+[A-Z])|(?i:\[(?:check|name|date|quote)\s*\??\])")


def find(draft: Draft) -> Iterator[Found]:
    """Yield every sentence with such a mark; where a place has many, one finding for all of them."""
    for place, text in draft.places():
        for excerpt in excerpts_of(filter(MARK.search, sentences(text))):
            marks = ", ".join(dict.fromkeys(MARK.findall(excerpt)))
            message = _("“%(mark)s” may be a placeholder. Write what was to come, or say that it is meant.")
            yield Found(message=message % {"mark": marks}, excerpt=excerpt, **place)
