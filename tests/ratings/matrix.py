"""Who may do what at the desk: the table of `docs/permissions.md`, and how each of its doors is knocked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, reverse

from ratings.desk.rules import RulesGroup
from ratings.wagtail_hooks import desk_urls

DOCUMENT = Path(__file__).parents[2] / "docs" / "permissions.md"

DONE, SIGN_IN, HOME, KEPT = "✓", "→", "⌂", "403✎"
"""Outcomes that are no status: stored or shown; asked to sign in; led home; refused, which the history tells."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One role at one door: what is asked for there, on what, and how it ends."""

    role: str
    method: str
    door: str
    on: str
    outcome: str

    @property
    def page(self) -> str:
        """The name of the page, without what its address asks for."""
        return self.door.partition("?")[0]


@dataclass(frozen=True, kw_only=True)
class Door:
    """How one page of the desk is asked for: what its address holds, and what a form there sends.

    Values in braces are keys of the objects that the table speaks of.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    sends: Mapping[str, str] = field(default_factory=dict)
    stores: str = "POST"
    """The method that changes what is stored, if any does."""

    def filled(self, objects: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
        """Return path and form for `objects`."""
        return _filled(self.path, objects), _filled(self.sends, objects)


def _filled(values: Mapping[str, str], objects: Mapping[str, Any]) -> dict[str, str]:
    return {name: value.format_map(objects) for name, value in values.items()}


COMMENT, BULK, ARTICLE, PLOT = (
    {"pk": "{comment}"},
    {"public_id": "{bulk}"},
    {"article_id": "{article}"},
    {"name": "waiting"},
)

DOORS = {
    "reader_comments": Door(),
    "reader_comment": Door(path=COMMENT, stores="GET"),
    "release_comment": Door(path=COMMENT),
    "decide_comment": Door(path=COMMENT, sends={"to": "rejected", "version": "{version}"}),
    "redact_comment": Door(path=COMMENT, sends={"text": "Less.", "version": "{version}"}),
    "check_comment": Door(path=COMMENT, sends={"checked": "1", "version": "{version}"}),
    "pin_comment": Door(path=COMMENT, sends={"pinned": "1", "version": "{version}"}),
    "pick_comment": Door(path=COMMENT, sends={"reason": "Says it best.", "version": "{version}"}),
    "decisions": Door(),
    "undo_decision": Door(path={"pk": "{decision}"}),
    "save_view": Door(sends={"name": "Long ones"}),
    "change_view": Door(path={"pk": "{view}"}, sends={"name": "Renamed"}),
    "learned_spam": Door(sends={"text": "Buy pills"}, stores=""),
    "bulks": Door(),
    "preview_bulk": Door(sends={"to": "spam", "chosen": "{comment}.{version}"}, stores=""),
    "begin_bulk": Door(sends={"preview": "{preview}"}),
    "bulk": Door(path=BULK),
    "continue_bulk": Door(path=BULK),
    "stop_bulk": Door(path=BULK),
    "undo_bulk": Door(path=BULK, sends={"sure": "1"}),
    "reader_of_comments": Door(path={"pk": "{reader}"}),
    "sanction_reader": Door(
        path={"pk": "{reader}"}, sends={"kind": "warning", "ground": "abuse", "latest": "{sanction}"}
    ),
    "sanctions": Door(),
    "lift_sanction": Door(path={"pk": "{sanction}"}),
    "shift_board": Door(),
    "shift_decisions": Door(),
    "shift_chart": Door(path=PLOT),
    "shift_table": Door(path=PLOT),
    "held_votes": Door(),
    "judge_vote": Door(path={"pk": "{rating}"}, sends={"to": "counted"}),
    "judge_vote?of=helpful": Door(path={"pk": "{helpful}"}, sends={"to": "counted"}),
    "judge_votes": Door(path=ARTICLE, sends={"to": "counted", "count": "1"}),
    "undo_judgment": Door(path={"uuid": "{judgment}"}),
    "error_reports": Door(),
    "answer_error": Door(path={"pk": "{error}"}, sends={"to": "corrected", "seen": "open"}),
    "article_ratings": Door(path=ARTICLE),
    "begin_anew": Door(path=ARTICLE, sends={"reason": "Rewritten.", "sure": "1"}),
    "count_earlier_again": Door(path=ARTICLE),
}

RULES = {
    "discussionpolicy": {"article_type": "articles.articlepage", "closes_after_days": "30"},
    "phrase": {"phrase": "snake oil", "kind": "suspect"},
    "cannedtext": {"ground": "other", "text": "Please be brief."},
    "moderatedsection": {"group": "{group}", "page": "{page}"},
}
"""What the forms of the rules send."""

for _rule, _sends in RULES.items():
    _one = {"pk": f"{{{_rule}}}"}
    DOORS |= {f"{_rule}:{name}": Door() for name in ("index", "index_results")}
    DOORS |= {f"{_rule}:{name}": Door(path=_one) for name in ("delete", "history", "history_results", "usage")}
    DOORS |= {f"{_rule}:add": Door(sends=_sends), f"{_rule}:edit": Door(path=_one, sends=_sends)}
DOORS |= {
    "discussionpolicy:what_holds": Door(),
    "phrase:import": Door(sends={"kind": "suspect", "phrases": "snake oil\nwonder cure"}),
    "phrase:add?try": Door(sends=RULES["phrase"] | {"try": "1"}, stores=""),
    "phrase:edit?try": Door(path={"pk": "{phrase}"}, sends=RULES["phrase"] | {"try": "1"}, stores=""),
}


def names_of_doors() -> set[str]:
    """Return the names of all pages that the readers' side adds to the admin."""
    rules = (
        f"{each.name}:{pattern.name}"
        for each in RulesGroup.items
        for pattern in each.get_urlpatterns()
        if isinstance(pattern, URLPattern)
    )
    return {str(pattern.name) for pattern in desk_urls()} | set(rules)


