"""WordPress: an eXtended RSS file, as its importer reads it, with pictures as attachments beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from articles.exchange.parts import written
from articles.exchange.writing.piece import Piece
from articles.exchange.writing.selection import Selection
from articles.exchange.writing.semantic import body_in_html
from articles.models import ArticlePage, TopicPage
from articles.models.contributor import Contributor
from authors.models import AuthorPage
from findable.nodes import absolute
from pictures.models import Picture
from prose.xml import xml_text

FORMAT = "wxr"
OWN_IDS = {"public_id": "public_id", "parent": "parent_public_id"}
"""By what a comment is known when it comes back here."""

LABEL = _("WordPress (WXR): posts, authors, categories, tags and comments")
ENDING = ".xml"
IS_ONE_FILE = True
MAIN = "wordpress.xml"

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
FOOT = "</channel>\n</rss>\n"

Field = tuple[str, Any]


def pieces(selection: Selection, *, with_media: bool) -> Iterator[Piece]:
    """Yield the one file. Pictures are named by their address on this site, from where WordPress fetches them."""
    yield Piece(MAIN, HEAD.encode())
    address = settings.ALMANAC_URL
    channel = [("title", settings.WAGTAIL_SITE_NAME), ("link", address), ("wp:wxr_version", "1.2")]
    yield _piece(_fields([*channel, ("wp:base_site_url", address), ("wp:base_blog_url", address)]))
    for person in AuthorPage.objects.order_by("path").iterator(chunk_size=100):
        names = [("wp:author_login", person.slug), ("wp:author_display_name", person.title)]
        yield _piece(_element("wp:author", [("wp:author_id", person.pk), *names, ("wp:author_email", "")]))
    topics = _topics()
    for topic, parent in topics.values():
        names = [("wp:category_nicename", topic.slug), ("wp:category_parent", parent.slug if parent else "")]
        yield _piece(_element("wp:category", [("wp:term_id", topic.pk), *names, ("wp:cat_name", topic.title)]))
    for tag in Tag.objects.order_by("pk").iterator(chunk_size=100):
        yield _piece(_element("wp:tag", [("wp:term_id", tag.pk), ("wp:tag_slug", tag.slug), ("wp:tag_name", tag.name)]))
    attached: set[int] = set()
    for article in selection.articles():
        shown = article if article.live else article.get_latest_revision_as_object()
        yield from _attachments(shown.pictures(), attached)
        yield _piece(_post(article, shown, topics))
    yield Piece(MAIN, FOOT.encode())


def _topics() -> dict[int, tuple[TopicPage, TopicPage | None]]:
    """Return the topics by their keys, each with the one above it; the topmost holds all and is no category."""
    found = list(TopicPage.objects.order_by("path"))
    by_path = {topic.path: topic for topic in found[1:]}
    return {topic.pk: (topic, by_path.get(topic.path[: -TopicPage.steplen])) for topic in by_path.values()}


def _attachments(pictures: Iterable[Picture], attached: set[int]) -> Iterator[Piece]:
    for picture in pictures:
        if picture.pk in attached:
            continue
        attached.add(picture.pk)
        address = absolute(picture.file.url)
        fields = [
            ("title", picture.title),
            ("link", address),
            ("guid", address),
            ("content:encoded", picture.description),
            ("excerpt:encoded", picture.credit),
            ("wp:post_id", _attachment_id(picture)),
            *_days(picture.created_at),
            ("wp:post_name", PurePosixPath(picture.file.name).stem),
            ("wp:status", "inherit"),
            ("wp:post_type", "attachment"),
            ("wp:attachment_url", address),
        ]
        yield _piece(_element("item", fields, _meta("_wp_attachment_image_alt", picture.description)))


def _attachment_id(picture: Picture) -> int:
    """Return an id that no page has: pages and pictures count apart here, posts and attachments together there."""
    return 1_000_000_000 + picture.pk


def _post(article: ArticlePage, shown: Any, topics: dict[int, tuple[TopicPage, TopicPage | None]]) -> str:
    authors = [part.author for part in shown.contributors.all() if part.role == Contributor.Role.AUTHOR]
    terms = [("category", topics[topic.pk][0]) for topic in shown.topics.all() if topic.pk in topics]
    named = [(domain, topic.slug, topic.title) for domain, topic in terms]
    named += [("post_tag", tag.slug, tag.name) for tag in shown.tags.all()]
    address = article.full_url or ""
    fields: list[Field] = [
        ("title", shown.title),
        ("link", address),
        ("guid", f"urn:uuid:{article.translation_key}"),
        *([("pubDate", http_date(article.first_published_at.timestamp()))] if article.first_published_at else []),
        ("dc:creator", authors[0].slug if authors else ""),
        ("content:encoded", body_in_html(shown, lambda picture: absolute(picture.file.url))),
        ("excerpt:encoded", shown.summary),
        ("wp:post_id", article.pk),
        *_days(article.first_published_at),
        ("wp:post_modified_gmt", _moment(article.last_published_at or article.latest_revision_created_at)),
        ("wp:comment_status", "open"),
        ("wp:post_name", article.slug),
        ("wp:status", _status(article)),
        ("wp:post_type", "post"),
    ]
    rest = [
        f'<category domain="{domain}" nicename="{_text(slug)}">{_cdata(name)}</category>'
        for domain, slug, name in named
    ]
    rest += [_meta("_thumbnail_id", _attachment_id(shown.hero))] if shown.hero else []
    rest += [_meta("_yoast_wpseo_metadesc", shown.search_description)] if shown.search_description else []
    rest += [_meta("_almanac_author", author.slug) for author in authors[1:]]
    rest += [_comment(comment) for comment in written("comments", article) or []]
    return _element("item", fields, *rest)


def _status(article: ArticlePage) -> str:
    """Return what WordPress calls it: never published there if only some may read it here."""
    if not article.live:
        return "draft"
    return "publish" if article.is_for_everybody else "private"


def _comment(comment: dict[str, Any]) -> str:
    approved = {"published": "1", "approved": "1", "pending": "0", "spam": "spam"}.get(str(comment["state"]))
    fields = [
        ("wp:comment_id", comment["foreign_id"]),
        ("wp:comment_author", comment["name"]),
        ("wp:comment_author_email", ""),
        ("wp:comment_date", _moment(comment["written_at"])),
        ("wp:comment_date_gmt", _moment(comment["written_at"])),
        ("wp:comment_content", comment["text"]),
        ("wp:comment_approved", approved or str(comment["state"])),
        ("wp:comment_parent", comment["parent"]),
        ("wp:comment_type", comment.get("kind", "comment")),
    ]
    told = [(f"_almanac_{name}", comment.get(key)) for name, key in OWN_IDS.items()]
    metas = [[("wp:meta_key", name), ("wp:meta_value", value)] for name, value in told if value]
    return _element("wp:comment", fields, *(_element("wp:commentmeta", meta) for meta in metas))


def _meta(key: str, value: Any) -> str:
    return _element("wp:postmeta", [("wp:meta_key", key), ("wp:meta_value", value)])


def _days(moment: datetime | None) -> list[Field]:
    return [("wp:post_date", _moment(moment)), ("wp:post_date_gmt", _moment(moment))]


def _moment(moment: datetime | None) -> str:
    """Return `moment` as WordPress writes it, in UTC; what never was is year 0 there."""
    return timezone.localtime(moment, UTC).strftime("%Y-%m-%d %H:%M:%S") if moment else "0000-00-00 00:00:00"


def _piece(text: str) -> Piece:
    return Piece(MAIN, text.encode())


def _fields(fields: Iterable[Field]) -> str:
    return "".join(f"<{name}>{_cdata(str(value))}</{name}>\n" for name, value in fields)


def _element(name: str, fields: Iterable[Field], *rest: str) -> str:
    return f"<{name}>\n{_fields(fields)}{''.join(f'{each}{chr(10)}' for each in rest if each)}</{name}>\n"


def _cdata(text: str) -> str:
    """Return `text` as a section that no text ends before its time."""
    return f"<![CDATA[{xml_text(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def _text(text: str) -> str:
    return escape(xml_text(text), {'"': "&quot;"})
