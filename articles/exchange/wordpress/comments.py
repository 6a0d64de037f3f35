"""The readers' comments of a post, as the part "comments" takes them (see `articles.exchange.parts`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from articles.exchange.markers import Tally
from articles.exchange.wordpress.details import moment_of
from articles.exchange.wordpress.items import Item

STATES = {
    "1": "approved",
    "approve": "approved",
    "approved": "approved",
    "0": "pending",
    "hold": "pending",
    "spam": "spam",
    "trash": "trash",
    "post-trashed": "trash",
}
OF_OUR_EXPORTS = {"_almanac_public_id": "public_id", "_almanac_parent": "parent_public_id"}
KINDS = {"": "comment", "comment": "comment", "review": "comment"}


def comments_of(item: Item, ignored: Tally) -> list[dict[str, Any]]:
    """Return the comments in the order of the file; pingbacks and the like are counted among what is ignored.

    The addresses of the networks that they came from are not read.
    """
    return list(_comments(item, ignored))


def _comments(item: Item, ignored: Tally) -> Iterator[dict[str, Any]]:
    for comment in item.element.findall("wp:comment"):
        kind = _text(comment, "wp:comment_type")
        if kind not in KINDS:
            ignored[kind] += 1
            continue
        parent = _text(comment, "wp:comment_parent")
        yield {
            "foreign_id": _text(comment, "wp:comment_id"),
            "parent": "" if parent == "0" else parent,
            "name": _text(comment, "wp:comment_author"),
            "email": _text(comment, "wp:comment_author_email"),
            "url": _text(comment, "wp:comment_author_url"),
            "text": _text(comment, "wp:comment_content"),
            "written_at": moment_of(_text(comment, "wp:comment_date_gmt"), _text(comment, "wp:comment_date")),
            "state": STATES.get(_text(comment, "wp:comment_approved").lower(), "pending"),
            "kind": KINDS[kind],
            "user": _text(comment, "wp:comment_user_id"),
            **_told_by_us(comment),
        }


def _told_by_us(comment: Element) -> dict[str, str]:
    metas = {_text(meta, "wp:meta_key"): _text(meta, "wp:meta_value") for meta in comment.findall("wp:commentmeta")}
    return {key: metas[name] for name, key in OF_OUR_EXPORTS.items() if name in metas}


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()
