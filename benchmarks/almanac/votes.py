"""Votes: many processes at once, and a recount of a million."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from multiprocessing.synchronize import Barrier

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles.models import ArticlePage
from benchmarks.almanac.content import BATCH, make_articles, make_readers
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.names import AUTOCOMMIT, DOUBLE_CLICK, TRANSACTION, vote_names
from benchmarks.processes import at_once
from ratings import actions
from ratings.models import Rating, RatingSummary
from ratings.models.summary import COLUMNS


def race(processes: int, articles: int) -> Iterator[Figure]:
    """Let all processes vote on one article after the other, each article at the same moment; yield the figures."""
    for mode in (AUTOCOMMIT, TRANSACTION, DOUBLE_CLICK):
        tell(f"{processes} processes vote on {articles} articles, {mode}")
        yield from _race(mode, processes, make_articles(mode, articles))


def recount(votes: int, articles: int) -> Iterator[Figure]:
    """Yield how long `manage.py verify_aggregates` takes for so many votes on so many articles."""
    tell(f"Making {articles:,} articles")
    made = make_articles("Counted", articles)
    _give(votes // articles, made)
    count = Rating.objects.count()
    tell(f"Recounting {count:,} votes")
    began = time.perf_counter()
    call_command("verify_aggregates", stdout=sys.stderr)
    seconds = time.perf_counter() - began
    yield Figure(of=ALMANAC, name="votes recounted", value=count, unit="")
    yield Figure(of=ALMANAC, name="recount of all votes", value=seconds, unit="s")
    yield Figure(of=ALMANAC, name="recount of 1,000,000 votes at this speed", value=seconds / count * 1e6, unit="s")


def _race(mode: str, processes: int, articles: list[ArticlePage]) -> Iterator[Figure]:
    readers = make_readers(processes)

    def scope() -> AbstractContextManager[object]:
        return transaction.atomic() if mode == TRANSACTION else nullcontext()

    def work(number: int, barrier: Barrier) -> list[str]:
        reader = readers[0 if mode == DOUBLE_CLICK else number]
        errors = []
        for article in articles:
            barrier.wait()
            try:
                with scope():
                    actions.rate(article=article, reader=reader, stars=number % 5 + 1, now=timezone.now())
            except Exception as error:  # every error counts, of whatever kind
                errors.append(f"{type(error).__name__}: {error}")
        return errors

    seconds, results = at_once(processes, work)
    errors = list(chain.from_iterable(results))
    for error in sorted(set(errors)):
        tell(error)
    expected = 1 if mode == DOUBLE_CLICK else processes
    wrong = sum(is_wrong(article) or article.ratings.count() != expected for article in articles)
    votes = processes * len(articles)
    values = (100 * wrong / len(articles), 100 * len(errors) / votes, (votes - len(errors)) / seconds)
    for (name, unit), value in zip(vote_names(mode), values, strict=True):
        yield Figure(of=ALMANAC, name=name, value=value, unit=unit)


def is_wrong(article: ArticlePage) -> bool:
    """Return whether the numbers kept for `article` differ from a recount."""
    stars = list(Rating.objects.counted().filter(article=article).values_list("stars", flat=True))
    kept = RatingSummary.objects.filter(article=article).first()
    counted = {number: stars.count(number) for number in range(1, 6)}
    return counted != (kept.histogram if kept else dict.fromkeys(range(1, 6), 0))


def _give(votes: int, articles: list[ArticlePage]) -> None:
    """Store `votes` votes for each of the articles, and their sums, past the actions: thousands at once."""
    readers = make_readers(votes)
    # No secret, and the same votes in every run.
    chance = random.Random(1)  # noqa: S311
    given_at = timezone.now()
    for number, article in enumerate(articles, 1):
        stars = chance.choices((1, 2, 3, 4, 5), weights=(1, 1, 3, 8, 20), k=votes)
        ratings = (
            Rating(article=article, reader=reader, stars=given, created_at=given_at, changed_at=given_at)
            for reader, given in zip(readers, stars, strict=True)
        )
        Rating.objects.bulk_create(ratings, batch_size=BATCH)
        histogram = {column: stars.count(given) for given, column in COLUMNS.items()}
        RatingSummary.objects.create(article=article, **histogram)
        if number % 100 == 0:
            tell(f"{number * votes:,} votes")
