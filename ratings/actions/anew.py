"""Ratings that begin anew after an article has changed: earlier ones are kept, and counted no more. Reversible."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from wagtail.log_actions import log

from articles.models import ArticlePage
from freshness.changes import changed
from freshness.tags import RATINGS, rating, responses
from ratings.actions.locks import lock_summary, lock_threads
from ratings.models import Comment, Kind, Rating, RatingSummary
from ratings.models.summary import COLUMNS


@transaction.atomic
def begin_anew(*, article: ArticlePage, moderator: User, now: datetime, reason: str) -> int:
    """Retire all ratings of `article`, and return how many were counted until now; if none was, nothing changes.

    None is deleted or changed. One that its reader gives again counts again. What is held or rejected stays so, and if
    it is released later, it still is from before. Takes the same number of statements for any number of ratings.
    """
    summary = _held_summary(article)
    count = summary.count
    if not count:
        return 0
    Rating.objects.filter(article=article, is_retired=False).update(is_retired=True)
    summary.retired_own_count += summary.own_count
    for column in COLUMNS.values():
        setattr(summary, column, 0)
    if summary.legacy_count:
        summary.retired_legacy_count, summary.retired_legacy_mean = summary.legacy_count, summary.legacy_mean
        summary.legacy_count, summary.legacy_mean = 0, Decimal(0)
    summary.begun_anew_at = now
    summary.save()
    _show_stars_that_count(article)
    log(instance=article, action="ratings.begin_anew", user=moderator, data={"count": count, "reason": reason})
    return count


@transaction.atomic
def count_earlier_again(*, article: ArticlePage, moderator: User) -> int:
    """Undo `begin_anew`, however often it was done: all ratings of `article` count as if it never had been.

    Return how many count again. If the ratings have not begun anew, nothing changes.
    """
    summary = _held_summary(article)
    if summary.begun_anew_at is None:
        return 0
    count = summary.retired_count
    retired = Rating.objects.retired().filter(article=article)
    for stars, number in retired.order_by().values_list("stars").annotate(Count("pk")):
        setattr(summary, COLUMNS[stars], summary.histogram[stars] + number)
    Rating.objects.filter(article=article, is_retired=True).update(is_retired=False)
    summary.legacy_count, summary.legacy_mean = summary.retired_legacy_count, summary.retired_legacy_mean
    summary.retired_own_count, summary.retired_legacy_count, summary.retired_legacy_mean = 0, 0, Decimal(0)
    summary.begun_anew_at = None
    summary.save()
    _show_stars_that_count(article)
    log(instance=article, action="ratings.count_earlier_again", user=moderator, data={"count": count})
    return count


def _held_summary(article: ArticlePage) -> RatingSummary:
    lock_summary(article.pk)
    return RatingSummary.objects.get(article=article)


def _show_stars_that_count(article: ArticlePage) -> None:
    """Show in each review under `article` the stars of its writer, if they count, and say that the ratings changed.

    The caller holds the summary.
    """
    reviews = Comment.objects.filter(article=article, kind=Kind.REVIEW)
    lock_threads(reviews.values("pk"))
    given = Rating.objects.counted().filter(article=article, reader=OuterRef("reader"))
    reviews.update(stars=Subquery(given.values("stars")))
    changed(rating(article.pk), RATINGS, responses(article.pk))
