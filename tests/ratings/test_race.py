"""Many processes rate one article at once: no error, and an aggregate that equals a recount."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from ratings.models import Comment, Rating, RatingSummary, Reader
from tests.processes import ROOT, environment

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PROCESSES = int(os.environ.get("RACE_PROCESSES", "4"))
VOTES = 25


def run_processes(*arguments: str) -> list[dict]:
    """Start `PROCESSES` voters on the test database, let them go at once, and return what each tells."""
    command = [sys.executable, str(ROOT / "tests" / "ratings" / "voter.py")]
    processes = [
        subprocess.Popen(
            [*command, str(number), *arguments],
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    return [json.loads(process.communicate(timeout=120)[0]) for process in processes]


def recount(article) -> dict[int, int]:
    stars = list(Rating.objects.filter(article=article).values_list("stars", flat=True))
    return {number: stars.count(number) for number in range(1, 6)}


def test_different_readers_are_all_counted(article):
    outcomes = run_processes("different", str(article.pk), str(VOTES))

    assert [outcome["errors"] for outcome in outcomes] == [[]] * PROCESSES
    summary = RatingSummary.objects.get(article=article)
    assert summary.own_count == PROCESSES * VOTES == Rating.objects.count()
    assert summary.histogram == recount(article)


def test_one_reader_in_many_tabs_has_one_vote(article):
    reader = Reader.objects.create()

    outcomes = run_processes("same", str(article.pk), str(VOTES), str(reader.pk))

    assert [outcome["errors"] for outcome in outcomes] == [[]] * PROCESSES
    summary = RatingSummary.objects.get(article=article)
    assert summary.own_count == 1 == Rating.objects.count()
    assert summary.histogram == recount(article)


def test_one_account_on_many_browsers_is_one_reader_with_one_vote(article, make_user):
    user = make_user("ruth")

    outcomes = run_processes("account", str(article.pk), "5", str(user.pk))

    assert [outcome["errors"] for outcome in outcomes] == [[]] * PROCESSES
    assert list(Reader.objects.values_list("user", flat=True)) == [user.pk]
    assert Rating.objects.count() == 1
    assert RatingSummary.objects.get(article=article).histogram == recount(article)


def test_one_comment_is_decided_once(article):
    reader = Reader.objects.create()

    outcomes = run_processes("decide", str(article.pk), "1", str(reader.pk))

    assert [outcome["errors"] for outcome in outcomes] == [[]] * PROCESSES
    comment = Comment.objects.get()
    assert sum(outcome["won"] for outcome in outcomes) == 1 == comment.decisions.count()
    assert comment.version == 2


def test_one_form_sent_by_many_is_one_comment(article):
    reader = Reader.objects.create()

    outcomes = run_processes("submit", str(article.pk), "1", str(reader.pk))

    assert [outcome["errors"] for outcome in outcomes] == [[]] * PROCESSES
    assert Comment.objects.count() == 1
