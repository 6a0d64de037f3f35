"""Reading one piece of an export as XML: tolerant where people's files are broken, strict about size and entities."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from xml.etree.ElementTree import Element, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from articles.exchange.encodings import text_of
from articles.exchange.wordpress.cutting import Piece

MAX_ELEMENTS = 300_000
"""A post with ten thousand comments has half of it."""

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
REFERENCE = re.compile(r"&(?:#(x?)([0-9a-fA-F]{1,8});|(\w{1,40});)?")
XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
NAMESPACE = re.compile(r"""xmlns:([\w-]{1,40})\s*=\s*["']([^"']{0,300})["']""")
PREFIX = re.compile(r"</?([A-Za-z_][\w-]{0,40}):[A-Za-z_]")
ROOT = re.compile(r"<rss\b[^>]{0,5000}>")


class TooMany(Exception):
    """A piece has more elements than any post."""


class Broken(Exception):
    """A piece is no XML; `line` is where in the piece that shows, from 0."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """The element of a piece, its names as `prefix:name`, and what was wrong with its bytes and was set right."""

    element: Element
    is_utf8: bool = True
    is_repaired: bool = False
    control_characters: int = 0


class _Builder(TreeBuilder):
    count = 0

    def start(self, tag: str, attrs: Mapping[str, str], /) -> Element:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise TooMany
        return super().start(tag[1:].replace("}", ":") if tag.startswith("{") else tag, dict(attrs))


def namespaces_of(head: str) -> dict[str, str]:
    """Return the canonical prefix (wp, content, excerpt, dc) of each prefix that the root of `head` declares."""
    root = ROOT.search(head)
    return {prefix: _canonical(prefix, uri) for prefix, uri in NAMESPACE.findall(root[0] if root else "")}


def _canonical(prefix: str, uri: str) -> str:
    if "wordpress.org/export/" in uri:
        return "excerpt" if "/excerpt" in uri else "wp"
    known = {"http://purl.org/rss/1.0/modules/content/": "content", "http://purl.org/dc/elements/1.1/": "dc"}
    return known.get(uri, prefix)


def parse_item(piece: Piece, namespaces: Mapping[str, str]) -> Parsed:
    """Return the `<item>` of `piece`; raises Broken if it cannot be read even with bare ampersands set right."""
    text, is_utf8 = text_of(piece.data)
    text, removed = NOT_XML.subn("", text)
    try:
        element, repaired = _parse(text, namespaces), False
    except ParseError:
        element, repaired = _parse_repaired(text, namespaces), True
    return Parsed(element=element, is_utf8=is_utf8, is_repaired=repaired, control_characters=removed)


def parse_head(piece: Piece) -> tuple[Element, dict[str, str]]:
    """Return the `<channel>` of the head of a file and the prefixes of its names; raises Broken."""
    text = NOT_XML.sub("", text_of(piece.data)[0])
    namespaces = namespaces_of(text)
    start = text.find("<channel")
    if start < 0:
        raise Broken(0)
    inner = text[start:].partition("</channel>")[0] + "</channel>"
    try:
        return _parse(inner, namespaces), namespaces
    except ParseError:
        return _parse_repaired(inner, namespaces), namespaces


def _parse(text: str, namespaces: Mapping[str, str]) -> Element:
    declared = {"wp": "wp", "content": "content", "excerpt": "excerpt", "dc": "dc", **namespaces}
    root = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in declared.items() if prefix.lower() != "xml")
    parser = DefusedXMLParser(target=_Builder(), forbid_dtd=True)
    parser.feed(f"<root{root}>{text}</root>")
    element: Element = parser.close()
    return element[0]


def _parse_repaired(text: str, namespaces: Mapping[str, str]) -> Element:
    """Parse `text` with references that XML has not as characters, and with every prefix declared."""
    parts = CDATA.split(text)
    for position in range(0, len(parts), 2):
        parts[position] = REFERENCE.sub(_repaired, parts[position])
    found = {prefix: prefix for part in parts[::2] for prefix in PREFIX.findall(part)}
    try:
        return _parse("".join(parts), found | dict(namespaces))
    except ParseError as error:
        raise Broken(getattr(error, "position", (1, 0))[0] - 1) from error
    except DefusedXmlException as error:
        raise Broken(0) from error


def _repaired(reference: re.Match[str]) -> str:
    base, digits, name = reference.groups()
    if digits:
        try:
            character = chr(int(digits, 16 if base else 10))
        except (ValueError, OverflowError):
            return ""
        return "" if NOT_XML.match(character) else reference[0]
    if not name:
        return "&amp;"
    if name in XML_ENTITIES:
        return reference[0]
    character = unescape(reference[0])
    return f"&amp;{name};" if character == reference[0] else character
