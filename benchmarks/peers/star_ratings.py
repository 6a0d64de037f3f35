"""django-star-ratings: many processes vote on one article at the same moment, as its view lets them.

Run by `benchmarks`, with the Python that has the package. Arguments: processes, articles.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import chain
from multiprocessing.synchronize import Barrier

from benchmarks.figures import Figure, tell
from benchmarks.names import AUTOCOMMIT, DOUBLE_CLICK, TRANSACTION, vote_names
from benchmarks.peers import project

PACKAGE = "django-star-ratings"

project.start("star_ratings", urls="star_ratings.urls")

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.contrib.flatpages.models import FlatPage  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from star_ratings.models import Rating, UserRating  # noqa: E402
from star_ratings.views import Rate  # noqa: E402

from benchmarks.processes import at_once  # noqa: E402


def vote(page: FlatPage, page_type: ContentType, user: User, stars: int) -> None:
    """Send a vote to the package's view."""
    request = RequestFactory().post("/", {"score": stars, "next": "/"})
    request.user = user
    answer = Rate.as_view()(request, content_type_id=page_type.pk, object_id=page.pk)
    if answer.status_code != 302:
        raise RuntimeError(f"The vote was refused: {answer.status_code}")


def is_wrong(page: FlatPage, page_type: ContentType) -> bool:
    """Return whether the numbers kept for `page` differ from a recount."""
    kept = Rating.objects.filter(content_type=page_type, object_id=page.pk).first()
    scores = UserRating.objects.filter(rating__content_type=page_type, rating__object_id=page.pk)
    stars = list(scores.values_list("score", flat=True))
    return ((kept.count, kept.total) if kept else (0, 0)) != (len(stars), sum(stars))


def race(mode: str, processes: int, articles: int) -> Iterator[Figure]:
    """Let all processes vote on one article after the other, each article at the same moment; yield the figures."""
    page_type = ContentType.objects.get_for_model(FlatPage)
    pages = [FlatPage._default_manager.create(url=f"/{mode}-{number}/", title=mode) for number in range(articles)]
    users = [User.objects.create(username=f"{mode} {number}") for number in range(processes)]
    for page in pages:
        # The row that the votes of an article are summed up in is there before, as after a first view of its page.
        Rating.objects.for_instance(page)

    def work(number: int, barrier: Barrier) -> list[str]:
        user = users[0 if mode == DOUBLE_CLICK else number]
        errors = []
        for page in pages:
            barrier.wait()
            try:
                with scope(mode):
                    vote(page, page_type, user, number % 5 + 1)
            except Exception as error:  # every error counts, of whatever kind
                errors.append(type(error).__name__)
        return errors

    seconds, results = at_once(processes, work)
    errors = list(chain.from_iterable(results))
    wrong = sum(is_wrong(page, page_type) for page in pages)
    votes = processes * articles
    values = (100 * wrong / articles, 100 * len(errors) / votes, (votes - len(errors)) / seconds)
    for (name, unit), value in zip(vote_names(mode), values, strict=True):
        yield Figure(of=PACKAGE, name=name, value=value, unit=unit)


def scope(mode: str) -> AbstractContextManager[object]:
    """Return what a vote runs in: a transaction of the whole request, or nothing."""
    return transaction.atomic() if mode == TRANSACTION else nullcontext()


def main(processes: int, articles: int) -> None:
    """Race in each mode and print the figures."""
    for mode in (AUTOCOMMIT, TRANSACTION, DOUBLE_CLICK):
        tell(f"{PACKAGE}: {processes} processes vote on {articles} articles, {mode}")
        for figure in race(mode, processes, articles):
            print(figure.line(), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
