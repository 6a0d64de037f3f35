"""Asking Akismet: a client that answers as it likes stands in for the library."""

from __future__ import annotations

import sys
from datetime import timedelta
from enum import IntEnum
from threading import Event
from types import SimpleNamespace

import pytest
from django.utils import timezone

from config.checks import akismet_is_installed
from ratings.models import Comment, State
from ratings.moderation import akismet
from ratings.moderation.akismet import Question, opinion_on
from tests.ratings.posting import edit, written

QUESTION = Question(text="Buy", name="Ruth", address="192.0.2.1", user_agent="Browser", permalink="http://x.example/")


class CheckResponse(IntEnum):
    HAM = 0
    SPAM = 1
    DISCARD = 2


@pytest.fixture
def asked(monkeypatch, settings):
    """Return the list of what is asked; its attribute `answer` is what comes back, or is called or raised."""
    settings.AKISMET_KEY = "key"

    class Asked(list):
        answer: object = CheckResponse.HAM

        def comment_check(self, user_ip, **fields):
            self.append({"user_ip": user_ip} | fields)
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer() if callable(self.answer) else self.answer

    client = Asked()
    library = SimpleNamespace(SyncClient=lambda config: client, Config=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "akismet", library)
    akismet._client.cache_clear()
    yield client
    akismet._client.cache_clear()


@pytest.mark.parametrize(
    ("answer", "is_spam"),
    [
        (CheckResponse.HAM, False),
        (CheckResponse.SPAM, True),
        (CheckResponse.DISCARD, True),
        (TimeoutError("one second"), None),
        (ValueError("invalid key"), None),
        (None, None),
        (7, None),
        ("true", None),
        ([], None),
    ],
)
def test_answer_is_spam_benign_or_none(asked, answer, is_spam):
    asked.answer = answer

    assert opinion_on(QUESTION).is_spam is is_spam


def test_no_answer_in_time_is_none(asked, monkeypatch):
    answered = Event()
    asked.answer = answered.wait
    monkeypatch.setattr(akismet, "SECONDS", 0.01)

    assert opinion_on(QUESTION).is_spam is None

    answered.set()


def test_library_that_is_missing_is_no_answer(asked, monkeypatch):
    monkeypatch.setitem(sys.modules, "akismet", None)

    assert opinion_on(QUESTION).is_spam is None


def test_log_says_what_went_wrong_and_nothing_of_the_question(asked, caplog):
    asked.answer = ValueError(QUESTION.text)

    opinion_on(QUESTION)

    assert caplog.messages == ["Akismet could not be asked: ValueError."]


class TestPosting:
    pytestmark = pytest.mark.django_db

    def test_it_is_told_words_name_and_address_and_no_mail_address(self, asked, client, article):
        client.defaults |= {"HTTP_USER_AGENT": "Browser", "REMOTE_ADDR": "192.0.2.1"}
        written(client, article, text="Words", name="Ruth", email="canary@example.org")

        assert asked == [
            {
                "user_ip": "192.0.2.1",
                "comment_type": "comment",
                "comment_content": "Words",
                "comment_author": "Ruth",
                "permalink": article.full_url,
                "user_agent": "Browser",
            }
        ]

    @pytest.mark.parametrize(
        ("answer", "rules"),
        [
            (CheckResponse.SPAM, ["akismet", "ladder"]),
            (CheckResponse.HAM, ["ladder"]),
            (OSError(), ["akismet", "ladder"]),
        ],
    )
    def test_comment_is_stored_and_waits_whatever_it_says(self, asked, client, article, answer, rules):
        asked.answer = answer

        comment = written(client, article)

        assert (comment.state, [found["rule"] for found in comment.trace]) == (State.PENDING, rules)

    def test_edit_asks_about_the_new_words(self, asked, client, article):
        edit(client, written(client, article), "Better words")

        assert [question["comment_content"] for question in asked][1:] == ["Better words"]
        assert Comment.objects.get().text == "Better words"

    @pytest.mark.parametrize("text", ["First words", "Better words"])
    def test_nobody_is_asked_about_an_edit_that_is_refused_or_changes_nothing(self, asked, client, article, text):
        comment = written(client, article, text="First words")
        Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))

        assert edit(client, comment, text).status_code == (303 if text == comment.text else 409)
        assert len(asked) == 1

    def test_nobody_is_asked_about_staff(self, asked, client, article, moderator):
        client.force_login(moderator)
        written(client, article)

        assert asked == []

    def test_without_a_key_nobody_is_asked(self, asked, client, article, settings):
        settings.AKISMET_KEY = ""
        written(client, article)

        assert asked == []


def test_key_without_the_library_is_an_error(settings, monkeypatch):
    monkeypatch.setattr("config.checks.find_spec", lambda name: None)
    assert akismet_is_installed() == []

    settings.AKISMET_KEY = "key"
    assert [message.id for message in akismet_is_installed()] == ["config.E002"]
    monkeypatch.setattr("config.checks.find_spec", lambda name: object())
    assert akismet_is_installed() == []
