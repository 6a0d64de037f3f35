"""Who answers: finding a reader, making one, and joining two that turn out to be one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from freshness.changes import changed
from freshness.tags import responses
from ratings.actions.locks import lock_summary, lock_threads
from ratings.actions.sanctions import posted_by
from ratings.actions.votes import count, show_stars, withdraw_from_own_work
from ratings.models import (
    Bulk,
    Comment,
    ErrorReport,
    HelpfulVote,
    Kind,
    Rating,
    RatingChange,
    Reader,
    ReaderToken,
    Report,
    Sanction,
    Standing,
    State,
)
from ratings.models.reader import token_digest

SEVERITY = (Standing.COUNTED, Standing.QUARANTINED, Standing.REJECTED)
"""Of two votes that turn out to be one reader's, the stricter standing holds."""


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
    if user is None and not token:
        return _new_guest(new_token)
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
    return _new_guest(new_token)


def _new_guest(new_token: str) -> Admission:
    """Make a reader who is known by `new_token`, unless there is one already; without one, by a random one."""
    if not new_token:
        new_token = secrets.token_urlsafe(16)
        guest = Reader.objects.create()
        ReaderToken.objects.create(reader=guest, digest=token_digest(new_token))
        return Admission(reader=guest, new_token=new_token)
    known_by, _ = ReaderToken.objects.get_or_create(
        digest=token_digest(new_token),
        defaults={"reader": Reader.objects.create},  # type: ignore[misc]  # Django calls a default that can be called
    )
    return Admission(reader=known_by.reader, new_token=new_token)


def _reader_of_account(user: User, known: Reader | None, found: list[Reader]) -> Reader:
    own = next((reader for reader in found if reader.user_id == user.pk), None)
    is_guest = known is not None and known.user_id is None
    if own is None and known is not None and is_guest:
        Reader.objects.filter(pk=known.pk).update(user=user)
        known.user = user
        withdraw_from_own_work(reader=known, user=user, now=timezone.now())
        return known
    if own is None:
        return Reader.objects.create(user=user)
    if known is not None and is_guest:
        join(reader=known, into=own)
        withdraw_from_own_work(reader=own, user=user, now=timezone.now())
    return own


@transaction.atomic
def join(*, reader: Reader, into: Reader) -> None:
    """Move what `reader` has (tokens, sanctions, responses, reports) to `into`, and delete `reader`.

    Where both rated an article, the later vote stays and the other is taken out of the histogram; a vote that was set
    aside stays so, whichever it was. Where both found a comment helpful, it counts once, and not at all if one of the
    votes was set aside; one's own does not count. Sanctions of both hold, whoever of the two they were on.
    """
    list(Reader.objects.select_for_update().filter(pk__in=[reader.pk, into.pk]).order_by("pk"))
    _join_sanctions(reader, into)
    rated = set(Rating.objects.filter(reader=reader).values_list("article_id", flat=True))
    voted_on = HelpfulVote.objects.filter(reader__in=[reader, into]).values("comment")
    concerned = Comment.objects.filter(Q(reader__in=[reader, into]) | Q(pk__in=voted_on))
    articles = sorted(rated.union(concerned.values_list("article_id", flat=True)))
    for article_id in articles:
        lock_summary(article_id)
    lock_threads(concerned.values("thread"))
    for article_id in sorted(rated):
        _join_ratings(article_id, reader, into)
    changed(*(responses(article_id) for article_id in articles))
    _leave_one_review_each(Comment.objects.filter(reader__in=[reader, into]))
    ReaderToken.objects.filter(reader=reader).update(reader=into)
    Comment.objects.filter(reader=reader).update(reader=into)
    mine, others = (HelpfulVote.objects.filter(reader=voter) for voter in (reader, into))
    set_aside = mine.exclude(standing=Standing.COUNTED)
    _drop(others.filter(comment__in=set_aside.values("comment")))
    _drop(mine.filter(comment__in=others.values("comment")))
    mine.update(reader=into)
    _drop(HelpfulVote.objects.filter(reader=into, comment__reader=into))
    for report in Report.objects.filter(reader=into):
        Report.objects.filter(reader=reader, comment=report.comment_id, reason=report.reason).delete()
    Report.objects.filter(reader=reader).update(reader=into)
    ErrorReport.objects.filter(reader=reader).update(reader=into)
    reader.delete()


def _join_sanctions(reader: Reader, into: Reader) -> None:
    sanctions = Sanction.objects.filter(reader=reader)
    unfinished = Bulk.objects.filter(sanction__in=sanctions, finished_at__isnull=True)
    hiding = list(unfinished.values_list("pk", flat=True))
    sanctions.update(reader=into)
    for bulk in Bulk.objects.select_for_update(no_key=True).filter(pk__in=hiding):
        # What a ban still has to hide is found by its reader, who has other comments now that nobody counted.
        left = posted_by(reader.pk).filter(pk__gt=bulk.cursor, pk__lte=bulk.until)
        bulk.selection = {"keys": [list(pair) for pair in left.order_by("pk").values_list("pk", "version")]}
        bulk.save(update_fields=["selection"])


def _join_ratings(article_id: int, reader: Reader, into: Reader) -> None:
    mine = Rating.objects.get(article_id=article_id, reader=reader)
    other = Rating.objects.filter(article_id=article_id, reader=into).first()
    stays = mine
    if other is not None:
        gone, stays = sorted((mine, other), key=lambda rating: (rating.changed_at, rating.pk))
        before = [mine.counted_in, other.counted_in]
        if SEVERITY.index(gone.standing) > SEVERITY.index(stays.standing):
            stays.standing, stays.reason, stays.is_vouched_for = gone.standing, gone.reason, False
        RatingChange.objects.filter(rating=gone).update(rating=stays)
        gone.delete()
        count(article_id, gone=before, come=[stays.counted_in])
    stays.reader = into
    stays.save()
    reviews = Comment.objects.filter(article_id=article_id, reader__in=[reader, into])
    show_stars(reviews, stays.counted_stars)


def _leave_one_review_each(comments: QuerySet[Comment]) -> None:
    """Make comments of the published reviews that have a later one under the same article."""
    reviews = comments.filter(kind=Kind.REVIEW, state=State.PUBLISHED).order_by("pk").values_list("article", "pk")
    latest = dict(reviews)
    earlier = [review for article, review in reviews if review != latest[article]]
    Comment.objects.filter(pk__in=earlier).update(kind=Kind.COMMENT, stars=None)


def _drop(votes: QuerySet[HelpfulVote]) -> None:
    for vote in votes:
        if vote.standing == Standing.COUNTED:
            Comment.objects.filter(pk=vote.comment_id).update(helpful_count=F("helpful_count") - 1)
        vote.delete()
