"""What else tells of a page: the tags of the lists that it stands in, and of the articles that name it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import PageQuerySet

from articles.models import ArticlePage, ArticleTag, Contributor, SignOff, TopicPage
from authors.models import AuthorPage
from freshness import tags


def mentions_of(pages: PageQuerySet) -> set[str]:
    """Return the tags of whatever tells of any of `pages`, beside their own: lists, bylines, related articles.

    For when a page gets another title or address, or is there for other readers than before. A link by itself needs
    nothing: whatever shows one says so. At most eleven queries for any number of pages.
    """
    keys = pages.order_by().values("pk")
    articles = ArticlePage.objects.filter(pk__in=keys)
    topics = TopicPage.objects.filter(pk__in=keys)
    authors = AuthorPage.objects.filter(pk__in=keys)
    found: set[str] = set()
    if articles.exists():
        found |= {tags.ARTICLES} | lists_with(articles)
    if topics.exists():
        # A card tells the topic of its article.
        in_topics = ArticlePage.topics.through.objects.filter(topicpage__in=topics.values("pk"))
        found |= {tags.TOPICS, *_pages(in_topics.values_list("articlepage", flat=True))}
    if authors.exists():
        knowing = AuthorPage.topics.through.objects.filter(authorpage__in=authors.values("pk"))
        found |= {tags.AUTHORS, *_articles_naming(authors)}
        found |= {tags.listing(key) for key in knowing.values_list("topicpage", flat=True).distinct()}
    return found


def lists_with(articles: PageQuerySet) -> set[str]:
    """Return the tags of the lists that `articles` stand in by topics and people, and of `related_to` them.

    Six queries for any number of articles.
    """
    keys = articles.order_by().values("pk")
    in_topics = ArticlePage.topics.through.objects.filter(articlepage__in=keys)
    people = Contributor.objects.filter(article__in=keys).order_by().values_list("author", flat=True)
    reviewers = SignOff.objects.filter(article__in=keys).values_list("reviewer", flat=True)
    people_lists = {tags.listing(key) for key in people.union(reviewers)}
    return (
        people_lists | lists_of_topics(in_topics.values_list("topicpage", flat=True).distinct()) | related_to(articles)
    )


def lists_of_topics(topics: Iterable[int]) -> set[str]:
    """Return the tags of the lists that hold the articles of these topics: their own, and those of topics above."""
    paths = TopicPage.objects.filter(pk__in=list(topics)).values_list("path", flat=True)
    step = TopicPage.steplen
    above = {path[:end] for path in paths for end in range(step, len(path) + step, step)}
    return {tags.listing(key) for key in TopicPage.objects.filter(path__in=above).values_list("pk", flat=True)}


def related_to(articles: PageQuerySet) -> set[str]:
    """Return the tags of what is shown where any of `articles` may stand as a related one, by a topic or a tag."""
    keys = articles.order_by().values("pk")
    topics = ArticlePage.topics.through.objects.filter(articlepage__in=keys).values_list("topicpage", flat=True)
    words = ArticleTag.objects.filter(content_object__in=keys).values_list("tag", flat=True)
    return {*map(tags.by_topic, topics.distinct()), *map(tags.by_tag, words.distinct())}


def _articles_naming(authors: PageQuerySet) -> Iterable[str]:
    keys = authors.values("pk")
    named: QuerySet[Any] = ArticlePage.objects.filter(
        Q(pk__in=Contributor.objects.filter(author__in=keys).values("article"))
        | Q(pk__in=SignOff.objects.filter(reviewer__in=keys).values("article"))
    )
    return _pages(named.values_list("pk", flat=True))


def _pages(keys: Iterable[int]) -> Iterable[str]:
    return map(tags.page, keys)
