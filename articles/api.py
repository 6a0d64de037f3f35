"""What machines may read of articles, topics, authors and kinds of blocks: what any reader sees, and no more."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from http import HTTPStatus
from typing import Any, Literal

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import field_validator
from wagtail.models import PageQuerySet

from articles import presenting
from articles.api_schemas import (
    ArticleDetail,
    ArticleList,
    AuthorDetail,
    AuthorSummary,
    KindSummary,
    TopicDetail,
    TopicSummary,
)
from articles.blocks.registry import kinds
from articles.models import ArticlePage, ArticleTag, TopicPage
from articles.models.article_queries import ArticleQuerySet, listed_articles
from articles.paging import page_of
from articles.reading import readable, refuse_unknown_parameters
from authors.models import AuthorPage
from findable.nodes import absolute

router = Router(tags=["articles"])

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
BIGGEST_KEY_BITS = 63
DIALECT = "https://json-schema.org/draft/2020-12/schema"
ORDERS = {"newest": ("-first_published_at", "-pk"), "oldest": ("first_published_at", "pk"), "title": ("title", "pk")}


class ArticleQuery(Schema):
    """Which articles are asked for."""

    topic: int | None = Field(None, description="Only articles of this topic (its id) and below it.")
    author: int | None = Field(None, description="Only what this person (id) had a part in.")
    tag: str | None = Field(None, max_length=100, description="Only articles with exactly this tag.")
    since: date | None = Field(None, ge=date(1900, 1, 1), description="Only what appeared on this day or later.")
    until: date | None = Field(None, le=date(2999, 12, 31), description="Only what appeared on this day or earlier.")
    order: Literal["newest", "oldest", "title"] = "newest"
    page: int = Field(1, ge=1)
    size: int = Field(20, ge=1, le=100, description="How many articles a page has.")

    @field_validator("since", "until", mode="before")
    @classmethod
    def is_a_day(cls, value: Any) -> Any:
        """Return `value`; raises ValueError for a number, which would pass for seconds since 1970."""
        if isinstance(value, str) and not DAY.fullmatch(value):
            raise ValueError("Write it as 2026-01-31.")
        return value

    def chosen(self) -> ArticleQuerySet:
        """Return the articles; raises HttpError 404 for a topic or an author that no reader may see."""
        found = listed_articles()
        if self.topic is not None:
            topic = _find(TopicPage.objects.published(), self.topic)
            found = found.of_topic(_known(topic, "topic", self.topic))
        if self.author is not None:
            author = _find(AuthorPage.objects.live().public(), self.author)
            found = found.by(_known(author, "author", self.author))
        if self.tag is not None:
            tagged = ArticleTag.objects.filter(tag__name=self.tag)
            found = found.filter(pk__in=tagged.values("content_object"))
        if self.since:
            found = found.filter(first_published_at__gte=_moment(self.since, time.min))
        if self.until:
            found = found.filter(first_published_at__lte=_moment(self.until, time.max))
        return found.order_by(*ORDERS[self.order])

    def address(self, number: int) -> str:
        """Return the absolute address of that page of the same list."""
        asked = self.model_dump(mode="json", exclude_defaults=True)
        return f"{absolute(reverse('api:articles'))}?{urlencode(asked | {'page': number})}"


@readable(router, "/articles/", response=ArticleList, url_name="articles")
def articles(request: HttpRequest, query: Query[ArticleQuery]) -> ArticleList:
    """List the published articles, page by page."""
    refuse_unknown_parameters(request, *ArticleQuery.model_fields)
    shown = Prefetch("topics", TopicPage.objects.published().order_by("title"))
    cards = ArticlePage.objects.for_cards().prefetch_related(shown, "tagged_items__tag")
    page = page_of(query.chosen(), str(query.page), query.size, shown=cards)
    return ArticleList(
        count=page.paginator.count,
        next=query.address(query.page + 1) if page.has_next() else None,
        previous=query.address(query.page - 1) if page.has_previous() else None,
        articles=presenting.in_list(list(page)),
    )


@readable(router, "/articles/{int:article_id}/", response=ArticleDetail, url_name="article")
def article(request: HttpRequest, article_id: int) -> ArticleDetail:
    """Give the whole article, block by block."""
    refuse_unknown_parameters(request)
    shown = Prefetch("topics", TopicPage.objects.published().order_by("title"))
    with_body = ArticlePage.objects.published().for_cards().defer(None)
    return presenting.in_full(_with_key(with_body.prefetch_related(shown, "tagged_items__tag"), article_id))


@readable(router, "/topics/", response=list[TopicSummary], url_name="topics")
def topics(request: HttpRequest) -> list[TopicSummary]:
    """List all topics in the order of the tree."""
    refuse_unknown_parameters(request)
    return presenting.topic_summaries(list(TopicPage.objects.published().order_by("path")))


@readable(router, "/topics/{int:topic_id}/", response=TopicDetail, url_name="topic")
def topic(request: HttpRequest, topic_id: int) -> TopicDetail:
    """Give the topic with its introduction and the topics below it."""
    refuse_unknown_parameters(request)
    published = list(TopicPage.objects.published().order_by("path"))
    found = next((each for each in published if each.pk == topic_id), None)
    return presenting.topic_in_full(_known(found, "topic", topic_id), published)


@readable(router, "/authors/", response=list[AuthorSummary], url_name="authors")
def authors(request: HttpRequest) -> list[AuthorSummary]:
    """List everybody who writes, reviews or is quoted, by name."""
    refuse_unknown_parameters(request)
    return [presenting.author_in_list(found) for found in AuthorPage.objects.live().public().order_by("title", "pk")]


@readable(router, "/authors/{int:author_id}/", response=AuthorDetail, url_name="author")
def author(request: HttpRequest, author_id: int) -> AuthorDetail:
    """Give the person with biography, credentials and topics."""
    refuse_unknown_parameters(request)
    published = (
        AuthorPage.objects.live()
        .public()
        .select_related("portrait")
        .prefetch_related("portrait__renditions", "credentials", "links")
    )
    return presenting.author_in_full(_with_key(published, author_id))


@readable(router, "/kinds/", response=list[KindSummary], url_name="kinds")
def kinds_of_blocks(request: HttpRequest) -> list[KindSummary]:
    """List the kinds of blocks that a body is made of."""
    refuse_unknown_parameters(request)
    return [
        KindSummary(
            kind=name, title=str(block.label), description=str(block.get_description()), schema_url=_schema_url(name)
        )
        for name, block in kinds().items()
    ]


@readable(router, "/kinds/{str:kind}/schema/", response=dict[str, Any], url_name="schema")
def schema(request: HttpRequest, kind: str) -> dict[str, Any]:
    """Give the JSON Schema of the data of that kind, with a sample."""
    refuse_unknown_parameters(request)
    block = _known(kinds().get(kind), "kind", kind)
    name = {"$schema": DIALECT, "$id": _schema_url(kind), "title": str(block.label)}
    sample = block.data(block.normalize(block.get_preview_value()))
    return name | {"description": str(block.get_description())} | block.json_schema() | {"examples": [sample]}


def _schema_url(kind: str) -> str:
    return absolute(reverse("api:schema", args=[kind]))


def _with_key(pages: PageQuerySet, key: int) -> Any:
    """Return the page; raises Http404 if there is none."""
    found = _find(pages, key)
    if found is None:
        raise Http404
    return found


def _find(pages: PageQuerySet, key: int) -> Any:
    """Return the page, or None. An address may hold a number that no database column does."""
    return pages.filter(pk=key).first() if key.bit_length() < BIGGEST_KEY_BITS else None


def _known(found: Any, what: str, name: object) -> Any:
    """Return `found`; raises HttpError 404 if it is None."""
    if found is None:
        raise HttpError(HTTPStatus.NOT_FOUND, f"There is no {what} “{str(name)[:80]}”.")
    return found


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
