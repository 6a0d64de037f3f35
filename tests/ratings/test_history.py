"""How the admin's history tells what moderators did."""

from __future__ import annotations

import pytest
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

from ratings import actions
from ratings.models import State
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Return sentence and reason of each entry of ours, the latest last."""
    entries = PageLogEntry.objects.filter(action__startswith="ratings.").order_by("pk")
    return [(str(entry.formatter.format_message(entry)), entry.formatter.format_comment(entry)) for entry in entries]


def test_every_act_is_told_with_its_reason_and_its_undoing(make_comment, moderator):
    comment = make_comment()
    by_whom = {"now": NOON, "moderator": moderator}
    moved = actions.decide(comment=comment, version=1, to=State.PUBLISHED, reason="Fine.", **by_whom)
    redacted = actions.redact(comment=comment, version=2, text="Less.", reason="A name.", **by_whom)
    actions.undo(decision=redacted, reason="It was his own.", **by_whom)
    actions.check(comment=comment, version=4, checked=True, **by_whom)
    actions.check(comment=comment, version=5, checked=False, **by_whom)
    hidden = actions.decide(comment=comment, version=6, to=State.HIDDEN, **by_whom)
    actions.undo(decision=hidden, **by_whom)

    assert told() == [
        (f"Reader comment {comment.pk}: {what}", reason)
        for what, reason in [
            ("Waiting for review → Published", "Fine."),
            ("words taken out", "A name."),
            ("the last act was undone", "It was his own."),
            ("marked as checked", ""),
            ("no longer marked as checked", ""),
            ("Published → Hidden", ""),
            ("undone, Hidden → Published", ""),
        ]
    ]
    assert moved.note == ""


@pytest.mark.parametrize(
    ("action", "data", "sentence"),
    [
        ("refuse", {"comment": 7}, "Refused, because the section is another moderator’s: reader comment 7"),
        ("refuse", {}, "Refused, because the section is another moderator’s"),
        ("sanction", {"reader": 3, "kind": "ban", "ground": "spam"}, "Reader 3: Ban: no responses any more (Spam)"),
        ("lift", {"reader": 3, "kind": "warning", "ground": ""}, "Reader 3: Warning lifted (–)"),
    ],
)
def test_refusals_and_sanctions_are_told(article, action, data, sentence):
    entry = PageLogEntry(page=article, action=f"ratings.{action}", data=data | {"reason": "Why."})

    assert (str(entry.formatter.format_message(entry)), entry.formatter.format_comment(entry)) == (sentence, "Why.")
    assert registry.get_action_label(f"ratings.{action}")
