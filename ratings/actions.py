"""Every write of the readers' side. Form, import, admin and tests all come through here.

Each action is one transaction. Locks are taken in a fixed order: the account, the readers by their keys, then the
rating summaries by article. A caller that runs two actions as one admits the reader first.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from wagtail.log_actions import log

from articles.models import ArticlePage
from ratings.models import Comment, Decision, Rating, RatingSummary, Reader, ReaderToken, State
from ratings.models.reader import token_digest
from ratings.models.summary import COLUMNS
from ratings.moderation.judge import Verdict
from ratings.moderation.transitions import SOURCES


class NotOpen(Exception):
    """The article cannot be answered: it is not published, or only some may read it."""


class ReaderGone(Exception):
    """The reader was joined into another one meanwhile; admitting again finds that one."""


class ParentGone(Exception):
    """The comment that was to be answered is not shown (any more)."""


class Conflict(Exception):
    """Somebody else moved the comment first; `comment` is how it stands now."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(f"Comment {comment.pk} is {comment.state} in version {comment.version}.")
        self.comment = comment


@dataclass(frozen=True, kw_only=True)
class Admission:
    """The reader that a request acts for, and the cookie value to give them if they had none."""

    reader: Reader
    new_token: str | None = None


@transaction.atomic
def admit(*, user: User | None, token: str, new_token: str = "") -> Admission:
    """Return the reader of a signed-in `user` or of the cookie value `token` ("" without one), made if need be.

    A browser's reader becomes the account's when somebody signs in on it; if the account has another one already, the
    two are joined. A new guest gets `new_token`, or a random one of 128 bits; the same `new_token` again is the same
    guest, so that a form that was sent twice has one reader. Only a POST may call this: reading makes no reader.
    """
    if user is not None:
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
    concerned = Q(tokens__digest=token_digest(token)) if token else Q(pk=None)
    if user is not None:
        concerned |= Q(user=user)
    ids = sorted(Reader.objects.filter(concerned).values_list("pk", flat=True))
    found = list(Reader.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    known = Reader.objects.filter(pk__in=[reader.pk for reader in found]).of_token(token)
    if user is not None:
        return Admission(reader=_reader_of_account(user, known, found))
    if known is not None:
        return Admission(reader=known)
    new_token = new_token or secrets.token_urlsafe(16)
    with_token = ReaderToken.objects.filter(digest=token_digest(new_token)).select_related("reader").first()
    if with_token is not None:
        return Admission(reader=with_token.reader, new_token=new_token)
    reader = Reader.objects.create()
    ReaderToken.objects.create(reader=reader, digest=token_digest(new_token))
    return Admission(reader=reader, new_token=new_token)


def _reader_of_account(user: User, known: Reader | None, found: list[Reader]) -> Reader:
    own = next((reader for reader in found if reader.user_id == user.pk), None)
    is_guest = known is not None and known.user_id is None
    if own is None and known is not None and is_guest:
        Reader.objects.filter(pk=known.pk).update(user=user)
        return known
    if own is None:
        return Reader.objects.create(user=user)
    if known is not None and is_guest:
        join(reader=known, into=own)
    return own


@transaction.atomic
def join(*, reader: Reader, into: Reader) -> None:
    """Move tokens, comments and ratings of `reader` to `into`, and delete `reader`.

    Where both rated an article, the later vote stays and the other is taken out of the histogram.
    """
    list(Reader.objects.select_for_update().filter(pk__in=[reader.pk, into.pk]).order_by("pk"))
    article_ids = sorted(Rating.objects.filter(reader=reader).values_list("article_id", flat=True))
    for article_id in article_ids:
        _locked_summary(article_id)
        mine = Rating.objects.get(article_id=article_id, reader=reader)
        other = Rating.objects.filter(article_id=article_id, reader=into).first()
        if other is not None:
            loser = min(mine, other, key=lambda rating: (rating.changed_at, rating.pk))
            _count(article_id, {loser.stars: -1})
            loser.delete()
    Rating.objects.filter(reader=reader).update(reader=into)
    ReaderToken.objects.filter(reader=reader).update(reader=into)
    Comment.objects.filter(reader=reader).update(reader=into)
    reader.delete()


@transaction.atomic
def rate(*, article: ArticlePage, reader: Reader, stars: int) -> Rating:
    """Store `reader`'s `stars` (1–5) for `article`, replacing an earlier vote, and return the rating.

    In the same transaction and under the lock of the article's summary row the histogram changes by the difference, so
    that it always equals a recount. Giving the same stars again changes nothing but the revision they were given for.
    Raises NotOpen if no reader can see the article, ReaderGone if the reader was joined away, ValueError if there are
    no such stars.
    """
    if stars not in COLUMNS:
        raise ValueError(f"A rating has 1 to 5 stars, not {stars}.")
    _must_be_open(article)
    _must_exist(reader)
    _locked_summary(article.pk)
    rating = Rating.objects.filter(article=article, reader=reader).first()
    if rating is None:
        rating = Rating(article=article, reader=reader)
        _count(article.pk, {stars: 1})
    elif rating.stars != stars:
        _count(article.pk, {rating.stars: -1, stars: 1})
    rating.stars = stars
    rating.revision_id = article.live_revision_id
    rating.save()
    return rating


@transaction.atomic
def set_legacy_total(*, article: ArticlePage, mean: Decimal, count: int) -> None:
    """Store the total that `article` had elsewhere: `count` ratings with the `mean` (1–5). No votes are invented."""
    _locked_summary(article.pk)
    RatingSummary.objects.filter(article=article).update(legacy_mean=mean if count else 0, legacy_count=count)


@transaction.atomic
def comment(
    *,
    article: ArticlePage,
    reader: Reader,
    name: str,
    email: str,
    text: str,
    verdict: Verdict,
    now: datetime,
    parent: Comment | None = None,
    submission_key: str | None = None,
) -> Comment:
    """Store a comment in the state of its `verdict`, with the rule trace, and return it.

    A `submission_key` that was stored before returns that comment unchanged: sending a form twice is one comment.
    Raises NotOpen if no reader can see the article, ParentGone if the comment to be answered is not shown under it,
    ReaderGone if the reader was joined away.
    """
    _must_be_open(article)
    _must_exist(reader)
    if parent is not None and not Comment.objects.published().under(article).filter(pk=parent.pk).exists():
        raise ParentGone
    values: dict[str, Any] = {
        "article": article,
        "reader": reader,
        "parent": parent,
        "thread_id": parent.thread_id if parent else None,
        "name": name,
        "email": email,
        "text": text,
        "state": verdict.state,
        "trace": verdict.trace(),
        "created_at": now,
    }
    if submission_key is None:
        stored, created = Comment.objects.create(**values), True
    else:
        stored, created = Comment.objects.get_or_create(submission_key=submission_key, defaults=values)
    if created and parent is None:
        Comment.objects.filter(pk=stored.pk).update(thread=stored)
        stored.thread_id = stored.pk
    return stored


@transaction.atomic
def decide(
    *,
    comment: Comment,
    version: int,
    to: State,
    now: datetime,
    moderator: User | None = None,
    reason: str = "",
) -> Decision:
    """Move `comment` from the `version` that the moderator saw into the state `to`, and return the decision.

    One guarded UPDATE decides: of two who judge the same version the first wins, and the second gets Conflict, which
    is also raised for a move that the transition table forbids. Entails a Decision row with the rule trace, and an
    entry in the article's history in the admin. Erasing takes name, address and text out of the row for good.
    """
    before = Comment.objects.select_for_update().get(pk=comment.pk)
    content = {"name": "", "email": "", "text": ""} if to == State.ERASED else {}
    moved = Comment.objects.filter(pk=comment.pk, version=version, state__in=SOURCES[to]).update(
        state=to, version=F("version") + 1, **content
    )
    if not moved:
        raise Conflict(before)
    decision = Decision.objects.create(
        comment=before,
        moderator=moderator,
        from_state=before.state,
        to_state=to,
        version=version,
        reason=reason,
        trace=before.trace,
        decided_at=now,
    )
    log(
        instance=before.article,
        action="ratings.decide",
        user=moderator,
        data={"comment": before.pk, "from": before.state, "to": str(to), "reason": reason},
    )
    return decision


def _must_be_open(article: ArticlePage) -> None:
    if not ArticlePage.objects.published().filter(pk=article.pk).exists():
        raise NotOpen


def _must_exist(reader: Reader) -> None:
    """Hold the reader's row, so that nobody joins it away before the response is stored."""
    if not Reader.objects.select_for_update(no_key=True).filter(pk=reader.pk).exists():
        raise ReaderGone


def _locked_summary(article_id: int) -> None:
    """Make sure that the article has a summary row, and hold its lock until the transaction ends."""
    RatingSummary.objects.get_or_create(article_id=article_id)
    RatingSummary.objects.select_for_update().get(article_id=article_id)


def _count(article_id: int, changes: dict[int, int]) -> None:
    """Add the `changes` (stars → difference) to the histogram."""
    RatingSummary.objects.filter(article_id=article_id).update(
        **{COLUMNS[stars]: F(COLUMNS[stars]) + difference for stars, difference in changes.items()}
    )
