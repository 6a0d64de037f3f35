"""The attachments of a site, and the whole pictures behind its thumbnails."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape, unescape

from articles.exchange.markers import figure

RESIZED = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{3,4}$)")
RESIZING_HOST = re.compile(r"^https?://i\d\.wp\.com/")
"""Jetpack's service, which takes the address of the picture as its path."""
PICTURE = re.compile(r"""(<img\b[^<>]{0,4000}?\ssrc\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)
MAX_REUSED = 200_000
"""Characters in one piece of text that several posts show."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file of the media library."""

    address: str
    alt: str = ""
    caption: str = ""


@dataclass
class Media:
    """What posts refer to by id: attachments, and pieces of text that several posts show."""

    attachments: dict[str, Attachment] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    """The ids of the pictures that were uploaded to a post, by its id."""
    reused: dict[str, str] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, attachment: Attachment, *, parent: str = "") -> None:
        """Remember the attachment with the id `key`, uploaded to the post with the id `parent`."""
        self.attachments[key] = attachment
        self.children.setdefault(parent, []).append(key)
        self._addresses[_without_scheme(attachment.address)] = attachment.address

    def whole(self, address: str) -> str:
        """Return the address of the whole picture that `address` shows small, if the site has it."""
        direct = RESIZING_HOST.sub("https://", address)
        plain = direct.partition("?")[0]
        for candidate in (plain, RESIZED.sub("", plain), RESIZED.sub("-scaled", plain)):
            if found := self._addresses.get(_without_scheme(candidate)):
                return found
        return plain if direct != address else address

    def with_whole_pictures(self, html: str) -> str:
        """Return `html` with its thumbnails exchanged for the whole pictures."""

        def exchanged(match: re.Match[str]) -> str:
            address = unescape(match[2] if match[2] is not None else match[3])
            return f'{match[1]}"{escape(self.whole(address))}"'

        return PICTURE.sub(exchanged, html)

    def figures(self, keys: str) -> tuple[str, list[str]]:
        """Return the pictures with these ids (numbers with commas between) as HTML, and the ids that are not known."""
        wanted = re.findall(r"\d+", keys)
        found = [self.attachments[key] for key in wanted if key in self.attachments]
        missing = [key for key in wanted if key not in self.attachments]
        return "".join(figure(each.address, each.alt, each.caption) for each in found), missing


def _without_scheme(address: str) -> str:
    return address.partition("://")[2] or address
