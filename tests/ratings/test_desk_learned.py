"""The page about the learned spam filter."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratings.desk import learned
from ratings.models import SpamModel
from ratings.moderation.spam.starter import train_with_starter
from tests.conftest import NOON


@pytest.fixture(scope="module")
def weights() -> str:
    return train_with_starter().to_json()


@pytest.fixture
def trained(db, weights) -> SpamModel:
    return SpamModel.objects.create(trained_at=NOON, examples=1234, spam=56, weights=weights)


@pytest.fixture
def page(client, moderator):
    client.force_login(moderator)
    return lambda **sent: (client.post if sent else client.get)(reverse("learned_spam"), sent).content.decode()


def test_says_that_it_has_not_learned_yet(page):
    assert "has not learned yet" in page()


def test_says_that_what_it_has_learned_cannot_be_read(page, trained):
    SpamModel.objects.update(weights='{"format": 0}')

    assert "cannot be read" in page()
    assert "cannot be read" in page(text="Make money fast")


def test_tells_from_what_it_learned_and_its_strongest_words(page, trained):
    text = page()

    assert "1234 decisions" in text
    assert "56 of these" in text
    assert "<code>subscribe</code>" in text


@pytest.mark.parametrize(
    ("right", "seen", "sentence"),
    [
        (0, 0, "No moderator has seen a verdict"),
        (299, 299, "only gives its opinion"),
        (300, 300, "acts on its own:"),
        (299, 300, "only gives its opinion"),
    ],
)
def test_tells_whether_it_may_act_and_why(page, trained, monkeypatch, right, seen, sentence):
    monkeypatch.setattr(learned, "outcomes", lambda: [True] * right + [False] * (seen - right))

    assert sentence in page()


def test_tries_a_text_and_stores_nothing(page, trained, django_assert_num_queries):
    spam = page(text="Make money fast, WhatsApp me: http://easy.example <script>")
    calm = page(text="Thank you, my back feels better.")

    assert "It would call this spam" in spam
    assert "<script>" not in spam.partition("Try it on a text")[2].partition("strongest words")[0]
    assert "It would not call this spam" in calm


@pytest.mark.parametrize("text", ["", " ", "x" * 30_000])
def test_text_that_cannot_be_tried_is_told_in_words(page, trained, text):
    assert "error" in page(text=text)


def test_is_for_moderators(client, editor):
    client.force_login(editor)

    assert client.get(reverse("learned_spam")).status_code in (302, 403)
