"""The latest comments under an article, for feed readers (Atom, RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from articles.feed_formats import SteadyFeed
from articles.models import ArticlePage
from prose.xml import xml_text
from ratings.actions import NotOpen
from ratings.markup import comment_html
from ratings.models import Comment
from ratings.views.door import open_article

ENTRIES = 50


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
@conditional_page
def comments(request: HttpRequest, article_id: int) -> HttpResponse:
    """Answer the latest comments under an article as a feed; raises Http404 unless any reader may see it.

    Whoever asks again is told by the ETag whether it has changed. There is no date to ask by: a comment that is hidden
    makes the feed older, and whoever asked by date would keep it for ever.
    """
    try:
        feed = comments_feed(open_article(article_id))
    except NotOpen:
        raise Http404 from None
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def comments_feed(article: ArticlePage) -> CommentsFeed:
    """Return the latest published comments under `article`, whether it is public or not."""
    address = settings.ALMANAC_URL + reverse("ratings:feed", args=[article.pk])
    feed = CommentsFeed(
        title=xml_text(_("Comments on “%(title)s”") % {"title": article.title}),
        link=article.full_url,
        description=None,
        language=get_language(),
        feed_url=address,
        # What names the feed for good: the article's own address may change.
        feed_guid=address,
        begun_at=article.published_at or datetime(1970, 1, 1, tzinfo=UTC),
    )
    latest = Comment.objects.published().under(article).order_by("-published_at", "-pk")
    for comment in latest.only("public_id", "name", "text", "published_at", "edited_at")[:ENTRIES]:
        name = xml_text(comment.name)
        feed.add_item(
            unique_id=comment.public_id.urn,
            title=_("Comment by %(name)s") % {"name": name},
            author_name=name,
            link=settings.ALMANAC_URL + reverse("ratings:permalink", args=[comment.public_id]),
            description=xml_text(comment_html(comment.text)),
            pubdate=comment.published_at,
            # Words may also have changed while they waited.
            updateddate=max(filter(None, (comment.published_at, comment.edited_at))),
        )
    return feed


class CommentsFeed(SteadyFeed, Atom1Feed):
    """Atom whose entries hold whole texts, where Django writes summaries."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one entry."""
        super().add_item_elements(handler, item | {"description": None})
        handler.addQuickElement("content", item["description"], {"type": "html"})
