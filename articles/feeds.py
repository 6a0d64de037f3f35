"""The newest articles of the site, of a topic or of an author, for feed readers."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import OuterRef, Prefetch, Subquery
from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page

from articles.feed_formats import FORMATS, Image, Person, SteadyFeed
from articles.models import ArticlePage, Contributor, Correction, TopicPage
from articles.models.article_queries import ArticleQuerySet
from findable.visibility import find_out_who_sees
from pictures.models import Picture
from prose.xml import xml_text

ENTRIES = 30

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed began whose page was never published, as far as anybody knows."""


@dataclass(frozen=True, kw_only=True)
class Channel:
    """What a feed says of itself. `address` is its own, absolute; `page` is what it belongs to."""

    title: str
    publisher: str
    description: str
    address: str
    page: Page


def feed_of(channel: Channel, articles: ArticleQuerySet, ending: str) -> SteadyFeed:
    """Return the first of `articles`, which are published and in order, as a feed in the format of that `ending`.

    Takes the same queries for any number of them.
    """
    feed = FORMATS[ending](
        title=xml_text(channel.title),
        link=channel.page.full_url,
        description=xml_text(channel.description),
        subtitle=xml_text(channel.description),
        # Atom wants an author, also for an article that names none.
        author_name=xml_text(channel.publisher),
        language=get_language(),
        feed_url=channel.address,
        # What names the feed for good: the page's own address may change.
        feed_guid=channel.address,
        begun_at=channel.page.first_published_at or BEGINNING,
    )
    shown = list(for_feed(articles))
    find_out_who_sees(writer.author for article in shown for writer in article.authors())
    for article in shown:
        add(feed, article)
    return feed


def for_feed(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Return the first of `articles` with all that a feed tells of them, and without their bodies."""
    corrections = Correction.objects.filter(article=OuterRef("pk")).order_by("-corrected_on").values("corrected_on")
    return (
        articles.defer("body")
        .annotate(corrected_on=Subquery(corrections[:1]))
        .select_related("hero")
        .prefetch_related(
            "hero__renditions",
            Prefetch("topics", TopicPage.objects.live().public().order_by("title")),
            Prefetch("contributors", Contributor.objects.select_related("author").order_by("sort_order")),
        )[:ENTRIES]
    )


def add(feed: SteadyFeed, article: ArticlePage) -> None:
    """Add `article` to `feed`."""
    published_at = article.published_at or article.last_published_at or BEGINNING
    text = xml_text(article.search_description or article.summary)
    feed.add_item(
        unique_id=article.translation_key.urn,
        unique_id_is_permalink=False,
        title=xml_text(article.title),
        link=article.full_url,
        # Readers take it for HTML.
        description=escape(text),
        text=text,
        pubdate=published_at,
        updateddate=max(published_at, article.modified_at or published_at),
        categories=[xml_text(topic.title) for topic in article.topics.all()],
        authors=[person(contributor) for contributor in article.authors()],
        image=image(article.hero) if article.hero else None,
    )


def person(contributor: Contributor) -> Person:
    """Return who `contributor` is, with the address of a page that readers may see."""
    author = contributor.author
    return Person(name=xml_text(author.title), address=author.full_url if author.is_for_everybody else "")


def image(picture: Picture) -> Image:
    """Return the largest size of `picture` that was made, or else the picture as it was uploaded."""
    source = picture.largest
    return Image(
        address=urljoin(settings.ALMANAC_URL, source.file.url),
        media_type=mimetypes.guess_type(source.file.name)[0] or "application/octet-stream",
        width=source.width,
        height=source.height,
    )
