"""Turns articles, topics and authors into what machines are told of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from articles.api_schemas import (
    ArticleDetail,
    ArticleSummary,
    AuthorDetail,
    AuthorSummary,
    ContributorData,
    CorrectionData,
    CredentialData,
    EventData,
    LinkData,
    Person,
    PictureData,
    SignOffData,
    SourceData,
    TopicDetail,
    TopicLink,
    TopicSummary,
)
from articles.chronicle import Event, history_of, version_url
from articles.citations.describing import source_data
from articles.citations.numbering import citing
from articles.description import picture_data
from articles.links import linked, links_known
from articles.models import ArticlePage, TopicPage, fetch_what_is_shown
from articles.outline import anchor
from articles.twin import markdown_url
from authors.models import AuthorPage
from findable.nodes import absolute
from pictures.models import Picture

ANSWERS: dict[str, str] = {}
"""What there is to an article elsewhere in the API: its name in `links`, and the name of its address, which takes the
article's id. The project fills it in, since articles know nothing of who answers them."""

People = dict[int, AuthorPage]
"""The people whose page any reader may see, by key."""


def published_people(keys: Iterable[int]) -> People:
    """Return those people whose page any reader may see, with their credentials."""
    # Asked even for nobody: a list takes the same queries whoever wrote its articles.
    return AuthorPage.objects.live().public().prefetch_related("credentials").in_bulk({*keys} or {0})


def article_summary(article: ArticlePage, people: People) -> dict[str, Any]:
    """Return the fields of an ArticleSummary."""
    return {
        "id": article.pk,
        "title": article.title,
        "summary": article.summary,
        "url": article.full_url,
        "canonical": article.canonical_url,
        "markdown": markdown_url(article),
        "detail": absolute(reverse("api:article", args=[article.pk])),
        "published": article.published_at,
        "revised": article.shown_revision_date,
        "authors": [person(contributor.author, people) for contributor in article.authors()],
        "topics": [topic_link(topic) for topic in article.topics.all()],
        "tags": sorted(tagged.tag.name for tagged in article.tagged_items.all()),
        "hero": picture(article.hero, alt=article.hero_description),
    }


def in_list(articles: list[ArticlePage]) -> list[ArticleSummary]:
    """Return `articles` as lists show them. Their contributors are known already."""
    people = published_people(part.author_id for article in articles for part in article.contributors.all())
    return [ArticleSummary(**article_summary(article, people)) for article in articles]


def in_full(article: ArticlePage) -> ArticleDetail:
    """Return the whole `article`, with its sign-offs of today."""
    today = timezone.localdate()
    reviews, told = article.reviews_in_force(today), history_of(article, today)
    named = article.contributors.all()
    people = published_people([*(each.author_id for each in named), *(review.reviewer_id for review in reviews)])
    fetch_what_is_shown(article.body)
    with links_known(article.body), citing(article.body) as citations:
        body = [
            {
                "id": part.id or "",
                "anchor": anchor(part.id),
                "kind": part.block_type,
                "data": part.block.data(part.value),
            }
            for part in article.body
        ]
    return ArticleDetail(
        **article_summary(article, people),
        contributors=[
            ContributorData(**person(part.author, people).dict(), role=part.role)
            for part in article.other_contributors()
        ],
        sign_offs=[
            SignOffData(
                kind=review.kind, reviewer=person(review.reviewer, people), signed=review.signed_on, due=review.due_on
            )
            for review in reviews
        ],
        history=[event_data(event, article) for event in told],
        corrections=[
            CorrectionData(day=event.day, text=event.text, wrong=_older(event, article))
            for event in told
            if event.is_correction
        ],
        reading_minutes=article.reading_minutes,
        body=body,
        sources=[SourceData(**source_data(entry)) for entry in citations.entries()],
        links={name: absolute(reverse(address, args=[article.pk])) for name, address in ANSWERS.items()},
    )


def event_data(event: Event, article: ArticlePage) -> EventData:
    """Return what happened to `article`."""
    return EventData(
        kind=event.kind, day=event.day, text=event.text, ended=event.ended_on, version=_older(event, article)
    )


def _older(event: Event, article: ArticlePage) -> str | None:
    return version_url(article, event.version) if event.version else None


def person(author: AuthorPage, people: People) -> Person:
    """Return `author`; of somebody who is not among the published `people`, only the name."""
    known = people.get(author.pk)
    if known is None:
        return Person(name=author.title, url=None)
    return Person(name=known.title, url=known.full_url, job_title=known.job_title, credentials=credentials(known))


def credentials(author: AuthorPage) -> list[CredentialData]:
    """Return what `author` has learned, and by which license they work."""
    return [
        CredentialData(
            degree=found.degree,
            body=found.body,
            number=found.number,
            register_url=found.register_url or None,
            checked=found.checked_on,
        )
        for found in author.credentials.all()
    ]


def picture(shown: Picture | None, alt: str | None = None) -> PictureData | None:
    """Return `shown`, with `alt` in place of its own description; as decoration it has an empty one."""
    data = picture_data(shown)
    return PictureData(**data | ({} if alt is None else {"alt": alt})) if data else None


def topic_link(topic: TopicPage) -> TopicLink:
    """Return where `topic` is."""
    return TopicLink(id=topic.pk, title=topic.title, url=topic.full_url)


def topic_summaries(topics: list[TopicPage]) -> list[TopicSummary]:
    """Return `topics`, which are all that are published, as lists show them."""
    return [TopicSummary(**_topic_fields(topic, topics)) for topic in topics]


def topic_in_full(topic: TopicPage, topics: list[TopicPage]) -> TopicDetail:
    """Return the whole `topic`, one of `topics`, which are all that are published."""
    below = [other for other in topics if other.depth == topic.depth + 1 and other.path.startswith(topic.path)]
    subtopics = [topic_link(other) for other in below]
    return TopicDetail(**_topic_fields(topic, topics), intro=linked(topic.intro), subtopics=subtopics)


def author_in_list(author: AuthorPage) -> AuthorSummary:
    """Return `author` as lists show them."""
    return AuthorSummary(**_author_fields(author))


def author_in_full(author: AuthorPage) -> AuthorDetail:
    """Return `author` with the topics that any reader may see."""
    topics = TopicPage.objects.published().filter(authors=author).order_by("title")
    return AuthorDetail(
        **_author_fields(author),
        biography=linked(author.biography),
        portrait=picture(author.portrait),
        credentials=credentials(author),
        topics=[topic_link(topic) for topic in topics],
        links=[LinkData(title=link.label, url=link.url) for link in author.links.all()],
    )


def _topic_fields(topic: TopicPage, topics: list[TopicPage]) -> dict[str, Any]:
    above = topic.path[: -topic.steplen]
    return topic_link(topic).dict() | {
        "slug": topic.slug,
        "description": topic.short_description,
        "parent": next((other.pk for other in topics if other.path == above), None),
        "articles": _articles_with(topic=topic.pk),
    }


def _author_fields(author: AuthorPage) -> dict[str, Any]:
    return {
        "id": author.pk,
        "name": author.title,
        "slug": author.slug,
        "url": author.full_url,
        "job_title": author.job_title,
        "articles": _articles_with(author=author.pk),
    }


def _articles_with(**parameters: int) -> str:
    return f"{absolute(reverse('api:articles'))}?{urlencode(parameters)}"
