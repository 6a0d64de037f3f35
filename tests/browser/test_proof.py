"""The worker that solves a proof of work in the reader's browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.templatetags.static import static
from django.utils import timezone

from ratings.proof import new_challenge, solved

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SCRIPT = Path(__file__).resolve().parents[2] / "site/static/js/proof.js"
ASK_WORKER = """([url, challenge]) => new Promise((resolve, reject) => {
    const worker = new Worker(url);
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = reject;
    worker.postMessage(challenge);
})"""


def test_worker_solves_our_challenge(open_page):
    page = open_page("/")
    challenge = new_challenge(now=timezone.now())

    answer = page.evaluate(ASK_WORKER, [static("js/proof.js"), challenge])

    assert list(answer) == ["payload"]
    assert solved(answer["payload"], now=timezone.now()) == challenge["parameters"]["nonce"]


def test_worker_says_so_when_a_challenge_is_not_of_its_kind(open_page):
    page = open_page("/")
    challenge = new_challenge(now=timezone.now())
    challenge["parameters"]["algorithm"] = "ARGON2ID"

    for strange in (challenge, {}, None, "challenge"):
        assert list(page.evaluate(ASK_WORKER, [static("js/proof.js"), strange])) == ["error"]


def test_worker_says_so_on_an_insecure_page(browser):
    context = browser.new_context()
    context.route("**/*", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    context.route("**/proof.js", lambda route: route.fulfill(path=SCRIPT, content_type="text/javascript"))
    page = context.new_page()
    page.goto("http://insecure.example/")

    answer = page.evaluate(ASK_WORKER, ["/proof.js", new_challenge(now=timezone.now())])
    context.close()

    assert answer == {"error": "no cryptography on an insecure page"}
