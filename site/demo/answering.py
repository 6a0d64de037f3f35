"""How the demo's readers answer: ratings, reviews, questions, replies, and what the moderators made of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import slugify

from articles.models import ArticlePage
from authors.actions import find_author
from demo import content
from ratings import actions
from ratings.models import Comment, Kind, Reader, ReaderToken, Report, State
from ratings.models.reader import token_digest
from ratings.moderation.facts import facts_about
from ratings.moderation.judge import judge

Row = dict[str, Any]


def load_responses(*, source: str, now: datetime, moderator: User | None, tell: Callable[[str], None]) -> None:
    """Let readers answer the demo's articles that nobody has answered yet."""
    rows = content.read("responses")
    unanswered = ArticlePage.objects.filter(imported_from__source=source, ratings=None, reader_comments=None)
    for article in unanswered.select_related("imported_from").order_by("imported_from__foreign_id"):
        slug = article.imported_from.foreign_id
        comments = [row for row in rows["comments"] if row["article"] == slug]
        stars = list(rows["ratings"].get(slug, []))
        tell(f"Responses: {slug} ({len(stars)} ratings, {len(comments)} comments)")
        with transaction.atomic():
            for row in comments:
                if row.get("stars"):
                    # Who writes a review is one of those who rated.
                    stars.remove(row["stars"])
                    at = _written_at(row, now)
                    actions.rate(article=article, reader=_reader(row), stars=row["stars"], now=at)
            for number, given in enumerate(stars):
                at = now - timedelta(days=3 * number, hours=number)
                actions.rate(article=article, reader=_guest(f"{slug}-{number}"), stars=given, now=at)
            _load_comments(article, comments, now=now, moderator=moderator)


def _load_comments(article: ArticlePage, rows: list[Row], *, now: datetime, moderator: User | None) -> None:
    stored: dict[str, Comment] = {}
    for row in rows:
        # A reply needs a parent that is shown, so comments are published first and judged otherwise at the end.
        reader, at = _reader(row), _written_at(row, now)
        known = facts_about(
            row["text"],
            name=row["name"],
            article=article,
            readers=[reader],
            account=reader.user,
            network="",
            key=row["key"],
            now=at,
        )
        comment = actions.comment(
            article=article,
            reader=reader,
            account=reader.user,
            name=row["name"],
            email=row["email"],
            text=row["text"],
            kind=Kind(row.get("kind", Kind.COMMENT)),
            parent=stored[row["parent"]] if row["parent"] else None,
            verdict=judge(known),
            now=at,
        )
        if row["state"] != State.PENDING and not comment.is_published:
            _move(comment, State.PUBLISHED, now=comment.created_at + timedelta(hours=2), moderator=moderator)
        stored[row["key"]] = comment
        _load_opinions(comment, row, now=now)
    for row in rows:
        comment = stored[row["key"]]
        if row["state"] not in (State.PENDING, State.PUBLISHED):
            by = None if row["state"] == State.DELETED else moderator
            _move(comment, State(row["state"]), now=now, moderator=by, reason=row["reason"])
        if moderator is not None and row.get("pinned"):
            actions.pin(comment=comment, pinned=True, now=now, moderator=moderator)
        if moderator is not None and row.get("pick"):
            actions.pick(comment=comment, reason=row["pick"], now=now, moderator=moderator)


def _load_opinions(comment: Comment, row: Row, *, now: datetime) -> None:
    for number in range(row.get("helpful", 0)):
        actions.find_helpful(comment=comment, reader=_guest(f"helpful-{number}"), helpful=True, now=now)
    for reason, note in row.get("reports", []):
        reporter = _guest("reporter")
        actions.report(comment=comment, reader=reporter, reason=Report.Reason(reason), note=note, now=now)


def _move(comment: Comment, to: State, *, now: datetime, moderator: User | None, reason: str = "") -> None:
    comment.refresh_from_db()
    actions.decide(comment=comment, version=comment.version, to=to, moderator=moderator, reason=reason, now=now)


def _written_at(row: Row, now: datetime) -> datetime:
    return now - timedelta(days=row["days_ago"], minutes=random.Random(row["key"]).randrange(600))  # noqa: S311


def _reader(row: Row) -> Reader:
    """Return who wrote the row: a guest by e-mail address, or `as` one of the authors, by an account."""
    return _account(row["as"]) if row.get("as") else _guest(row["email"])


def _account(name: str) -> Reader:
    """Return the reader of an author's account. Where there is none yet, it is one that nobody can sign in with."""
    author = find_author(name)
    if author is not None and author.account is not None:
        return actions.admit(user=author.account, token="").reader
    user, created = User.objects.get_or_create(username=slugify(name))
    if created and author is not None:
        user.set_unusable_password()
        user.save()
        author.account = user
        author.save_revision().publish()
    return actions.admit(user=user, token="").reader


def _guest(name: str) -> Reader:
    """Return the demo reader of this name: the same one in every run."""
    digest = token_digest(f"demo reader {name}")
    token = ReaderToken.objects.filter(digest=digest).select_related("reader").first()
    if token is None:
        token = ReaderToken.objects.create(reader=Reader.objects.create(), digest=digest)
    return token.reader
