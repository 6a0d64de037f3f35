"""Many comments at once, stored as if readers had given them."""

from __future__ import annotations

from ratings.models import Comment, Kind, State
from tests.conftest import NOON


def store(article, reader, rows: list[dict]) -> list[Comment]:
    """Store published first comments with any numbers, as if readers had given them."""
    Comment.objects.filter(article=article).delete()
    comments = Comment.objects.bulk_create(
        Comment(
            **{"kind": Kind.REVIEW if row.get("stars") else Kind.COMMENT} | row,
            article=article,
            reader=reader,
            name="Ruth",
            text=str(number),
            state=State.PUBLISHED,
            created_at=NOON,
            published_at=NOON,
        )
        for number, row in enumerate(rows)
    )
    for comment in comments:
        comment.thread = comment
    Comment.objects.bulk_update(comments, ["thread"])
    return comments


def store_replies(first: Comment, number: int) -> list[Comment]:
    replies = Comment.objects.bulk_create(
        Comment(
            article=first.article,
            reader=first.reader,
            parent=first,
            thread=first,
            name="Ruth",
            text=f"reply {index}",
            state=State.PUBLISHED,
            created_at=NOON,
            published_at=NOON,
        )
        for index in range(number)
    )
    Comment.objects.filter(pk=first.pk).update(reply_count=number)
    return replies


def read(query: str) -> dict[str, str]:
    """Return the parameters of an address."""
    return dict(pair.split("=") for pair in query.removeprefix("?").split("&") if pair)
