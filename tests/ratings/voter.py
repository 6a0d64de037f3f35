"""One of the processes of the race tests. Waits for "go", acts, and prints what happened as JSON."""

from __future__ import annotations

import json
import os
import sys

import django
from django.conf import settings

# The database of the tests, not the one that the settings name.
settings.DATABASES["default"]["NAME"] = os.environ["ALMANAC_RACE_DATABASE"]
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import ArticlePage  # noqa: E402
from ratings import actions  # noqa: E402
from ratings.models import Comment, Reader, State  # noqa: E402
from ratings.moderation.judge import Verdict  # noqa: E402


def submit(article: ArticlePage, reader: Reader) -> Comment:
    return actions.comment(
        article=article,
        reader=reader,
        name="Ruth",
        email="ruth@example.org",
        text="The same form, sent by all.",
        verdict=Verdict(state=State.PENDING),
        now=timezone.now(),
        submission_key="one form",
    )


def decide(article: ArticlePage, reader: Reader) -> bool:
    comment = submit(article, reader)
    try:
        actions.decide(comment=comment, version=1, to=State.PUBLISHED, now=timezone.now())
    except actions.Conflict:
        return False
    return True


def sign_in_and_vote(article: ArticlePage, user: User, stars: int) -> None:
    """Vote as a guest, then sign in on the same browser and vote again."""
    guest = actions.admit(user=None, token="")
    actions.rate(article=article, reader=guest.reader, stars=stars)
    with transaction.atomic():
        member = actions.admit(user=user, token=guest.new_token).reader
        actions.rate(article=article, reader=member, stars=6 - stars)


def main(number: int, mode: str, article_id: int, rounds: int, reader_id: int | None) -> dict[str, object]:
    article = ArticlePage.objects.get(pk=article_id)
    print("ready", flush=True)
    sys.stdin.readline()
    errors: list[str] = []
    won = 0
    for round_number in range(rounds):
        try:
            if mode == "decide":
                won += decide(article, Reader.objects.get(pk=reader_id))
            elif mode == "account":
                sign_in_and_vote(article, User.objects.get(pk=reader_id), round_number % 5 + 1)
            elif mode == "submit":
                submit(article, Reader.objects.get(pk=reader_id))
            else:
                reader = Reader.objects.get(pk=reader_id) if reader_id else actions.admit(user=None, token="").reader
                actions.rate(article=article, reader=reader, stars=(number + round_number) % 5 + 1)
        except Exception as error:  # every error counts, of whatever kind
            errors.append(f"{type(error).__name__}: {error}")
    return {"errors": errors, "won": won}


if __name__ == "__main__":
    _, number, mode, article_id, rounds, *reader = sys.argv
    print(json.dumps(main(int(number), mode, int(article_id), int(rounds), int(reader[0]) if reader else None)))
