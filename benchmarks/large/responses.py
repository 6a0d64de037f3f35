"""What the readers of a large site answer: ratings, and comments in every state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from articles.models import ArticlePage
from benchmarks.large.rows import BATCH, next_key, reset_keys
from benchmarks.large.texts import Chance, comment_text, first_name
from ratings.actions.written import columns_of
from ratings.models import Comment, HelpfulVote, Kind, Rating, RatingChange, RatingSummary, Reader, State
from ratings.models.summary import COLUMNS

RATINGS = 5
"""So many readers rate each article."""

COMMENTS, POPULAR_EVERY, POPULAR = 7, 100, 300
"""So many comments stand under each article, and so many more under every hundredth: ten on average."""

WORDINGS = 5_000
"""So many different comments there are: what follows from their words takes longer to work out than all else."""

COMMENTS_OF_A_READER = 20

STATES = [State.PENDING] * 10 + [State.SPAM] * 2 + [State.HIDDEN, State.REJECTED, State.DELETED]
"""Of a hundred comments; all others are published."""

RULES = ("ladder", "links", "dwell")


def make_readers(comments: int) -> None:
    """Make the readers of so many comments."""
    Reader.objects.bulk_create([Reader() for _ in range(max(500, comments // COMMENTS_OF_A_READER))], batch_size=BATCH)


def make_responses(articles: Sequence[ArticlePage], first: int, *, now: datetime) -> None:
    """Rate and discuss `articles`, the first of which has the number `first`. All kept numbers are right."""
    readers = list(Reader.objects.order_by("pk").values_list("pk", flat=True))
    comments: list[Comment] = []
    ratings: list[Rating] = []
    key = next_key(Comment)
    for number, article in enumerate(articles, start=first):
        chance = Chance(f"responses {number}")
        own = [readers[(number * 13 + place) % len(readers)] for place in range(_comments_under(number))]
        given = {reader: chance.choice([1, 3, 4, 4, 5, 5]) for reader in own[:RATINGS]}
        ratings += [_rating(article, reader, stars, now) for reader, stars in given.items()]
        under = [_comment(article, reader, given, chance, now) for reader in own]
        for place, comment in enumerate(under):
            comment.pk = comment.thread_id = key + place
        _answer_each_other(under)
        key += len(under)
        comments += under
    Rating.objects.bulk_create(ratings, batch_size=BATCH)
    RatingChange.objects.bulk_create(
        [
            RatingChange(rating=row, stars=row.stars, standing=row.standing, changed_at=row.changed_at)
            for row in ratings
        ],
        batch_size=BATCH,
    )
    counts = Counter((row.article_id, COLUMNS[row.stars]) for row in ratings)
    RatingSummary.objects.bulk_create(
        [
            RatingSummary(article=article, **{column: counts[article.pk, column] for column in COLUMNS.values()})
            for article in articles
        ],
        batch_size=BATCH,
    )
    Comment.objects.bulk_create(comments, batch_size=BATCH)
    HelpfulVote.objects.bulk_create(
        [
            HelpfulVote(comment=row, reader_id=row.reader_id % len(readers) + readers[0], created_at=row.created_at)
            for row in comments
            if row.helpful_count
        ],
        batch_size=BATCH,
    )
    reset_keys(Comment)


def _comments_under(number: int) -> int:
    return COMMENTS + (0 if number % POPULAR_EVERY else POPULAR)


def _rating(article: ArticlePage, reader: int, stars: int, now: datetime) -> Rating:
    at = max(article.published_at or now, now - timedelta(days=reader % 900))
    return Rating(
        article=article,
        reader_id=reader,
        stars=stars,
        revision_id=article.live_revision_id,
        created_at=at,
        changed_at=at,
    )


def _comment(article: ArticlePage, reader: int, given: dict[int, int], chance: Chance, now: datetime) -> Comment:
    state = chance.choice([*STATES, *[State.PUBLISHED] * (100 - len(STATES))])
    # What waits came in lately, all else over the years.
    age = chance.random() * (2 if state == State.PENDING else 900)
    created_at = max(article.published_at or now, now - timedelta(days=age))
    struck = [] if state == State.PUBLISHED else chance.sample(RULES, chance.randint(1, 2))
    is_review = reader in given and state in (State.PUBLISHED, State.PENDING) and chance.random() < 0.2
    return Comment(
        article=article,
        reader_id=reader,
        kind=Kind.REVIEW if is_review else chance.choice([Kind.COMMENT, Kind.COMMENT, Kind.QUESTION]),
        stars=given[reader] if is_review else None,
        **_words(chance.randrange(WORDINGS)),
        state=state,
        trace=[{"rule": rule, "points": 20, "reason": "It was found."} for rule in struck],
        rules="".join(f"|{rule}" for rule in struck) + "|" if struck else "",
        points=20 * len(struck),
        spam_score=round(chance.random() * (0.9 if struck else 0.2), 3),
        helpful_count=int(state == State.PUBLISHED and chance.random() < 0.05),
        created_at=created_at,
        published_at=created_at if state == State.PUBLISHED else None,
    )


@cache
def _words(number: int) -> dict[str, Any]:
    """Return name and text of a comment, and the columns that follow from them."""
    chance = Chance(f"comment {number}")
    name, text = first_name(chance), comment_text(chance)
    return {"name": name, "text": text} | columns_of(name, text)


def _answer_each_other(comments: Sequence[Comment]) -> None:
    """Make every fourth comment an answer to the one before, where both may be one, and count the published answers."""
    for before, comment in zip(comments[2::4], comments[3::4], strict=False):
        if before.state == State.PUBLISHED and comment.kind == Kind.COMMENT:
            comment.parent_id = comment.thread_id = before.pk
            comment.created_at = max(comment.created_at, before.created_at)
            before.reply_count = int(comment.state == State.PUBLISHED)
