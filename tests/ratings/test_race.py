"""Many processes do the same things at once: no error, every refusal in words, and numbers that equal a recount."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest

from articles.models import ArticleIndexPage, ArticlePage
from ratings.aggregates import verify
from ratings.limits import LIMITS, Doing
from ratings.models import (
    Comment,
    Decision,
    HelpfulVote,
    Rating,
    RatingSummary,
    Reader,
    ReaderToken,
    Report,
    SpentProof,
    State,
)
from tests.conftest import NOON
from tests.processes import ROOT, environment

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PROCESSES = int(os.environ.get("RACE_PROCESSES", "4"))
ARTICLES = 100
QUEUE = int(os.environ.get("RACE_QUEUE", "30"))


class Voters:
    """`PROCESSES` processes on the database of the tests. They are started once: that costs more than what they do."""

    def __init__(self) -> None:
        self.processes = [
            subprocess.Popen(
                [sys.executable, str(ROOT / "tests" / "ratings" / "voter.py"), str(number)],
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(1, PROCESSES + 1)
        ]
        for process in self.processes:
            assert process.stdout.readline() == "ready\n"

    def act(self, scene: str, **values: object) -> list:
        """Let all play a scene of `voter.py` at once, and return what each tells; fail if any met an error."""
        for process in self.processes:
            process.stdin.write(json.dumps([scene, values]) + "\n")
            process.stdin.flush()
        outcomes = [json.loads(process.stdout.readline()) for process in self.processes]
        assert [error for outcome in outcomes for error in outcome["errors"]] == []
        return [outcome["told"] for outcome in outcomes]

    def leave(self) -> None:
        """End the processes."""
        for process in self.processes:
            process.communicate(timeout=30)


@pytest.fixture(scope="module")
def voters(django_db_setup, django_db_blocker) -> Iterator[Voters]:
    with django_db_blocker.unblock():
        started = Voters()
    yield started
    started.leave()


@pytest.fixture
def articles(db) -> list[int]:
    """Many articles that anybody may answer, by their keys."""
    index = ArticleIndexPage.objects.get()
    return [index.add_child(instance=ArticlePage(title=f"Kettle {number}")).pk for number in range(ARTICLES)]


@pytest.fixture
def make_readers(make_reader):
    return lambda count: [make_reader().pk for _ in range(count)]


def wrong_numbers() -> list[str]:
    return [str(mismatch) for progress in verify() for mismatch in progress.mismatches]


class TestVotes:
    def test_different_readers_are_all_counted(self, voters, articles):
        voters.act("vote_apart", articles=articles)

        summaries = RatingSummary.objects.filter(article__in=articles)
        assert [summary.own_count for summary in summaries] == [PROCESSES] * ARTICLES
        assert wrong_numbers() == []

    def test_one_reader_in_many_tabs_has_one_vote_an_article(self, voters, articles, reader):
        voters.act("vote_as_one", articles=articles, reader=reader.pk)

        assert [summary.own_count for summary in RatingSummary.objects.all()] == [1] * ARTICLES
        assert Rating.objects.count() == ARTICLES
        assert wrong_numbers() == []

    def test_votes_that_are_changed_taken_back_set_aside_and_judged(self, voters, articles, make_readers):
        voters.act("change_votes", articles=articles[:3], readers=make_readers(20), rounds=30)

        assert Rating.objects.values("article", "reader").distinct().count() == Rating.objects.count()
        assert wrong_numbers() == []


def test_one_account_on_many_browsers_is_one_reader_with_one_vote(voters, article, make_comment, make_user):
    users = [make_user("ruth"), make_user("ada")]
    make_comment(State.PUBLISHED)

    voters.act("sign_in", article=article.pk, users=[user.pk for user in users], rounds=8)

    assert set(Reader.objects.exclude(user=None).values_list("user", flat=True)) == {user.pk for user in users}
    guests = Reader.objects.filter(user=None, tokens__isnull=False)
    assert not guests.exists()
    assert Rating.objects.count() == len(users)
    assert wrong_numbers() == []


class TestComments:
    def test_same_threads_answered_edited_deleted_liked_and_moderated(
        self, voters, article, make_comment, make_readers, moderator
    ):
        for _ in range(3):
            make_comment(State.PUBLISHED, parent=make_comment(State.PUBLISHED))

        voters.act("talk", article=article.pk, readers=make_readers(8), moderator=moderator.pk, rounds=40)

        assert Comment.objects.count() > PROCESSES
        assert Comment.objects.filter(is_pinned=True).count() <= 1
        assert wrong_numbers() == []

    def test_one_comment_is_decided_once(self, voters, make_comment):
        comment = make_comment()

        won = voters.act("decide", comment=comment.pk)

        assert sum(won) == 1 == comment.decisions.count()
        comment.refresh_from_db()
        assert comment.version == 2

    def test_moderators_who_go_through_one_queue_decide_everything_once_and_lose_no_note(
        self, voters, make_comment, make_user
    ):
        for number in range(1, PROCESSES + 1):
            make_user(f"moderator {number}", "Comment moderators")
        comments = [make_comment().pk for _ in range(QUEUE)]

        won = voters.act("decide_at_the_desk", comments=comments)

        assert sorted(itertools.chain.from_iterable(won)) == comments
        notes = {key: f"Process {number} on {key}." for number, keys in enumerate(won, start=1) for key in keys}
        assert dict(Decision.objects.values_list("comment", "note")) == notes
        assert Decision.objects.count() == len(comments)

    def test_one_form_sent_by_many_is_one_comment_of_one_reader(self, voters, article):
        stored = voters.act("send_one_form", article=article.pk, token="a new guest", key="one form")

        assert len(set(stored)) == 1 == Comment.objects.count()
        assert Reader.objects.count() == 1 == ReaderToken.objects.count()

    def test_reader_finds_a_comment_helpful_once_and_reports_it_once(self, voters, make_comment, make_readers):
        comments = [make_comment(State.PUBLISHED) for _ in range(5)]
        readers = make_readers(5)

        voters.act("like_and_report", comments=[comment.pk for comment in comments], readers=readers)

        assert Report.objects.count() == HelpfulVote.objects.count() == len(comments) * len(readers)
        assert set(Comment.objects.values_list("helpful_count", flat=True)) == {len(readers)}
        assert wrong_numbers() == []


def test_proof_of_work_is_accepted_once_however_many_send_it(voters):
    keys = [f"challenge {number}" for number in range(10)]

    accepted = voters.act("spend", keys=keys, threads=max(64 // PROCESSES, 1))

    assert Counter(key for told in accepted for key in told) == Counter(keys)
    assert SpentProof.objects.count() == len(keys)


def test_buckets_give_exactly_what_they_hold(voters):
    capacity = {scope.value: limit.at_once for scope, limit in LIMITS[Doing.COMMENT].items()}
    # What the widest bucket gives to the other scopes is gone.
    narrow = sum(capacity.values()) - capacity["site"]
    tries = {scope: 2 * size // PROCESSES + 1 for scope, size in capacity.items()}

    granted = voters.act("take", tries=tries, now=NOON.isoformat())

    totals = {scope: sum(told[scope] for told in granted) for scope in capacity}
    assert totals == capacity | {"site": capacity["site"] - narrow}
