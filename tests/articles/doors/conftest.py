"""Articles in every state that the gate tells apart, and rules that no other part of the site changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone

from articles import actions
from articles.models import ArticlePage
from articles.readiness import rules
from articles.readiness.draft import Draft
from articles.readiness.finding import Found, Rule, Severity
from articles.readiness.gate import examine

BODIES = {
    "finished": [{"type": "text", "value": "<p>Steam needs room.</p>"}],
    "unfinished": [{"type": "tip", "value": {"title": "", "text": ""}}],
    "wrong": [{"type": "text", "value": "<p>Steam needs TK.</p>"}],
    "doubtful": [{"type": "text", "value": "<p>Steam is always safe.</p>"}],
}
"""What holds nothing up, what the form of a block would refuse, what a rule forbids, and what a rule warns of."""

SENTENCES = {
    "unfinished": "This field is required.",
    "wrong": "“TK” is a placeholder",
    "doubtful": "Nothing is always safe. (Correct it, or give a reason.)",
}
"""What is said of each."""


def _always_safe(draft: Draft) -> Iterator[Found]:
    for part in draft.parts:
        for found in re.findall("always safe", part.text):
            yield Found(message="Nothing is always safe.", block=part.id, excerpt=found)


@pytest.fixture(autouse=True)
def gate(settings, monkeypatch) -> None:
    """Have three rules alone, whose warnings need a reason."""
    settings.WARNINGS_NEED_A_REASON = True
    found = {name: rules.rules()[name] for name in ("unfinished_block", "placeholder")}
    found["safe"] = Rule(name="safe", label="Safe", severity=Severity.WARNING, find=_always_safe)
    monkeypatch.setattr(rules, "rules", lambda: found)


@pytest.fixture
def make_draft(make_article) -> Callable[[str], ArticlePage]:
    """Return a factory of drafts in one of the states; "answered" is doubtful with a reason."""

    def make(state: str, title: str = "Why the Kettle Whistles") -> ArticlePage:
        body = BODIES["doubtful" if state == "answered" else state]
        article = make_article(title, live=False, body=body)
        if state == "answered":
            found = examine(article.get_latest_revision_as_object())
            actions.waive(article=article, warnings=found, reason="It is.", by=None, now=timezone.now())
        return article

    return make


@pytest.fixture
def desk(admin) -> Client:
    client = Client()
    client.force_login(admin)
    return client
