"""One of the processes of the race tests: plays the scenes that its input names, and prints what came of them."""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from http import HTTPStatus
from random import Random
from typing import Any

import django
from django.conf import settings

# The database of the tests, not the one that the settings name.
settings.DATABASES["default"]["NAME"] = os.environ["ALMANAC_RACE_DATABASE"]
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import ArticlePage  # noqa: E402
from ratings import actions, limits  # noqa: E402
from ratings.answers import REFUSALS  # noqa: E402
from ratings.models import Comment, Decision, HelpfulVote, Kind, Reader, Report, Standing, State  # noqa: E402
from ratings.moderation.judge import Verdict  # noqa: E402

NETWORK = actions.Sender(network="one house")


class Voter:
    """A process with its number, its own dice, and the errors that it met."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.dice = Random(number)
        self.errors: list[str] = []

    def do(self, action: Callable[..., Any], **values: Any) -> Any:
        """Return what `action` returns, or None if it refuses. Anything else that it raises is an error."""
        try:
            return action(**values)
        except (*REFUSALS, actions.NotUndoable, actions.ReaderGone):
            return None
        except Exception as error:  # every error counts, of whatever kind
            self.errors.append(f"{action.__name__}: {type(error).__name__}: {error}")

    # Scenes: each returns what its test wants to know.

    def vote_apart(self, articles: list[int]) -> None:
        """Vote on every article, as a reader of one's own."""
        reader = actions.admit(user=None, token="").reader
        for article in ArticlePage.objects.filter(pk__in=articles):
            self.rate(article, reader)

    def vote_as_one(self, articles: list[int], reader: int) -> None:
        """Vote on every article, as a reader that all processes are."""
        for article in ArticlePage.objects.filter(pk__in=articles):
            self.rate(article, Reader(pk=reader))

    def change_votes(self, articles: list[int], readers: list[int], rounds: int) -> None:
        """Give, change, take back and judge the votes of a few readers of one network."""
        pages = ArticlePage.objects.in_bulk(articles)
        for _ in range(rounds):
            reader = Reader.objects.get(pk=self.dice.choice(readers))
            rating = self.rate(pages[self.dice.choice(articles)], reader, sender=NETWORK)
            if rating is None:
                continue
            if self.dice.random() < 0.5:
                self.do(actions.withdraw, rating=rating, reader=reader, now=timezone.now())
            else:
                standing = self.dice.choice(list(Standing))
                self.do(actions.judge_rating, rating=rating, standing=standing, now=timezone.now())

    def sign_in(self, article: int, users: list[int], rounds: int) -> None:
        """Vote and comment as a guest, then sign in on the same browser, and vote and comment again."""
        page = ArticlePage.objects.get(pk=article)
        for _ in range(rounds):
            guest = actions.admit(user=None, token="")
            self.rate(page, guest.reader)
            self.talk_once(page, guest.reader)
            user = User.objects.get(pk=self.dice.choice(users))
            self.do(self.sign_in_and_rate, page=page, user=user, token=guest.new_token)
            self.talk_once(page, user.reader)

    def sign_in_and_rate(self, page: ArticlePage, user: User, token: str) -> None:
        """Do both in one transaction, as a request does."""
        with transaction.atomic():
            reader = actions.admit(user=user, token=token).reader
            actions.rate(article=page, reader=reader, stars=self.dice.randint(1, 5), now=timezone.now())

    def talk(self, article: int, readers: list[int], moderator: int, rounds: int) -> None:
        """Do whatever can be done with the comments of one article, all on the same few threads."""
        page = ArticlePage.objects.get(pk=article)
        judge = User.objects.get(pk=moderator)
        for _ in range(rounds):
            self.talk_once(page, Reader.objects.get(pk=self.dice.choice(readers)))
            self.moderate_once(self.any_comment(page), judge)

    def talk_once(self, page: ArticlePage, reader: Reader) -> None:
        """Answer, review, edit, delete, like or report something."""
        comment, now = self.any_comment(page), timezone.now()
        what = self.dice.randrange(7)
        if what <= 1:
            self.comment(page, reader, parent=comment)
        elif what == 2:
            self.rate(page, reader)
            self.comment(page, reader, kind=Kind.REVIEW)
        elif what == 3:
            verdict = self.verdict()
            words = {"text": f"Words {self.dice.random()}", "verdict": verdict, "version": comment.version}
            self.do(actions.edit, comment=comment, reader=comment.reader, now=now, **words)
        elif what == 4:
            self.do(actions.delete, comment=comment, reader=comment.reader, now=now)
        elif what == 5:
            helpful = self.dice.random() < 0.7
            self.do(actions.find_helpful, comment=comment, reader=reader, helpful=helpful, now=now, sender=NETWORK)
        else:
            reason = self.dice.choice(list(Report.Reason))
            self.do(actions.report, comment=comment, reader=reader, reason=reason, now=now)

    def moderate_once(self, comment: Comment, judge: User) -> None:
        """Decide on, pin, pick or redact something, undo what was done, or judge a helpful vote."""
        what = self.dice.randrange(9)
        if what <= 2:
            to = self.dice.choice([State.PUBLISHED, State.PUBLISHED, State.HIDDEN, State.SPAM, State.ERASED])
            given = {"version": comment.version, "to": to, "moderator": judge}
            self.do(actions.decide, comment=comment, now=timezone.now(), **given)
        elif what == 3:
            pinned = self.dice.random() < 0.7
            self.do(actions.pin, comment=comment, pinned=pinned, now=timezone.now(), moderator=judge)
        elif what == 4:
            reason = self.dice.choice(["", "Well told."])
            self.do(actions.pick, comment=comment, reason=reason, now=timezone.now(), moderator=judge)
        elif what == 5:
            words = {"version": comment.version, "text": f"{comment.text} [taken out]"[-200:]}
            self.do(actions.redact, comment=comment, now=timezone.now(), moderator=judge, **words)
        elif what <= 7:
            if decision := Decision.objects.filter(comment=comment).order_by("-pk").first():
                self.do(actions.undo, decision=decision, now=timezone.now(), moderator=judge)
        elif vote := HelpfulVote.objects.filter(comment__article=comment.article_id).order_by("-pk").first():
            standing = self.dice.choice(list(Standing))
            self.do(actions.judge_helpful, vote=vote, standing=standing, moderator=judge)

    def send_one_form(self, article: int, token: str, key: str) -> str:
        """Send a form that all others send as well, from a browser that has no cookie yet."""
        page = ArticlePage.objects.get(pk=article)

        def send() -> Comment:
            with transaction.atomic():
                reader = actions.admit(user=None, token="", new_token=token).reader
                return self.comment(page, reader, submission_key=key)

        return str(self.do(send))

    def decide(self, comment: int) -> bool:
        """Publish a comment that nobody has decided on when all begin."""
        seen = Comment.objects.get(pk=comment)
        return self.do(actions.decide, comment=seen, version=1, to=State.PUBLISHED, now=timezone.now()) is not None

    def decide_at_the_desk(self, comments: list[int]) -> list[int]:
        """Publish each comment, with a note, as a moderator of one's own; return those of which one was the first.

        Whoever comes second is told so, with the note that they wrote.
        """
        desk, won = Client(), []
        desk.force_login(User.objects.get(username=f"moderator {self.number}"))
        for comment in comments:
            note = f"Process {self.number} on {comment}."
            given = {"to": State.PUBLISHED, "version": 1, "note": note}
            answer = desk.post(f"/admin/reader-comments/{comment}/decide/", given)
            if answer.status_code == HTTPStatus.FOUND:
                won.append(comment)
            elif answer.status_code != HTTPStatus.CONFLICT or note not in answer.content.decode():
                self.errors.append(f"{answer.status_code} on {comment}: {answer.content.decode()[:300]}")
        return won

    def like_and_report(self, comments: list[int], readers: list[int]) -> None:
        """Find every comment helpful and report it, as all the readers that the other processes are too."""
        for comment, reader in itertools.product(
            Comment.objects.filter(pk__in=comments), Reader.objects.filter(pk__in=readers)
        ):
            given = {"comment": comment, "reader": reader, "now": timezone.now()}
            self.do(actions.find_helpful, helpful=True, **given)
            self.do(actions.report, reason=Report.Reason.FALSE, **given)

    def spend(self, keys: list[str], threads: int) -> list[str]:
        """Spend each proof in several threads at once, and return those that were accepted."""

        def spend(_thread: int) -> list[str]:
            accepted = [key for key in keys if self.do(actions.spend_proof, key=key, now=timezone.now())]
            connection.close()
            return accepted

        connection.close()
        with ThreadPoolExecutor(threads) as pool:
            return list(itertools.chain.from_iterable(pool.map(spend, range(threads))))

    def take(self, tries: dict[str, int], now: str) -> dict[str, int]:
        """Take tokens so many times in each scope, alone in all narrower ones; return how many were granted."""
        moment = datetime.fromisoformat(now)
        return {scope: sum(self.tokens(limits.Scope(scope), count, moment)) for scope, count in tries.items()}

    def tokens(self, scope: limits.Scope, count: int, moment: datetime) -> Iterable[bool]:
        """Yield whether a token was granted, for each try."""
        scopes = list(limits.Scope)
        for number in range(1, count + 1):
            alone = self.number * 100_000 + number
            # Every scope has an article of its own, whose buckets the others do not touch.
            shared = scopes.index(scope) + 1
            whose = {
                "reader": shared if scope == limits.Scope.READER else alone,
                "network": f"network {shared if scope == limits.Scope.NETWORK else alone}",
                "article": shared if scope == limits.Scope.ARTICLE else alone,
            }
            yield self.do(self.take_once, scope=scope, now=moment, **whose) is not None

    def take_once(self, scope: limits.Scope, **whose: Any) -> bool:
        """Take one token from each bucket concerned, in a transaction of its own."""
        with transaction.atomic():
            limits.take(limits.Doing.COMMENT, **whose)
        return True

    # What several scenes do.

    def rate(self, article: ArticlePage, reader: Reader, **fields: Any) -> Any:
        """Give some stars."""
        stars = self.dice.randint(1, 5)
        return self.do(actions.rate, article=article, reader=reader, stars=stars, now=timezone.now(), **fields)

    def comment(self, article: ArticlePage, reader: Reader, **fields: Any) -> Any:
        """Write a comment."""
        fields = {"name": "Ruth", "email": "", "text": "It sings.", "verdict": self.verdict()} | fields
        return self.do(actions.comment, article=article, reader=reader, now=timezone.now(), **fields)

    def verdict(self) -> Verdict:
        """Return where the checks might send some words."""
        return Verdict(state=self.dice.choice([State.PUBLISHED, State.PUBLISHED, State.PENDING]))

    def any_comment(self, article: ArticlePage) -> Comment:
        """Return one of the article's older comments or of the newest."""
        comments = Comment.objects.filter(article=article)
        order = self.dice.choice(["pk", "-pk"])
        return comments.order_by(order)[self.dice.randrange(min(comments.count(), 6))]


def main(number: int) -> None:
    """Play scenes until the input ends."""
    voter = Voter(number)
    print("ready", flush=True)
    for line in sys.stdin:
        scene, values = json.loads(line)
        voter.errors = []
        told = getattr(voter, scene)(**values)
        print(json.dumps({"errors": voter.errors, "told": told}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
