"""The feeds of articles: of the site, of each topic, of each author."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls.converters import IntConverter, StringConverter
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Page, Site

from articles.feed_formats import FORMATS
from articles.feeds import Channel, feed_of
from articles.models import ArticlePage, TopicPage
from articles.models.article_queries import ArticleQuerySet
from authors.models import AuthorPage
from pages.site import current_settings

View = Callable[..., HttpResponse]


class KeyConverter(IntConverter):
    """The key of a page: a number that every database column can hold."""

    regex = "[1-9][0-9]{0,17}"


class EndingConverter(StringConverter):
    """The ending of an address that names the format of a feed."""

    regex = "|".join(FORMATS)


def revalidated(view: View) -> View:
    """Answer GET and HEAD only, and let anybody keep the answer who asks each time whether it still holds.

    The ETag is a digest of the bytes. There is no date to ask by: an article that is withdrawn makes a feed older.
    """
    return require_safe(cache_control(public=True, max_age=0, must_revalidate=True)(conditional_page(view)))


@revalidated
def of_site(request: HttpRequest, ending: str) -> HttpResponse:
    """Answer the newest articles of the site."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return _answer(request, site.root_page, ArticlePage.objects.published().newest_first(), ending)


@revalidated
def of_topic(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Answer the newest articles of a topic and of those below it; raises Http404 unless any reader may see it."""
    topic = get_object_or_404(TopicPage.objects.live().public(), pk=key)
    return _answer(request, topic, ArticlePage.objects.about(topic), ending, f"{topic.title} – ")


@revalidated
def of_author(request: HttpRequest, key: int, ending: str) -> HttpResponse:
    """Answer the newest articles that somebody had a part in; raises Http404 unless any reader may see their page."""
    author = get_object_or_404(AuthorPage.objects.live().public(), pk=key)
    return _answer(request, author, ArticlePage.objects.by(author), ending, f"{author.title} – ")


def _answer(request: HttpRequest, page: Page, articles: ArticleQuerySet, ending: str, title: str = "") -> HttpResponse:
    site = current_settings(request)
    channel = Channel(
        title=f"{title}{site.name}",
        publisher=site.name,
        description=page.specific.short_description or site.description,
        address=settings.ALMANAC_URL + request.path,
        page=page,
    )
    feed = feed_of(channel, articles, ending)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
