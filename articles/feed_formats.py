"""The formats in which a feed is written: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.

Django's own feeds know one author an entry, and a picture only with its length in bytes. Here an item
has also `authors`, a list of `Person`; `image`, an `Image` or None; and `text`, its description as plain text. A feed
says in `begun_at` since when it exists.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who wrote something. `address` is absolute, or empty for somebody whose page readers cannot see."""

    name: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Image:
    """The picture of an item: its absolute address, media type, and size in pixels."""

    address: str
    media_type: str
    width: int
    height: int


class SteadyFeed(SyndicationFeed):
    """A feed that stays the same, byte for byte, until something in it changes, also while it is empty."""

    content_type: str

    def latest_post_date(self) -> datetime:
        """Return when the latest entry was published or changed; of an empty feed, when it began."""
        return super().latest_post_date() if self.items else self.feed["begun_at"]


class RssFeed(SteadyFeed, Rss201rev2Feed):
    """RSS 2.0 with the authors of Dublin Core and the pictures of Media RSS."""

    def rss_attributes(self) -> dict[str, str]:
        """Return the attributes of the root: also the namespaces of what RSS itself does not know."""
        return super().rss_attributes() | {
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one item."""
        super().add_item_elements(handler, item)
        for person in item["authors"]:
            handler.addQuickElement("dc:creator", person.name)
        if image := item["image"]:
            attributes = {"url": image.address, "type": image.media_type, "medium": "image"}
            size = {"width": str(image.width), "height": str(image.height)}
            handler.addQuickElement("media:content", None, attributes | size)


class AtomFeed(SteadyFeed, Atom1Feed):
    """Atom with any number of authors."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write one entry."""
        super().add_item_elements(handler, item)
        for person in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", person.name)
            if person.address:
                handler.addQuickElement("uri", person.address)
            handler.endElement("author")
        if image := item["image"]:
            attributes = {"rel": "enclosure", "href": image.address, "type": image.media_type}
            handler.addQuickElement("link", None, attributes)


class JsonFeed(SteadyFeed):
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed."""
        document = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "items": [_json_item(item) for item in self.items],
        }
        json.dump(document, outfile, ensure_ascii=False)


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    image = item["image"]
    found = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_text": item["text"],
        "image": image and image.address,
        "date_published": rfc3339_date(item["pubdate"]),
        "date_modified": rfc3339_date(item["updateddate"]),
        "authors": [_json_person(person) for person in item["authors"]],
        "tags": list(item["categories"]),
    }
    # What there is none of is left out; the text is required, also an empty one.
    return {name: value for name, value in found.items() if value or name == "content_text"}


def _json_person(person: Person) -> dict[str, str]:
    return {"name": person.name} | ({"url": person.address} if person.address else {})


FORMATS: dict[str, type[SteadyFeed]] = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}
"""The formats by the ending of their addresses."""
