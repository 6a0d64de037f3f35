"""Marks by which somebody meant to come back: TK (“to come”), [source?], [citation needed], TODO, lorem ipsum."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Placeholder left")
SEVERITY = Severity.ERROR

MARK = re.compile(
    # Marks only as capitals: “Tk” is a toolkit. And not before a name: TK Maxx is a shop.
    r"\bTK(?:TK)+\b|\bTK\b(?![ \u00a0]+[A-Z])|\bTODO\b"
    r"|(?i:\blorem ipsum\b|\[(?:sources?|citation needed)\s*\??\])"
)


def find(draft: Draft) -> Iterator[Found]:
    """Yield every mark that can mean nothing else, wherever it stands."""
    for place, text in draft.places():
        for mark in MARK.findall(text):
            message = _("“%(mark)s” is a placeholder: something was to come here.") % {"mark": mark}
            yield Found(message=message, excerpt=mark, **place)
