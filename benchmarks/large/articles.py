"""Topics, authors and articles of a large site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.utils.text import slugify
from taggit.models import Tag

from articles.models import ArticleIndexPage, ArticlePage, ArticleTag, Contributor, TopicPage
from authors.models import AuthorIndexPage, AuthorPage
from benchmarks.large.rows import BATCH, add_pages, index_pages
from benchmarks.large.texts import SUBJECTS, Chance, article_text, person_name

TOPICS, SUBTOPICS = 10, 5
TAGS = 300
ARTICLES_OF_AN_AUTHOR = 50
"""So many on average: somebody who writes more than others has a hundredth of the articles."""

BEGAN_AT = datetime(2022, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=4 * 365)


def make_topics() -> None:
    """Make the topics and, below each, its subtopics."""
    for subject in SUBJECTS[:TOPICS]:
        top = TopicPage.objects.get(depth=3)
        made = _add_topics(top, [f"The {subject}"])
        _add_topics(made[0], [f"{subject.capitalize()}, part {part + 1}" for part in range(SUBTOPICS)])
    Tag.objects.bulk_create([Tag(name=f"Tag {number}", slug=f"tag-{number}") for number in range(TAGS)])


def make_authors(articles: int) -> None:
    """Make the authors of so many articles."""
    index = AuthorIndexPage.objects.get()
    # At least one whole page of them, so that small and large sites show the same number.
    names = [person_name(number) for number in range(max(60, articles // ARTICLES_OF_AN_AUTHOR))]
    authors = [
        AuthorPage(title=name, slug=slugify(name), job_title="Gardener", biography=f"<p>{name} writes.</p>")
        for name in names
    ]
    add_pages(index, authors, [BEGAN_AT] * len(authors))
    index_pages(authors)


def make_articles(first: int, count: int, *, of: int) -> list[ArticlePage]:
    """Publish so many articles from number `first` on, with contributors, topics and tags; there will be `of` of them.

    The later one comes in number, the later it appeared.
    """
    index = ArticleIndexPage.objects.get()
    authors = list(AuthorPage.objects.order_by("pk").values_list("pk", flat=True))
    topics = list(TopicPage.objects.filter(depth=5).order_by("path"))
    tags = list(Tag.objects.order_by("pk"))
    articles = [_article(number, authors) for number in range(first, first + count)]
    chances = [Chance(f"kinship {number}") for number in range(first, first + count)]
    chosen_topics = [chance.sample(topics, chance.choice([1, 1, 2])) for chance in chances]
    chosen_tags = [chance.sample(tags, 3) for chance in chances]
    for article, own in zip(articles, chosen_topics, strict=True):
        article.topics = own
    add_pages(index, articles, [BEGAN_AT + YEARS * (first + number) / of for number in range(count)])
    Contributor.objects.bulk_create(
        [
            Contributor(article=article, author_id=row.author_id, role=row.role, sort_order=order)
            for article in articles
            for order, row in enumerate(article.contributors.all())
        ],
        batch_size=BATCH,
    )
    through = ArticlePage.topics.through
    through.objects.bulk_create(
        [
            through(articlepage_id=article.pk, topicpage_id=topic.pk)
            for article, own in zip(articles, chosen_topics, strict=True)
            for topic in own
        ],
        batch_size=BATCH,
    )
    ArticleTag.objects.bulk_create(
        [
            ArticleTag(content_object_id=article.pk, tag=tag)
            for article, own in zip(articles, chosen_tags, strict=True)
            for tag in own
        ],
        batch_size=BATCH,
    )
    stored = ArticlePage.objects.filter(pk__in=[article.pk for article in articles])
    index_pages(list(stored.order_by("pk").prefetch_related("tags")))
    return articles


def _article(number: int, authors: Sequence[int]) -> ArticlePage:
    text = article_text(number)
    article = ArticlePage(title=text.title, slug=text.slug, summary=text.summary, body=text.body)
    chance = Chance(f"author {number}")
    writer = authors[0] if number % 100 == 0 else chance.choice(authors[1:])
    article.contributors = [Contributor(author_id=writer)]
    return article


def _add_topics(parent: TopicPage, titles: Sequence[str]) -> list[TopicPage]:
    topics = [TopicPage(title=title, slug=slugify(title), intro=f"<p>All of it: {title}.</p>") for title in titles]
    add_pages(parent, topics, [BEGAN_AT] * len(topics))
    index_pages(topics)
    return topics
