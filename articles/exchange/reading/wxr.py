"""WordPress: the file that its “Tools → Export” writes (WordPress eXtended RSS 1.0 to 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext

from articles.exchange.documents import Document, Entry, Ignored, Unreadable
from articles.exchange.encodings import utf8_chunks
from articles.exchange.html import lines_of
from articles.exchange.markers import Tally
from articles.exchange.source import MAX_BYTES, Refused, Source
from articles.exchange.wordpress.body import body_of
from articles.exchange.wordpress.comments import comments_of
from articles.exchange.wordpress.cutting import Fault, Piece, pieces_of
from articles.exchange.wordpress.details import details_of, foreign_id, title_of
from articles.exchange.wordpress.items import TEXT, Item, Site, site_of
from articles.exchange.wordpress.media import MAX_REUSED, Attachment, Media
from articles.exchange.wordpress.parsing import Broken, Parsed, TooMany, parse_head, parse_item

FORMAT = "wxr"
LABEL = "WordPress"
ORDER = 100

ARTICLES = {"post", "page"}
REFERRED_TO = re.compile(rb":post_type>\s*(?:<!\[CDATA\[)?\s*(?:attachment|wp_block)\b")
"""The types of items that others refer to, so that they are looked at first."""
NOT_BROUGHT = {"trash", "auto-draft", "inherit"}


def is_mine(name: str, head: bytes) -> bool:
    """Return whether the file begins as an export of WordPress does, in whatever encoding."""
    plain = head.replace(b"\0", b"")
    return b"wordpress.org/export/" in plain or b"<wp:wxr_version" in plain


def count(path: Path) -> int:
    """Return how many items the file has, whatever they are."""
    return sum(chunk.count(b"</item>") for chunk in utf8_chunks(path))


def read(path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
    """Yield the posts and pages of an export, and at the end what is not brought along.

    The file is read twice, an item at a time: first for the head and for what items refer to (pictures, patterns).
    Raises Refused for a file that is no export or declares entities.
    """
    export = _Export(path, name)
    export.survey()
    yield from export.entries()


@dataclass
class _Export:
    path: Path
    name: str
    site: Site = field(default_factory=Site)
    namespaces: dict[str, str] = field(default_factory=dict)
    media: Media = field(default_factory=Media)
    ignored: Tally = field(default_factory=Tally)
    seen: dict[str, int] = field(default_factory=dict)
    """The numbers of the items by their ids."""
    head_fault: Unreadable | None = None

    def survey(self) -> None:
        """Read the head, and what items refer to."""
        for piece in pieces_of(utf8_chunks(self.path)):
            if piece.number == 0:
                self._read_head(piece)
            elif not piece.fault and REFERRED_TO.search(piece.data):
                try:
                    self._remember(Item(parse_item(piece, self.namespaces).element))
                except (Broken, TooMany):
                    continue  # The second reading says so.

    def entries(self) -> Iterator[Entry]:
        """Yield what each item is."""
        if self.head_fault:
            yield self.head_fault
        for piece in pieces_of(utf8_chunks(self.path)):
            if piece.number:
                entry = self._entry(piece)
                if entry:
                    yield entry
        for what, number in self.ignored.items():
            yield Ignored(place=self.name, what=what, count=number)

    def _read_head(self, piece: Piece) -> None:
        try:
            channel, self.namespaces = parse_head(piece)
        except (Broken, TooMany) as broken:
            place = gettext("line %(line)d") % {"line": piece.line + getattr(broken, "line", 0)}
            reason = gettext("The head of the file is broken, so authors and categories have no more than their names.")
            self.head_fault = Unreadable(place=place, reason=reason)
        else:
            self.site = site_of(channel)
            if self.site.writers:
                self.ignored["account of an author"] += len(self.site.writers)

    def _remember(self, item: Item) -> None:
        if item.post_type == "attachment":
            address = item["wp:attachment_url"] or item["guid"]
            alt, caption = item.meta("_wp_attachment_image_alt"), item["excerpt:encoded"]
            attachment = Attachment(address=address, alt=alt, caption=caption)
            self.media.add(item["wp:post_id"], attachment, parent=item["wp:post_parent"])
        elif item.post_type == "wp_block" and len(item[TEXT]) <= MAX_REUSED:
            self.media.reused[item["wp:post_id"]] = item[TEXT]

    def _entry(self, piece: Piece) -> Entry | None:
        place = gettext("item %(number)d, line %(line)d") % {"number": piece.number, "line": piece.line}
        known_as = ""
        try:
            if piece.fault:
                raise Refused(_why(piece))
            parsed = parse_item(piece, self.namespaces)
            item = Item(parsed.element)
            if item.post_type not in ARTICLES or item["wp:status"] in NOT_BROUGHT:
                self._ignore(item)
                return None
            known_as = foreign_id(item, self.site)
            self._refuse_twin(known_as, piece.number)
            return self._document(item, parsed, place, known_as)
        except Broken as broken:
            reason = gettext("Line %(line)d is broken: it is no XML.") % {"line": piece.line + broken.line}
            return Unreadable(place=place, reason=reason)
        except TooMany:
            return Unreadable(place=place, reason=gettext("The item has more elements than any post."))
        except Refused as refused:
            return Unreadable(place=place, reason=refused.reason, foreign_id=known_as)

    def _ignore(self, item: Item) -> None:
        is_article = item.post_type in ARTICLES
        self.ignored[f"{item.post_type} ({item['wp:status']})" if is_article else item.post_type] += 1

    def _refuse_twin(self, known_as: str, number: int) -> None:
        if not known_as:
            raise Refused(gettext("The item has no id, so it would be another article with each import."))
        first = self.seen.setdefault(known_as, number)
        if first != number:
            raise Refused(gettext("It has the same id as item %(number)d.") % {"number": first})

    def _document(self, item: Item, parsed: Parsed, place: str, known_as: str) -> Document:
        if len(item[TEXT]) > MAX_BYTES:
            raise Refused(
                gettext("The text has %(count)s characters; %(most)s are allowed.")
                % {"count": f"{len(item[TEXT]):,}", "most": f"{MAX_BYTES:,}"}
            )
        notes = _notes(item, parsed)
        title = title_of(item)
        if not title:
            raise Refused(gettext("It has neither a title nor an address to take one from."))
        html, body = body_of(item, self.media)
        text = lines_of(html, title=title, base=item["link"] or self.site.address)
        comments = comments_of(item, self.ignored)
        return Document(
            format=FORMAT,
            source=Source(path=self.name, lines=text.lines, marked=text.marked, given=text.given),
            foreign_id=known_as,
            place=place,
            details=details_of(item, self.site, self.media, self.ignored, notes=notes),
            pictures=text.embedded,
            parts={"comments": comments} if comments else {},
            removed=(*body.removed.removed(), *text.removed),
        )


def _notes(item: Item, parsed: Parsed) -> list[str]:
    """Return what was set right in the item before it could be read."""
    told = [
        (not parsed.is_utf8, gettext("It holds bytes that are not UTF-8; they were read as Windows-1252.")),
        (parsed.is_repaired, gettext("Its XML was broken and was repaired.")),
        (parsed.control_characters > 0, gettext("It held control characters, which were left out.")),
        (not item["title"], gettext("It has no title; its address was taken for one.")),
    ]
    return [sentence for is_so, sentence in told if is_so]


def _why(piece: Piece) -> str:
    said = {"number": piece.number, "line": piece.line}
    if piece.fault is Fault.ENDS_TOO_EARLY:
        return gettext("The file ends in the middle of item %(number)d (line %(line)d).") % said
    if piece.fault is Fault.TOO_LARGE:
        return gettext("Item %(number)d (line %(line)d) is larger than 16 MB.") % said
    return gettext("Item %(number)d (line %(line)d) does not end where the next one begins.") % said
