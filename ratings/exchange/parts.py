"""The comments of one article as a part of its import and of its export; WordPress's own have these keys."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import timezone

from articles.exchange.documents import Ignored
from articles.models import ArticlePage
from ratings.exchange.importing import Import
from ratings.exchange.records import Entry
from ratings.exchange.wordpress import NAMES, is_by_a_reader, record_of_comment
from ratings.markup import comment_html
from ratings.models import Comment, State

logger = logging.getLogger(__name__)


def receive_comments(article: ArticlePage, part: Any) -> None:
    """Take over the comments of an imported article: a list of what `write_comments` gives, or WordPress's like it.

    What cannot be taken over is logged, and no reason to refuse the article.
    """
    report = Import(now=timezone.now()).bring_in(_entries(part), article=article.pk)
    for refused in report.refused:
        logger.warning("Under article %d %s was not imported: %s", article.pk, refused["place"], refused["reason"])


def _entries(part: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
    for comment in part:
        if is_by_a_reader(comment):
            yield record_of_comment(comment, f"comment {comment.get('foreign_id')}")
        else:
            yield Ignored(place="", what=str(comment["kind"]))


def write_comments(article: ArticlePage) -> list[dict[str, Any]]:
    """Return the comments of `article` as `receive_comments` takes them, parents first, without e-mail addresses."""
    comments = Comment.objects.filter(article=article).select_related("parent")
    return [as_wordpress(comment) for comment in comments.order_by("pk").iterator()]


def as_wordpress(comment: Comment, *, with_address: bool = False) -> dict[str, Any]:
    """Return `comment`, whose parent is fetched, as WordPress would have it."""
    parent = comment.parent
    return {
        "foreign_id": str(comment.pk),
        "parent": str(comment.parent_id or 0),
        "name": comment.name,
        "email": comment.email if with_address else "",
        "url": "",
        "text": comment_html(comment.text),
        "written_at": comment.created_at,
        "state": NAMES.get(State(comment.state), "trash"),
        "kind": "comment",
        "public_id": str(comment.public_id),
        "parent_public_id": str(parent.public_id) if parent else "",
    }
