"""Ratings: giving, changing and taking back stars, and setting votes aside that look like a wave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from wagtail.log_actions import log

from articles.models import ArticlePage
from findable.prepared import Prepared
from freshness.changes import changed
from freshness.tags import RATINGS, responses
from freshness.tags import rating as rating_of
from ratings.actions.locks import Sender, charge, lock_summary, lock_threads, must_be_heard, must_be_open, must_exist
from ratings.actions.refusals import NotYours, OwnWork, RatingMoved
from ratings.badges import has_part_in
from ratings.limits import Doing
from ratings.models import Comment, Kind, Rating, RatingChange, RatingSummary, Reader, Standing
from ratings.models.summary import COLUMNS
from ratings.moderation.brigading import MONTH, Thresholds, Vote, wave_among

THRESHOLDS = Thresholds()

LATEST = 100
"""So many of an article's latest votes are looked at for a wave: enough to see one, at a cost that does not grow."""


@transaction.atomic
def rate(
    *,
    article: ArticlePage,
    reader: Reader,
    stars: int,
    now: datetime,
    sender: Sender | None = None,
    version: int | None = None,
) -> Rating:
    """Store `reader`'s `stars` (1–5) for `article`, replacing an earlier vote, and return the rating.

    In the same transaction and under the lock of the article's summary row the histogram changes by the difference, so
    that it always equals a recount. Giving the same stars to the same revision again changes nothing, unless the
    ratings began anew since: then the vote counts again. With a `version` (of a page that shows the reader's own vote)
    only that version is replaced: otherwise RatingMoved.
    Raises NotOpen if no reader can see the article, ReaderGone if the reader was joined away, OwnWork if the account
    behind them has a part in the article, Silenced if they are muted or banned, TooMany by the limits, ValueError if
    there are no such stars.
    """
    if stars not in COLUMNS:
        raise ValueError(f"A rating has 1 to 5 stars, not {stars}.")
    must_be_open(article)
    must_be_heard(reader, now)
    if reader.user is not None and has_part_in(reader.user, article):
        raise OwnWork
    lock_summary(article.pk)
    rating = Rating.objects.filter(article=article, reader=reader).first()
    if rating is None:
        rating = Rating(article=article, reader=reader, created_at=now, version=0, is_withdrawn=True)
    elif version is not None and version != rating.version:
        raise RatingMoved(rating)
    elif (
        not (rating.is_withdrawn or rating.is_retired)
        and rating.stars == stars
        and rating.revision_id == article.live_revision_id
    ):
        return rating
    before = rating.counted_in
    if rating.stars != stars:
        # What a moderator released was another vote.
        rating.is_vouched_for = False
    rating.stars = stars
    rating.is_withdrawn = rating.is_retired = False
    rating.revision_id = article.live_revision_id
    rating.changed_at = now
    if sender is not None:
        rating.network = sender.network
    _store(rating, before=before, now=now)
    if sender is not None and rating.pk in _set_wave_aside(article, now=now):
        rating.refresh_from_db()
    charge(Doing.RATING, sender=sender, reader=reader, article_id=article.pk, now=now)
    return rating


@transaction.atomic
def withdraw(*, rating: Rating, reader: Reader, now: datetime, version: int | None = None) -> Rating:
    """Take `reader`'s vote back, and return the rating. Taking back twice changes nothing.

    It works under any article, also one that is no longer shown. Raises NotYours if the rating is another reader's,
    RatingMoved if a `version` is given and it has changed since.
    """
    must_exist(reader)
    lock_summary(rating.article_id)
    found = Rating.objects.filter(pk=rating.pk, reader=reader).first()
    if found is None:
        raise NotYours
    if version is not None and version != found.version:
        raise RatingMoved(found)
    if not found.is_withdrawn:
        before = found.counted_in
        found.is_withdrawn = True
        found.changed_at = now
        _store(found, before=before, now=now)
    return found


@transaction.atomic
def withdraw_from_own_work(*, reader: Reader, user: User, now: datetime) -> None:
    """Take back what somebody rated as a guest and, as is known since they signed in as `user`, has a part in."""
    given = Rating.objects.filter(reader=reader, is_withdrawn=False).select_related("article")
    for rating in given.order_by("article"):
        if has_part_in(user, rating.article):
            withdraw(rating=rating, reader=reader, now=now)


