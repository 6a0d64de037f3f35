"""How many comments wait under which topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery, Value
from treebeard.mp_tree import MP_Node

from articles.models import ArticlePage, TopicPage
from ratings.desk.listing import CommentListing
from ratings.desk.sections import Scope
from ratings.models import Comment, State


@dataclass(frozen=True, kw_only=True)
class TopicQueue:
    """A topic, and how many comments wait under its articles and those of its subtopics."""

    key: int
    title: str
    waiting: int

    @property
    def query(self) -> str:
        """The parameters of the list of those comments."""
        return CommentListing(topic=self.key).query()


def topics_waiting(scope: Scope) -> list[TopicQueue]:
    """Return all topics as they stand in the tree, each with what waits in it, in one query.

    An article with two topics waits in both, and once in each topic above them.
    """
    topics = TopicPage.objects.order_by().annotate(number=Value(0, output_field=IntegerField()))
    pending = Comment.objects.in_state(State.PENDING).filter(article=OuterRef("articlepage")).order_by()
    counted = pending.values("article").annotate(number=Count("pk")).values("number")
    # Counted by article, in an index: joined to every single comment, topics take ten times as long.
    links = scope.within(ArticlePage.topics.through.objects.filter(Exists(pending)), "articlepage").order_by()
    under = links.annotate(title=Value(""), number=Subquery(counted))
    found = topics.values_list("path", "title", "id", "number").union(
        under.values_list("topicpage__path", "title", "articlepage", "number"), all=True
    )
    rows = list(found)
    waiting = _sums((path, article, number) for path, title, article, number in rows if number)
    named = sorted((path, title, key) for path, title, key, number in rows if not number)
    return [TopicQueue(key=key, title=title, waiting=waiting[path]) for path, title, key in named]


def _sums(rows: Iterable[tuple[str, int, int]]) -> Counter[str]:
    """Return for the path of every topic, and of those above it, how many comments wait under its articles."""
    numbers: dict[int, int] = {}
    above: dict[int, set[str]] = {}
    for path, article, number in rows:
        numbers[article] = number
        steps = range(MP_Node.steplen, len(path) + 1, MP_Node.steplen)
        above.setdefault(article, set()).update(path[:end] for end in steps)
    waiting: Counter[str] = Counter()
    for article, paths in above.items():
        waiting.update(dict.fromkeys(paths, numbers[article]))
    return waiting
