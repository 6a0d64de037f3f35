"""Readers' comments out again: a line of JSON each, without a loss, or WordPress's XML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.db.models import OuterRef, QuerySet, Subquery

from articles.models import ArticlePage
from ratings.actions.importing import OWN
from ratings.exchange.lines import data_of, line_of
from ratings.exchange.parts import as_wordpress
from ratings.exchange.reading.wxr import META
from ratings.exchange.records import CommentRecord, shown, writer_digest
from ratings.exchange.wordpress import SOURCE as WORDPRESS
from ratings.models import Badge, Comment, ImportedComment, Kind, State

CHUNK = 500

NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "wp": "http://wordpress.org/export/1.2/",
}
APPROVED = {"approved": "1", "pending": "0", "spam": "spam", "trash": "trash"}


def comments_of(articles: Iterable[ArticlePage] | None) -> QuerySet[Comment]:
    """Return the comments of `articles`, or of all, article by article in the order of writing."""
    earlier = ImportedComment.objects.filter(comment__reader=OuterRef("reader")).exclude(writer="").order_by("pk")
    comments = Comment.objects.select_related("article__imported_from", "parent", "person", "imported_from")
    comments = comments.defer("article__body").annotate(known_as=Subquery(earlier.values("writer")[:1]))
    if articles is not None:
        comments = comments.filter(article__in=articles)
    # Not by their keys, which differ from site to site.
    return comments.order_by("article__url_path", "article", "created_at", "public_id")


def write_lines(comments: QuerySet[Comment], *, with_addresses: bool) -> Iterator[str]:
    """Yield a line for each comment; its writer's e-mail address only `with_addresses`."""
    for comment in comments.iterator(chunk_size=CHUNK):
        data = data_of(_record(comment))
        del data["notes"]
        if not with_addresses:
            del data["email"]
        yield line_of(data) + "\n"


def _record(comment: Comment) -> CommentRecord:
    imported = getattr(comment, "imported_from", None)
    source, foreign_id = (imported.source, imported.foreign_id) if imported else (OWN, "")
    if source == OWN:
        foreign_id = ""
    elif source == WORDPRESS:
        foreign_id = foreign_id.partition("/")[2]
    article = comment.article
    came_from = getattr(article, "imported_from", None)
    # Every comment of a reader says the same of its writer, and nothing that leads to them.
    writer: str = getattr(comment, "known_as", None) or writer_digest(OWN, str(comment.reader_id))
    return CommentRecord(
        place="",
        source=source,
        foreign_id=foreign_id,
        public_id=str(comment.public_id),
        parent=str(comment.parent.public_id) if comment.parent else "",
        article=came_from.foreign_id if came_from else "",
        addresses=(article.url or f"/{article.slug}/",),
        writer=writer,
        name=comment.name,
        email=comment.email,
        text=comment.text,
        written_at=comment.created_at.astimezone(UTC),
        edited_at=comment.edited_at and comment.edited_at.astimezone(UTC),
        published_at=comment.published_at and comment.published_at.astimezone(UTC),
        state=State(comment.state),
        kind=Kind(comment.kind),
        badge=Badge(comment.badge),
        person=comment.person.slug if comment.person else "",
        stars=comment.stars,
        helpful=comment.helpful_count,
        is_pinned=comment.is_pinned,
        pick_reason=comment.pick_reason,
        is_checked=comment.is_checked,
    )


def write_wxr(comments: QuerySet[Comment], *, with_addresses: bool) -> Iterator[str]:
    """Yield the XML that WordPress would export: an item for each article, without its text, with its comments."""
    spaces = "".join(f" xmlns:{prefix}={quoteattr(address)}" for prefix, address in NAMESPACES.items())
    yield f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"{spaces}>\n<channel>\n'
    yield from _elements({"title": "", "wp:wxr_version": "1.2"})
    under: ArticlePage | None = None
    for comment in comments.iterator(chunk_size=CHUNK):
        if under is None or under.pk != comment.article_id:
            yield "</item>\n" if under else ""
            under = comment.article
            yield "<item>\n"
            yield from _elements(_item(under))
        fields = as_wordpress(comment, with_address=with_addresses)
        yield "<wp:comment>\n"
        yield from _elements(_comment(fields))
        for name, key in META.items():
            if fields[key]:
                yield "<wp:commentmeta>\n"
                yield from _elements({"wp:meta_key": name, "wp:meta_value": fields[key]})
                yield "</wp:commentmeta>\n"
        yield "</wp:comment>\n"
    yield "</item>\n" if under else ""
    yield "</channel>\n</rss>\n"


def _item(article: ArticlePage) -> dict[str, str]:
    published_at = article.first_published_at
    return {
        "title": article.title,
        "link": article.full_url or "",
        "guid": article.full_url or "",
        "wp:post_id": str(article.pk),
        "wp:post_date_gmt": f"{published_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if published_at else "",
        "wp:comment_status": "open",
        "wp:post_name": article.slug,
        "wp:status": "publish" if article.live else "draft",
        "wp:post_type": "post",
    }


def _comment(comment: dict[str, Any]) -> dict[str, str]:
    written_at = f"{comment['written_at'].astimezone(UTC):%Y-%m-%d %H:%M:%S}"
    return {
        "wp:comment_id": comment["foreign_id"],
        "wp:comment_author": comment["name"],
        "wp:comment_author_email": comment["email"],
        "wp:comment_author_url": "",
        "wp:comment_date": written_at,
        "wp:comment_date_gmt": written_at,
        "wp:comment_content": comment["text"],
        "wp:comment_approved": APPROVED[comment["state"]],
        "wp:comment_type": comment["kind"],
        "wp:comment_parent": comment["parent"],
        "wp:comment_user_id": "0",
    }


def _elements(fields: dict[str, str]) -> Iterator[str]:
    for name, text in fields.items():
        yield f"<{name}>{escape(shown(text))}</{name}>\n"