@transaction.atomic
def judge_rating(
    *, rating: Rating, standing: Standing, now: datetime, moderator: User | None = None, reason: str = ""
) -> Rating:
    """Let `rating` count (release it), set it aside or reject it, and return it. Reversible: no vote is deleted."""
    lock_summary(rating.article_id)
    rating = Rating.objects.get(pk=rating.pk)
    if rating.standing != standing:
        before, stood = rating.counted_in, rating.standing
        rating.standing, rating.reason = standing, reason
        rating.is_vouched_for = standing == Standing.COUNTED and moderator is not None
        _store(rating, before=before, now=now, moderator=moderator, reason=reason)
        if moderator is not None:
            told = {"rating": rating.pk, "stars": rating.stars, "from": stood, "to": str(standing), "reason": reason}
            log(instance=rating.article, action="ratings.judge_rating", user=moderator, data=told)
    return rating


@transaction.atomic
def set_legacy_total(*, article: ArticlePage, mean: Decimal, count: int) -> None:
    """Store the total that `article` had elsewhere: `count` ratings with the `mean` (1–5). No votes are invented.

    If the ratings began anew, it is from before that, and so is kept beside.
    """
    lock_summary(article.pk)
    summary = RatingSummary.objects.get(article=article)
    mean = mean if count else Decimal(0)
    if summary.begun_anew_at is None:
        summary.legacy_count, summary.legacy_mean = count, mean
    else:
        summary.retired_legacy_count, summary.retired_legacy_mean = count, mean
    summary.save()
    changed(rating_of(article.pk), RATINGS)


def _store(
    rating: Rating, *, before: str | None, now: datetime, moderator: User | None = None, reason: str = ""
) -> None:
    """Save `rating`, its history, and all that is counted from it. The caller holds the article's summary.

    `before` is the column that counted it until now.
    """
    rating.version += 1
    rating.save()
    RatingChange.objects.create(
        rating=rating,
        stars=None if rating.is_withdrawn else rating.stars,
        standing=rating.standing,
        moderator=moderator,
        reason=reason,
        changed_at=now,
    )
    count(rating.article_id, gone=[before], come=[rating.counted_in])
    show_stars(Comment.objects.filter(article=rating.article_id, reader=rating.reader_id), rating.counted_stars)


def count(article_id: int, *, gone: Iterable[str | None], come: Iterable[str | None]) -> None:
    """Count one vote less in each column that it is `gone` from, one more where it has `come`; None is no column."""
    changes = Counter(column for column in come if column)
    changes.subtract(column for column in gone if column)
    deltas = {column: F(column) + difference for column, difference in changes.items() if difference}
    if deltas:
        RatingSummary.objects.filter(article_id=article_id).update(**deltas)
        changed(rating_of(article_id), RATINGS)


def show_stars(comments: QuerySet[Comment], stars: int | None) -> None:
    """Show `stars` in the reviews among `comments`."""
    reviews = dict(comments.filter(kind=Kind.REVIEW).values_list("pk", "article"))
    if reviews:
        lock_threads(reviews)
        Comment.objects.filter(pk__in=reviews).update(stars=stars)
        changed(*(responses(article_id) for article_id in reviews.values()))


def _latest_of(article: int, since: datetime) -> QuerySet[Rating, tuple[Any, ...]]:
    """Return the latest votes on `article` that no moderator has decided on, the latest first, as rows for `Vote`."""
    given = Rating.objects.filter(article=article, is_withdrawn=False, is_retired=False, changed_at__gt=since)
    undecided = given.filter(is_vouched_for=False).exclude(standing=Standing.REJECTED)
    columns = ("pk", "stars", "network", "changed_at", "reader__created_at", "standing")
    return undecided.order_by("-changed_at").values_list(*columns)[:LATEST]


_latest = Prepared(_latest_of)


def _set_wave_aside(article: ArticlePage, *, now: datetime) -> frozenset[int]:
    """Set those of the latest votes aside that look like a wave rather than like readers, and return their keys."""
    votes = [
        Vote(
            key=key,
            stars=stars,
            network=network,
            given_at=given_at,
            reader_since=reader_since,
            counted=standing == Standing.COUNTED,
        )
        for key, stars, network, given_at, reader_since, standing in _latest(
            article=article.pk, since=now - THRESHOLDS.window
        )
    ]
    if len(votes) < THRESHOLDS.least:
        return frozenset()
    wave = wave_among(
        votes,
        tally=RatingSummary.objects.get(article=article).tally,
        last_month=Rating.objects.counted().filter(article=article, changed_at__gte=now - MONTH).count(),
        now=now,
        thresholds=THRESHOLDS,
    )
    if wave is None:
        return frozenset()
    reason = " ".join(finding.reason for finding in wave.findings)
    for rating in Rating.objects.filter(pk__in=wave.keys).order_by("pk"):
        before = rating.counted_in
        rating.standing, rating.reason = Standing.QUARANTINED, reason
        _store(rating, before=before, now=now, reason=reason)
    return wave.keys
