"""Taking words out of a comment, and marking one as checked."""

from __future__ import annotations

import pytest

from ratings import actions
from ratings.models import Comment, CommentRevision, Decision, LinkedDomain, State
from ratings.moderation.finding import Finding
from ratings.moderation.judge import Verdict
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

WORDS = "Call Ruth Miller at https://ruth.example.org about the kettle that sings at night."
LESS = "Call [name taken out] about the kettle that sings at night."


@pytest.fixture
def redact(moderator):
    def take_out(comment: Comment, text: str = LESS, **fields) -> Decision:
        fields.setdefault("version", comment.version)
        return actions.redact(comment=comment, text=text, now=NOON, moderator=moderator, **fields)

    return take_out


@pytest.fixture
def told(make_comment) -> Comment:
    found = Finding(rule="links", points=20, reason="Two links.", spans=((23, 47),))
    return make_comment(text=WORDS, verdict=Verdict(state=State.PUBLISHED, findings=(found,)))


def test_words_are_taken_out_of_everything_that_is_asked(told, redact):
    redact(told)

    now = Comment.objects.get()
    assert (now.text, now.state, now.version, now.edited_at) == (LESS, State.PUBLISHED, 2, None)
    assert "miller" not in now.folded
    assert now.fingerprint != told.fingerprint
    assert not LinkedDomain.objects.exists()
    assert now.trace == [{"rule": "links", "points": 20, "reason": "Two links."}]


def test_words_before_are_kept_for_moderators_and_come_back(told, redact, moderator):
    decision = redact(told)
    kept = CommentRevision.objects.get()
    assert (kept.text, kept.version, kept.trace) == (WORDS, 1, told.trace)

    actions.undo(decision=decision, now=NOON, moderator=moderator)

    now = Comment.objects.get()
    assert (now.text, now.folded, now.fingerprint, now.trace) == (WORDS, told.folded, told.fingerprint, told.trace)
    assert LinkedDomain.objects.get().domain == "ruth.example.org"


@pytest.mark.parametrize("state", [State.DELETED, State.ERASED])
def test_what_is_gone_has_no_words_to_take_out(make_comment, move, redact, state):
    gone = move(make_comment(), state)

    with pytest.raises(actions.Conflict):
        redact(gone)

    assert not CommentRevision.objects.exists()


def test_same_words_or_an_old_page_are_refused(told, redact):
    with pytest.raises(actions.Conflict):
        redact(told, text=WORDS)
    redact(told)
    with pytest.raises(actions.Conflict):
        redact(told, text="Less.")


@pytest.mark.parametrize("state", [State.PENDING, State.HIDDEN, State.SPAM])
def test_only_what_readers_see_is_marked_as_checked(make_comment, moderator, state):
    comment = make_comment(state)
    with pytest.raises(actions.Conflict):
        actions.check(comment=comment, version=1, checked=True, now=NOON, moderator=moderator)


def test_marking_twice_is_refused(make_comment, moderator):
    comment = make_comment(State.PUBLISHED)
    for version, expected in ((1, True), (2, False)):
        actions.check(comment=comment, version=version, checked=expected, now=NOON, moderator=moderator)
        with pytest.raises(actions.Conflict):
            actions.check(comment=comment, version=version + 1, checked=expected, now=NOON, moderator=moderator)
