"""The real server under load: comments and votes, each of a new guest, over eight connections."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.models import ArticlePage
from benchmarks.almanac.content import fill_with_comments, make_articles
from benchmarks.almanac.server import FORM, app, worker
from benchmarks.almanac.votes import is_wrong
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.names import CPU, VOTES, WRONG, posted
from benchmarks.programs import Running
from benchmarks.wrk import Load, reason_against, wrk
from ratings.models import Comment, Rating, State
from ratings.stamp import new_stamp

ROUNDS = 4
SECONDS = 3
AT_MOST = 1_500
"""So many forms a second are made ready: more than any server takes."""

_numbers = count()


def writing(comments: int, articles: int) -> Iterator[Figure]:
    """Yield how many comments are stored a second under an article with so many `comments`, and votes on `articles`."""
    if reason := reason_against():
        return tell(f"Not measured: {reason}.")
    tell(f"An article with {comments:,} comments")
    *rated, discussed = make_articles("Under load", articles + 1)
    fill_with_comments(discussed, comments)
    ready = (ROUNDS + 1) * SECONDS * AT_MOST
    doings = {
        posted(comments): (Comment, [_comment(discussed) for _ in range(ready)]),
        VOTES: (Rating, [_vote(rated[number % articles]) for number in range(ready)]),
    }
    before = {name: model._default_manager.count() for name, (model, _forms) in doings.items()}
    loads: dict[str, list[Load]] = {name: [] for name in doings}
    costs: dict[str, list[float]] = {name: [] for name in doings}
    with worker(), app() as server:
        tell(f"Sending comments and votes in turns, {ROUNDS} rounds of {SECONDS} s over 8 connections each")
        # The first round loads what every later one finds, and is only counted.
        for number in range(ROUNDS + 1):
            for name, (_model, forms) in doings.items():
                began = server.cpu_seconds()
                loads[name].append(load := _send(server, forms[number :: ROUNDS + 1]))
                costs[name].append(1000 * (server.cpu_seconds() - began) / load.requests)
    for name, (model, _forms) in doings.items():
        answered = sum(load.requests for load in loads[name])
        stored = model._default_manager.count() - before[name]
        # What was under way when the time was up is stored, and was not waited for.
        if not answered <= stored <= answered + 8 * len(loads[name]):
            raise SystemExit(f"Of {answered} {name} {stored} were stored.")
        yield Figure.median(ALMANAC, name, [load.rate for load in loads[name][1:]], "/s")
        yield Figure.median(ALMANAC, f"{name}, p99", [load.p99 for load in loads[name][1:]], "ms")
        yield Figure.median(ALMANAC, name + CPU, costs[name][1:], "ms CPU")
    waiting = Comment.objects.in_state(State.PENDING).filter(article=discussed).count()
    yield Figure(of=ALMANAC, name=f"{posted(comments)}, waiting for a moderator", value=waiting, unit="")
    yield Figure(of=ALMANAC, name=VOTES + WRONG, value=100 * sum(map(is_wrong, rated)) / articles, unit="%")


def _comment(article: ArticlePage) -> tuple[str, str]:
    """Return the address of a comment form and what is sent there, as if the reader had taken a minute to write."""
    number, now = next(_numbers), timezone.now()
    text = f"The kettle of house number {number} sings, and nobody knows why."
    body = {"name": f"Ruth {number}", "email": f"ruth{number}@example.org", "text": text}
    stamp = new_stamp(article.pk, now - timedelta(minutes=1))
    return reverse("ratings:comment", args=[article.pk]), urlencode({**body, "stamp": stamp})


def _vote(article: ArticlePage) -> tuple[str, str]:
    return reverse("ratings:rate", args=[article.pk]), urlencode({"stars": next(_numbers) % 5 + 1})


def _send(server: Running, forms: list[tuple[str, str]]) -> Load:
    """Send `forms` for some seconds. Raises SystemExit if one is refused, or if they do not suffice."""
    file = Path(settings.DATA) / "forms.txt"
    file.write_text("".join(f"{address}\t{body}\n" for address, body in forms))
    load = wrk(server.address(), seconds=SECONDS, headers=FORM, forms=file)
    if load.failed or not load.requests or load.requests >= len(forms) - 8:
        raise SystemExit(f"Of {load.requests} forms {load.failed} were refused; {len(forms)} were ready.")
    return load
