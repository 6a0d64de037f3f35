"""WordPress: the comments in the XML that it exports (WXR). The articles themselves are `import_articles`'s."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from articles.exchange.documents import Ignored
from ratings.exchange.records import Broken, Entry, moment_of
from ratings.exchange.wordpress import SOURCE, is_by_a_reader, record_of_comment
from ratings.exchange.xml import Element, Torn, elements

FORMAT = SOURCE
ORDER = 20

META = {"_almanac_public_id": "public_id", "_almanac_parent": "parent_public_id"}
"""What our own exports say of a comment beside what WordPress knows."""


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it is an RSS of WordPress."""
    return b"wordpress.org/export" in head or (b"<rss" in head and b"xmlns:wp" in head)


def read(path: Path) -> Iterator[Entry]:
    """Yield the comments of each item. Raises Refused."""
    item: dict[str, str] = {}
    wanted = frozenset({"link", "guid", "wp:post_id", "wp:post_name", "wp:comment"})
    for element in elements(path, wanted=wanted, opened=frozenset({"item"})):
        if isinstance(element, Torn):
            yield Broken(place=f"line {element.line}", reason=_("The file is torn here: ") + element.reason)
        elif element.name == "item":
            item = {}
        elif element.name != "wp:comment":
            item[element.name] = element.text.strip()
        elif not is_by_a_reader(comment := comment_of(element)):
            yield Ignored(place=f"line {element.line}", what=comment["kind"])
        else:
            addresses = [item.get("link", ""), item.get("guid", ""), f"/{item.get('wp:post_name', '')}/"]
            yield record_of_comment(
                comment,
                f"line {element.line}",
                addresses=tuple(address for address in addresses if address.strip("/")),
                article=item.get("guid", ""),
            )


def comment_of(element: Element) -> dict[str, Any]:
    """Return a wp:comment with the keys that `ratings.exchange.wordpress` knows."""
    meta = {each.said("wp:meta_key"): each.said("wp:meta_value") for each in element.children if each.children}
    return {
        "foreign_id": element.said("wp:comment_id"),
        "parent": element.said("wp:comment_parent"),
        "name": element.said("wp:comment_author"),
        "email": element.said("wp:comment_author_email"),
        "user": element.said("wp:comment_user_id"),
        "text": element.said("wp:comment_content"),
        "written_at": moment_of(element.said("wp:comment_date_gmt")) or moment_of(element.said("wp:comment_date")),
        "state": element.said("wp:comment_approved"),
        "kind": element.said("wp:comment_type"),
        **{key: meta[name] for name, key in META.items() if name in meta},
    }
