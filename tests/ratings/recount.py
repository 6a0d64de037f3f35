"""A recount of every kept number from the rows alone, in Python: slow, plain, and independent of the code."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ratings.models import Comment, HelpfulVote, Rating, RatingSummary


def wrong_numbers() -> list[tuple[str, Any, Any]]:
    """Return what is kept wrongly: its name, what is kept, and what it should be. Empty if all is exact."""
    pairs = [*_histograms(), *_counts(), *_stars()]
    return [(name, kept, recounted) for name, kept, recounted in pairs if kept != recounted]


def _histograms():
    votes = Rating.objects.filter(standing="counted", is_withdrawn=False, is_retired=False)
    recounted = Counter(votes.values_list("article", "stars"))
    kept: Counter = Counter()
    for summary in RatingSummary.objects.all():
        kept.update({(summary.article_id, stars): number for stars, number in summary.histogram.items()})
    for key in {*kept, *recounted}:
        yield f"votes {key}", kept[key], recounted[key]


def _counts():
    published = list(Comment.objects.filter(state="published", parent__isnull=False))
    in_thread = Counter(reply.thread_id for reply in published)
    answers = Counter(reply.parent_id for reply in published)
    helpful = Counter(HelpfulVote.objects.filter(standing="counted").values_list("comment", flat=True))
    for comment in Comment.objects.all():
        replies = (in_thread if comment.parent_id is None else answers)[comment.pk]
        yield f"replies of {comment}", comment.reply_count, replies
        yield f"helpful votes of {comment}", comment.helpful_count, helpful[comment.pk]
        yield f"place of {comment}", comment.listed, comment.state == "published" or replies > 0


def _stars():
    votes = Rating.objects.filter(standing="counted", is_withdrawn=False, is_retired=False)
    given = {(article, reader): stars for article, reader, stars in votes.values_list("article", "reader", "stars")}
    for review in Comment.objects.filter(kind="review"):
        yield f"stars of {review}", review.stars, given.get((review.article_id, review.reader_id))
