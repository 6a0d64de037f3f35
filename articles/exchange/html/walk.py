"""Walking through HTML, element by element, and writing down what a reader sees.

Nothing here calls itself: however deep elements nest, they are walked with a list of those that are open.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from selectolax.lexbor import LexborNode

from articles.exchange.html.blocks import Block
from articles.exchange.html.embedded import Embedded
from articles.exchange.html.office import is_word_mark, mark_of
from articles.exchange.html.parsing import MOST_TEXT
from articles.exchange.html.pictures import absolute, is_tracker, picture_address, unwrapped, video_address
from articles.exchange.html.removal import HIDING_STYLE, Removal, dangerous_scheme, is_safe, removed_name
from articles.exchange.html.runs import Style, address, folded
from articles.exchange.html.structures import AtEnd, Attributes, Structures, credits_testimonial, is_last, opens_section
from articles.exchange.html.styles import Rules, block_style, restyled
from articles.exchange.inline import LONGEST_ADDRESS
from articles.exchange.recognizers import block_recognizers
from articles.exchange.source import Refused
from articles.exchange.vocabulary import listed
from prose.words import words

BLOCKS = listed(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol "
    "optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp"
)
FOOTNOTE = re.compile(r"\bfootnote-(?:anchor|ref)\b")
TITLED = re.compile(r"\b(?:title|heading|label)(?:$|\s)")
MOST_LINKED = 5_000
MARKER = re.compile(r"\s*(?P<name>/?[a-z_]{1,40})\s*(?P<fields>\{.{0,20000}\})?\s*", re.DOTALL)
UNSEEN = str.maketrans({"\u00ad": "", "\u200b": "", "\ufeff": "", "\u2060": "", "\u00a0": " "})
"""Places where a word may or must not break, and blanks at which a line must not."""


@dataclass
class _Open:
    """An element that is being read, the style outside of it, and what is to be done at its end."""

    node: LexborNode
    tag: str
    style: Style
    leave: AtEnd | None


class Walk(Structures):
    """Reads elements into one flow of blocks."""

    def __init__(self, base: str, rules: Rules) -> None:
        super().__init__()
        self.removal = Removal()
        self.embedded = Embedded()
        self.pictures: list[str] = []
        self._base = base
        self._rules = rules
        self._from_google = bool(rules)
        self._characters = 0
        self._open: list[_Open] = []
        self._sources: list[Attributes] = []
        self._with_words: dict[int, bool] = {}
        """For links with a picture, by their place in memory, whether they have words too, other than its caption."""

    def read(self, root: LexborNode) -> None:
        """Read what is in `root`."""
        node = root.first_child
        while node is not None or self._open:
            if node is None:
                done = self._open.pop()
                self._leave(done)
                node = done.node.next
            else:
                node = node.first_child if self._enter(node) else node.next
        self._flow.end_paragraph()

    def _enter(self, node: LexborNode) -> bool:
        """Read what stands at the beginning of `node`; returns whether it is an element to be read."""
        if node.is_text_node:
            self._add_text(node.text_content or "")
            return False
        if node.is_comment_node:
            self._mark(node.comment_content or "")
            return False
        tag = node.tag or ""
        attributes = node.attributes
        self.removal.add_attributes(attributes)
        if tag in ("img", "image", "input", "br", "hr", "iframe", "embed", "object", "source", "rt", "noscript"):
            return self._enter_special(node, tag, attributes)
        if is_word_mark(attributes):
            self._word_mark = mark_of(node.text())
            return False
        removed = removed_name(node, tag, attributes, in_heading=self._flow.kind == "heading")
        if removed is not None:
            if removed:
                self.removal.add(removed)
            return False
        self._begin(node, tag, attributes)
        return True

    def _begin(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        heads = self._flow.kind == "body" and self._flow.is_at_start and opens_section(tag, attributes)
        credits_speaker = self._flow.kind == "quote" and credits_testimonial(attributes)
        is_block = tag in BLOCKS or "-" in tag or block_style(attributes) or heads or credits_speaker
        leave: AtEnd | None = None
        outside = self._style
        if is_block:
            self._flow.end_paragraph()
            leave = self._begin_block(node, tag, attributes) or self._end_paragraph
        elif tag == "cite" and self._flow.kind == "quote" and is_last(node):
            leave = self._begin_credit()
        elif tag == "time" or (tag == "span" and _follows_title(node)):
            self._flow.add(" ", outside)  # Neither goes on with the word before it.
        elif tag == "a":
            self._style = replace(outside, link=self._link(attributes))
            if FOOTNOTE.search(attributes.get("class") or "") or attributes.get("role") == "doc-noteref":
                self._style = replace(self._style, script="sup")
        elif tag == "q":
            self._flow.add("“", outside)
            leave = self._end_quotation_marks
        self._style = restyled(self._style, tag, attributes, self._rules)
        self._open.append(_Open(node, tag, outside, leave))

    def _leave(self, done: _Open) -> None:
        if done.leave:
            done.leave()
        self._style = done.style

    def _add_text(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > 2 * MOST_TEXT:
            raise Refused(f"The text has more than {MOST_TEXT:,} characters.")
        text = text.translate(UNSEEN)
        if self._preserved:
            self._flow.add(text.replace("\t", "    "), self._style)
        elif text:
            self._flow.add(folded(text), self._style)

    def _end_paragraph(self) -> None:
        self._flow.end_paragraph()

    def _end_quotation_marks(self) -> None:
        self._flow.add("”", self._style)

    def _enter_special(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        """Read an element without content, or whose content is not read."""
        if tag in ("img", "image"):
            self._add_picture(node, attributes)
        elif tag == "br":
            self._flow.add("\n", self._style)
        elif tag == "hr":
            self._flow.end_paragraph()
            if not self._flow.flat and not HIDING_STYLE.search(attributes.get("style") or ""):
                self._flow.blocks.append(Block("rule", ["---"]))
        elif tag == "source":
            self._sources.append(attributes)
        elif tag == "rt":
            self._flow.add(" ", self._style)
            self._begin(node, tag, attributes)
            return True
        elif tag == "noscript":
            picture = node.css_first("img")
            if picture is not None and not self._has_picture(picture.attributes):
                self._begin(node, tag, attributes)
                return True
        elif tag == "input" and (attributes.get("type") or "").lower() == "checkbox" and self._flow.kind == "item":
            self._flow.add("[x] " if "checked" in attributes else "[ ] ", self._style)
        elif not self._add_video(attributes):
            self.removal.add(removed_name(node, tag, attributes, in_heading=False) or tag)
        return False

    def _add_video(self, attributes: Attributes) -> bool:
        for name in ("src", "data-src", "data-lazy-src", "data"):
            video = video_address(attributes.get(name) or "")
            if video:
                self._flow.end_paragraph()
                self._flow.blocks.append(Block("video", [video]))
                return True
        return False

    def _has_picture(self, attributes: Attributes) -> bool:
        return picture_address(attributes, [], self._base) in self.pictures[-1:]

    def _add_picture(self, node: LexborNode, attributes: Attributes) -> None:
        sources, self._sources = self._sources, []
        alt = folded((attributes.get("alt") or "").translate(UNSEEN)).strip()
        where = picture_address(attributes, sources, self._base)
        if re.search(r"\b(?:emoji|wp-smiley)\b", attributes.get("class") or ""):
            self._flow.add(alt, self._style)
        elif is_tracker(attributes):
            self.removal.add("picture that counts readers")
        elif self._style.link and not alt and self._is_beside_words(node):
            self.removal.add("picture beside the words of a link")
        elif not (where := self.embedded.address(where) if where.startswith("data:") else address(where)):
            self.removal.add("picture without an address")
        elif len(where) > 2 * LONGEST_ADDRESS:
            self.removal.add("picture with an endless address")
        else:
            self.pictures.append(where)
            alt = alt.replace("[", "(").replace("]", ")")
            self._flow.add_behind(Block("picture", [f"![{alt}]({where})"]))

    def _is_beside_words(self, node: LexborNode) -> bool:
        """Whether the link in which `node` stands has words, so that a picture without a description adorns them."""
        around = node.parent
        while around is not None and around.tag != "a":
            around = around.parent
        if around is None:
            return False
        if around.mem_id not in self._with_words:
            has_words = bool(words(around.text()[:MOST_LINKED])) and around.css_first("figcaption") is None
            self._with_words[around.mem_id] = has_words
        return self._with_words[around.mem_id]

    def _link(self, attributes: Attributes) -> str:
        """Return the address to which the words of an `a` link, or nothing if they link nowhere."""
        written = (attributes.get("href") or "").strip()
        if not written:
            return ""
        scheme = dangerous_scheme(written)
        where = "" if scheme else address(absolute(unwrapped(written), self._base))
        if scheme:
            self.removal.add(f"link to {scheme}:")
        elif where.startswith("#"):
            self.removal.add("link within the page")
        elif not is_safe(where) or len(where) > LONGEST_ADDRESS:
            self.removal.add("link that leads nowhere")
        elif any(flow.flat or flow.kind == "quote" for flow in self._flows):
            self.removal.add("link in a heading, a caption, a cell or a quotation")
        else:
            return where
        return ""

    def _mark(self, comment: str) -> None:
        """Note where a comment marks the beginning or the end of a block that it names."""
        marker = MARKER.fullmatch(comment)
        if marker is None or len(self._flows) > 1:
            return
        kind = marker["name"].removeprefix("/")
        if kind not in block_recognizers():
            return
        fields = _fields(marker["fields"])
        if fields is not None:
            self._flow.end_paragraph()
            self._flow.blocks.append(Block("end" if marker["name"].startswith("/") else "begin", [kind], fields=fields))


def _follows_title(node: LexborNode) -> bool:
    """Whether `node` stands directly behind an inline element whose class calls it a title: a line of its own."""
    before = node.prev
    return before is not None and bool(before.is_element_node and TITLED.search(before.attributes.get("class") or ""))


def _fields(written: str | None) -> dict[str, Any] | None:
    try:
        fields = json.loads(written or "{}")
    except (ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None
