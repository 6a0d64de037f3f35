"""Proof of work is asked for while comments rush in, of readers that have not shown to be persons."""

from __future__ import annotations

import pytest
from django.utils import timezone

from ratings import limits
from ratings.models import Bucket, Comment, Reader, SpentProof, State
from ratings.proof import new_challenge
from tests.ratings.posting import rate, stamped, written
from tests.ratings.test_proof import answer, encoded

pytestmark = pytest.mark.django_db


@pytest.fixture
def rush(article):
    """More than half of the article's tokens are gone."""
    limit = limits.LIMITS[limits.Doing.COMMENT][limits.Scope.ARTICLE]
    capacity = int(limit.at_once * limit.then_every.total_seconds() * 1_000_000)
    full_at = int(timezone.now().timestamp() * 1_000_000) + capacity * 3 // 4
    Bucket.objects.create(key=f"comment:article:{article.pk}", full_at=full_at, capacity=capacity)


def is_asked(client, article) -> bool:
    return "challenge" in client.get(f"/responses/stamp/{article.pk}/").json()


def rules(comment: Comment) -> set[str]:
    return {found["rule"] for found in comment.trace} - {"ladder"}


def test_nobody_is_asked_in_ordinary_times(client, article):
    assert not is_asked(client, article)
    assert "proof" not in rules(written(client, article))


def test_unknown_readers_are_asked(client, article, rush):
    assert is_asked(client, article)


def test_cookie_of_a_vote_makes_nobody_known(client, article, rush):
    rate(client, article)

    assert is_asked(client, article)


def test_reader_of_a_published_comment_is_known(client, article, make_comment, rush):
    rate(client, article)
    make_comment(State.PUBLISHED, reader=Reader.objects.get())

    assert not is_asked(client, article)


def test_account_is_known(client, article, make_user, rush):
    client.force_login(make_user("ruth"))
    rate(client, article)

    assert not is_asked(client, article)


def test_comment_without_a_proof_is_held_like_any_other_and_says_so(client, article, rush):
    comment = written(client, article)

    assert (comment.state, rules(comment)) == (State.PENDING, {"proof"})


def test_proof_counts_once(client, article, rush):
    proof = encoded(answer(new_challenge(now=timezone.now())))

    first = written(client, article, proof=proof)
    second = written(client, article, proof=proof, text="Another comment.")

    assert (rules(first), rules(second)) == (set(), {"proof"})
    assert SpentProof.objects.count() == 1


def test_comment_that_is_refused_spends_no_proof(client, article, rush, make_comment):
    proof = encoded(answer(new_challenge(now=timezone.now())))
    refused = client.post(
        f"/responses/comment/{article.pk}/",
        {"name": "Ruth", "email": "ruth@example.org", "text": "Good.", "kind": "review", "proof": proof}
        | stamped(article),
        headers={"Sec-Fetch-Site": "same-origin"},
    )

    assert refused.status_code == 422
    assert not SpentProof.objects.exists()
