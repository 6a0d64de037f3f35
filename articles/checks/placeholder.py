"""Marks by which somebody meant to come back: TK (“to come”), [source?], [citation needed], TODO, XXX, lorem ipsum."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Severity

LABEL = gettext_lazy("Placeholder left")
SEVERITY = Severity.ERROR

MARK = re.compile(
    r"\bTK(?:TK)*\b|\bTODO\b|\bXXX\b|\blorem ipsum\b"
    r"|\[(?:source|sources|citation needed|check|name|date|quote)\s*\??\]",
    re.IGNORECASE,
)
SPELLED_LARGE = re.compile(r"[A-Z]+")
"""TK, TODO and XXX are marks only as capitals: “Tk” is a toolkit."""


def find(draft: Draft) -> Iterator[Found]:
    """Yield every mark, wherever it stands."""
    for field, text in (
        ("title", draft.title),
        ("summary", draft.summary),
        ("search_description", draft.search_description),
    ):
        for mark in _marks(text):
            yield Found(message=_message(mark), field=field, excerpt=mark)
    for part in draft.parts:
        for mark in _marks(part.text):
            yield Found(message=_message(mark), block=part.id, excerpt=mark)


def _marks(text: str) -> Iterator[str]:
    for match in MARK.finditer(text):
        mark = match.group()
        if mark.startswith("[") or " " in mark or SPELLED_LARGE.fullmatch(mark):
            yield mark


def _message(mark: str) -> str:
    return _("“%(mark)s” is a placeholder: something was to come here.") % {"mark": mark}
