"""What can be decided about the lines of a block, by what a form sends."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.blocks.registry import kinds
from articles.desk.importing.deciding import merged, split, with_kind, without
from articles.desk.importing.rows import Row, next_block
from articles.desk.importing.words import offered_kinds
from articles.exchange.source import Given

GivenLines = tuple[Given, ...]
Decided = tuple[GivenLines, str]
"""What is given from now on, and the decision as a sentence."""


class NotPossible(Exception):
    """A decision cannot be made; the reason is one sentence."""


def decided(posted: QueryDict, rows: Sequence[Row], row: Row | None, given: GivenLines) -> tuple[GivenLines, str, int]:
    """Return what is given after the decision about `row` in `posted`, the decision as a sentence, and its first line.

    Raises NotPossible for what cannot be decided.
    """
    do, _sep, chosen = posted.get("do", "").partition(":")
    decision = BLOCK_DECISIONS.get(do)
    if decision is None or row is None:
        raise NotPossible(_("This decision could not be read. Please decide again."))
    after, said = decision(posted, rows, row, given, chosen or posted.get("kind", ""))
    return after, said, row.first


def _as_kind(posted: QueryDict, rows: Sequence[Row], row: Row, given: GivenLines, kind: str) -> Decided:
    if kind not in {each.name for each in offered_kinds()}:
        raise NotPossible(_("Choose what the lines are."))
    said = _("Lines %(first)d to %(last)d: %(kind)s") % {
        "first": row.first,
        "last": row.last,
        "kind": kinds()[kind].label,
    }
    return with_kind(given, (row.first, row.last), kind), said


def _merge(posted: QueryDict, rows: Sequence[Row], row: Row, given: GivenLines, _chosen: str) -> Decided:
    following = next_block(rows, row.first)
    if row.found is None or following is None:
        raise NotPossible(_("There is no block below to merge with."))
    said = _("Lines %(first)d to %(last)d merged") % {"first": row.first, "last": following.last}
    lines, below = (row.first, row.last), (following.first, following.last)
    return merged(given, lines, below, row.found.kind), said


def _split(posted: QueryDict, rows: Sequence[Row], row: Row, given: GivenLines, at: str) -> Decided:
    if row.found is None or not at.isdecimal() or not row.first < int(at) <= row.last:
        raise NotPossible(_("A block can be split at any of its lines but the first."))
    said = _("Split at line %(line)d") % {"line": int(at)}
    return split(given, (row.first, row.last), int(at), row.found.kind), said


def _drop(posted: QueryDict, rows: Sequence[Row], row: Row, given: GivenLines, _chosen: str) -> Decided:
    if row.is_title:
        raise NotPossible(_("An article needs its title."))
    said = _("Lines %(first)d to %(last)d left out") % {"first": row.first, "last": row.last}
    return with_kind(given, (row.first, row.last), ""), said


def _bring_back(posted: QueryDict, rows: Sequence[Row], row: Row, given: GivenLines, _chosen: str) -> Decided:
    said = _("Lines %(first)d to %(last)d brought back") % {"first": row.first, "last": row.last}
    lines = row.first, row.last
    return (without(given, lines) if row.is_dropped else with_kind(given, lines, "text")), said


def _cut(posted: QueryDict, rows: Sequence[Row], row: Row, given: GivenLines, _chosen: str) -> Decided:
    ticked = [each.partition("-") for each in posted.getlist("cut")]
    places = [(int(line), int(word)) for line, _sep, word in ticked if line.isdecimal() and word.isdecimal()]
    cuts = [sorted({word for at, word in places if at == line and word > 0}) for line in range(row.first, row.last + 1)]
    if not any(cuts):
        raise NotPossible(_("Tick at least one word at which another column begins."))
    said = _("Lines %(first)d to %(last)d split into columns") % {"first": row.first, "last": row.last}
    return with_kind(given, (row.first, row.last), "table", cuts), said


BLOCK_DECISIONS: dict[str, Callable[[QueryDict, Sequence[Row], Row, GivenLines, str], Decided]] = {
    "as": _as_kind,
    "merge": _merge,
    "split": _split,
    "drop": _drop,
    "bring_back": _bring_back,
    "cut": _cut,
}
