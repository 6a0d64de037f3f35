"""What the discussion under an article costs: a page of it, and the next comment."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import ArticlePage
from benchmarks.almanac.content import fill_with_comments, make_articles
from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.names import INSERTS, comment_name, page_names
from benchmarks.settings import HOST

RENDERINGS = 15
READERS_TABLES = re.compile(r'(FROM|JOIN) "ratings_')
BEFORE, BEHIND = '<section class="comments"', "</main>"
"""The discussion stands between these."""


def pages(*counts: int) -> Iterator[Figure]:
    """Yield queries, size and time of article pages with so many comments, as an anonymous reader gets them.

    Queries are those to the readers' tables, the size is the discussion's; the time is the whole page's.
    """
    client = Client()
    articles = {count: _article_with(count) for count in counts}
    tell("Rendering their pages")
    times: dict[int, list[float]] = {count: [] for count in counts}
    # In turns: what the machine does meanwhile then meets all of them alike.
    for _ in range(RENDERINGS):
        for count, article in articles.items():
            times[count].append(_get(client, article)[0])
    for count, article in articles.items():
        queries, html = _discussion(client, article)
        values = (queries, len(html.encode()) / 1024, statistics.median(times[count]) * 1000)
        for (name, unit), value in zip(page_names(count), values, strict=True):
            yield Figure(of=ALMANAC, name=name, value=value, unit=unit)
    most = max(counts)
    for count in (0, 100):
        name = f"page with {most:,} comments ÷ with {count}"
        ratio = statistics.median(times[most]) / statistics.median(times[count])
        yield Figure(of=ALMANAC, name=name, value=ratio, unit="×")


def inserts(*counts: int) -> Iterator[Figure]:
    """Yield what the next comment costs under articles that have so many, sent through the form with a stamp.

    One article after the other, from the fewest comments on: the table is no longer than the name of the figure says,
    but for the articles before.
    """
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    medians = {}
    for count in sorted(counts):
        article = _article_with(count)
        medians[count] = statistics.median(_post(client, article, number) for number in range(INSERTS))
        yield Figure(of=ALMANAC, name=comment_name(count), value=medians[count] * 1000, unit="ms")
    least, most = min(counts), max(counts)
    name = f"comment no. {most:,} ÷ comment no. {least:,}"
    yield Figure(of=ALMANAC, name=name, value=medians[most] / medians[least], unit="×")


def _article_with(count: int) -> ArticlePage:
    tell(f"An article with {count:,} comments")
    article = make_articles(f"Kettle with {count}", 1)[0]
    fill_with_comments(article, count)
    return article


def _get(client: Client, article: ArticlePage) -> tuple[float, str]:
    began = time.perf_counter()
    answer = client.get(article.url, secure=True, headers={"Host": HOST})
    seconds = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"The page could not be read: {answer.status_code}")
    return seconds, answer.content.decode()


def _discussion(client: Client, article: ArticlePage) -> tuple[int, str]:
    """Return how many queries to the readers' tables the page takes, and the HTML of its discussion."""
    with CaptureQueriesContext(connection) as queries:
        _, html = _get(client, article)
    discussion = html.partition(BEFORE)[2].partition(BEHIND)[0]
    if not discussion:
        raise SystemExit("The page has no discussion.")
    return sum(bool(READERS_TABLES.search(query["sql"])) for query in queries), BEFORE + discussion


def _post(client: Client, article: ArticlePage, number: int) -> float:

    stamp = client.get(reverse("ratings:stamp", args=[article.pk]), secure=True, headers={"Host": HOST}).json()
    sent = {
        "name": f"Ruth {number}",
        "email": f"ruth{number}@example.org",
        "text": f"The kettle of the house with the number {number} sings, and nobody knows why.",
        "stamp": stamp["stamp"],
        stamp["trap"]: "",
    }
    client.cookies.clear()
    address = reverse("ratings:comment", args=[article.pk])
    began = time.perf_counter()
    answer = client.post(address, sent, secure=True, headers={"Host": HOST})
    seconds = time.perf_counter() - began
    if answer.status_code != 303:
        raise SystemExit(f"The comment was refused: {answer.status_code}")
    return seconds