def cells() -> Iterator[Cell]:
    """Yield the cells of all tables in the document: of every page in a line, for every role."""
    roles: list[str] = []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        parts = [part.strip() for part in line.strip("|").split("|")]
        if parts[0] == "What":
            roles = parts[3:]
        elif roles and line.startswith("|") and not parts[0].startswith("---"):
            method, *doors = parts[1].replace("`", "").split()
            for door in doors:
                for role, outcome in zip(roles, parts[3:], strict=True):
                    yield Cell(role=role, method=method, door=door, on=parts[2], outcome=outcome)
        elif not line.startswith("|"):
            roles = []


class Ear:
    """Hears what is written into the tables of the readers' side, and refusals into the history."""

    def __init__(self) -> None:
        self.writes: list[str] = []
        self.is_refusal_kept = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            if '"ratings_' in sql:
                self.writes.append(sql)
            self.is_refusal_kept |= not many and "ratings.refuse" in (params or ())
        return execute(sql, params, many, context)


def knock(client: Client, cell: Cell, objects: Mapping[str, Mapping[str, Any]], **options: Any) -> Any:
    """Ask for what the cell says, and return the answer."""
    path, sends = DOORS[cell.door].filled(objects[cell.on])
    name, _mark, query = cell.door.partition("?")
    address = f"{reverse(name, kwargs=path)}?{query}"
    return client.post(address, sends, **options) if cell.method == "POST" else client.get(address, **options)


def outcome_of(answer: Any, ear: Ear) -> str:
    """Return how the document writes what became of it."""
    if answer.status_code == 302 and answer["Location"].startswith("/admin/login/"):
        return SIGN_IN
    if answer.status_code == 302 and answer["Location"] == "/admin/":
        return HOME
    if answer.status_code == 403 and ear.is_refusal_kept:
        return KEPT
    return DONE if answer.status_code in (200, 302) else str(answer.status_code)


class TakenBack(Exception):
    """Raised to take back what was done at one door."""


def tried(client: Client, cell: Cell, objects: Any, **options: Any) -> tuple[str, list[str]]:
    """Return the outcome of a cell, and what was written by it; it is taken back."""
    ear = Ear()
    try:
        with transaction.atomic(), connection.execute_wrapper(ear):
            answer = knock(client, cell, objects, **options)
            raise TakenBack
    except TakenBack:
        return outcome_of(answer, ear), ear.writes
