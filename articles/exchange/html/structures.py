"""The structures of HTML that hold more than text: lists, tables, quotations, figures, headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from articles.exchange.html.blocks import DASHES, Block, Flow, item_blocks, joined_lists, quoted, with_caption
from articles.exchange.html.boxes import kind_of_box
from articles.exchange.html.office import add_part, google_level, word_level
from articles.exchange.html.runs import Style
from articles.exchange.html.tables import Cell, holds_data, span, table_blocks
from articles.exchange.vocabulary import listed

Attributes = Mapping[str, str | None]
AtEnd = Callable[[], None]

HEADING = re.compile(r"h[1-6]")
PRESERVED = frozenset({"pre", "listing", "xmp", "plaintext"})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
QUOTING = listed("pullquote pull-quote testimonial testimonial-item elementor-testimonial-wrapper")
QUOTING |= {"et_pb_testimonial_description"}
"""What sites and builders call a quotation that is no `blockquote`."""
CREDITING = re.compile(r"testimonial[_-]{1,2}(?:name|author|job|position|role|company)\b")
CAPTIONS = frozenset({"caption", "image-caption", "img-caption", "photo-caption", "picture-caption"})
"""What sites that have no `figcaption` call the words below a picture."""
NUMBER = re.compile(r"-?[0-9]{1,3}", re.ASCII)
MOST_NUMBERED = 999
"""Longer numbers do not read as those of items."""


@dataclass
class _List:
    ordered: bool
    number: int = 1
    step: int = 1

    def mark(self, attributes: Attributes) -> str:
        """Return the mark of the next item."""
        if not self.ordered:
            return "- "
        value = attributes.get("value") or ""
        number = int(value) if NUMBER.fullmatch(value) else self.number
        self.number = number + self.step
        return f"{number}. " if 0 <= number <= MOST_NUMBERED else "- "


@dataclass
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    header_rows: int = 0
    caption: str = ""


class Structures:
    """Begins the flow of a structure where it begins, and makes blocks of it where it ends."""

    def __init__(self) -> None:
        self._flows = [Flow("body")]
        self._style = Style()
        self._lists: list[_List] = []
        self._tables: list[_Table | None] = []
        """Those that are being read; None for one that only arranges its cells."""
        self._level = 2
        """Of the last heading."""
        self._preserved = 0
        self._word_mark = ""
        """What Word draws before the item that is being read."""
        self._from_google = False

    @property
    def blocks(self) -> list[Block]:
        """What was read."""
        return self._flows[0].blocks

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    def _begin_block(self, node: LexborNode, tag: str, attributes: Attributes) -> AtEnd | None:
        """Begin a block; returns what is to be done at its end, if that is more than for a paragraph."""
        classes = (attributes.get("class") or "").split()
        if tag in PRESERVED:
            self._preserved += 1
            return self._end_preserved
        if tag in ("caption", "figcaption") or "wp-caption-text" in classes:
            return self._begin_caption()
        if self._flow.flat:
            return None
        if tag in LISTS:
            return self._begin_list(tag, attributes)
        if level := word_level(attributes):
            return self._begin_word_item(level)
        if tag == "li":
            return self._begin_item(attributes)
        if tag == "table":
            return self._begin_table(node)
        if tag in ("tr", "td", "th"):
            table = self._tables[-1] if self._tables else None
            return self._begin_in_table(node, tag, attributes, table) if table else None
        if tag == "p" and ("MsoTitle" in classes or ("title" in classes and self._from_google)):
            return self._begin_heading(1)
        if ("MsoCaption" in classes or not CAPTIONS.isdisjoint(classes)) and self._flow.kind != "figure":
            return self._begin_word_caption()
        if HEADING.fullmatch(tag):
            self._level = int(tag[1])
            return self._begin_heading(self._level)
        if tag == "summary" or (opens_section(tag, attributes) and self._flow.kind == "body"):
            return self._begin_heading(min(self._level + 1, 6))
        if tag == "blockquote" or not QUOTING.isdisjoint(classes):
            return self._begin_quotation()
        if tag == "figure" or "wp-caption" in classes:
            self._push("figure")
            return self._end_figure
        if tag == "dt":
            self._push("term", flat=True)
            return self._end_term
        if self._flow.kind == "quote" and (tag in ("footer", "cite") or credits_testimonial(attributes)):
            return self._begin_credit()
        if tag in ("div", "section", "aside") and len(self._flows) == 1 and (kind := kind_of_box(attributes)):
            return self._begin_box(*kind)
        return None

    def _begin_box(self, kind: str, fields: dict[str, str]) -> AtEnd:
        """Begin a box of which its class says that it is a `kind`; `reading` asks whether its words bear that out."""
        self._flow.blocks.append(Block("begin", [kind], level=1, fields=dict(fields)))

        def end() -> None:
            self._add_blocks([Block("end", [kind], level=1)])

        return end

    def _push(self, kind: str, *, flat: bool = False) -> None:
        self._flows.append(Flow(kind, flat=flat))

    def _pop(self) -> Flow:
        flow = self._flows.pop()
        flow.end_paragraph()
        return flow

    def _add_blocks(self, blocks: list[Block]) -> None:
        self._flow.end_paragraph()
        self._flow.blocks += blocks

    def _end_preserved(self) -> None:
        self._flow.end_paragraph()
        self._preserved -= 1

    def _begin_heading(self, level: int) -> AtEnd | None:
        """Begin a heading; that of a numbered item is the beginning of the item."""
        if self._flow.kind == "item" and self._lists and self._lists[-1].ordered:
            self._style = replace(self._style, bold=True)
            return None
        self._push("heading", flat=True)

        def end() -> None:
            heading = self._pop()
            text = heading.text()
            self._add_blocks([*([Block("heading", [text], level=level)] if text else []), *heading.blocks])

        return end

    def _begin_list(self, tag: str, attributes: Attributes) -> AtEnd:
        start = attributes.get("start") or ""
        self._lists.append(
            _List(
                ordered=tag == "ol",
                number=int(start) if NUMBER.fullmatch(start) else 1,
                step=-1 if "reversed" in attributes else 1,
            )
        )
        self._push("list")
        level = google_level(attributes)

        def end() -> None:
            self._lists.pop()
            blocks = joined_lists(self._pop().blocks)
            if level is not None and len(blocks) == 1 and blocks[0].kind == "list":
                add_part(self._flow.blocks, blocks[0], level)
            else:
                self._add_blocks(blocks)

        return end

    def _begin_word_item(self, level: int) -> AtEnd:
        self._push("item")
        self._word_mark = "- "

        def end() -> None:
            for block in item_blocks(self._word_mark, self._pop().blocks):
                if block.kind == "list":
                    add_part(self._flow.blocks, block, level - 1)
                else:
                    self._flow.blocks.append(block)

        return end

    def _begin_item(self, attributes: Attributes) -> AtEnd:
        mark = self._lists[-1].mark(attributes) if self._lists else "- "
        self._push("item")

        def end() -> None:
            self._add_blocks(item_blocks(mark, self._pop().blocks))

        return end

    def _begin_table(self, node: LexborNode) -> AtEnd:
        data = holds_data(node, len(self._tables))
        self._tables.append(_Table() if data else None)
        self._push("table" if data else "arranged")
        return self._end_table

    def _end_table(self) -> None:
        table, flow = self._tables.pop(), self._pop()
        if table is None:
            self._add_blocks(flow.blocks)
        else:
            self._add_blocks([*table_blocks(table.rows, table.header_rows, table.caption), *flow.blocks])

    def _begin_in_table(self, node: LexborNode, tag: str, attributes: Attributes, table: _Table) -> AtEnd | None:
        if tag == "tr":
            table.rows.append([])
            table.header_rows += node.parent is not None and node.parent.tag == "thead"
            return None
        self._push("cell", flat=True)

        def end() -> None:
            cell = self._pop()
            text = cell.text().replace("|", "\\|")
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append(
                Cell(
                    text=text,
                    is_header=tag == "th",
                    is_bold=bool(text) and cell.all_bold,
                    columns=span(attributes.get("colspan")),
                    rows=span(attributes.get("rowspan")),
                )
            )
            self._flow.blocks += cell.blocks

        return end

    def _begin_caption(self) -> AtEnd | None:
        if self._flow.kind not in ("figure", "table", "arranged"):
            return None
        self._push("caption", flat=True)
        return self._end_caption

    def _end_caption(self) -> None:
        caption = self._pop()
        text = caption.text()
        table = self._tables[-1] if self._tables and self._flow.kind == "table" else None
        if table is not None:
            table.caption = text
        elif self._flow.kind == "figure":
            self._flow.captions.append(text)
        elif text:
            self._add_blocks([Block("paragraph", [text])])
        self._add_blocks(caption.blocks)

    def _begin_word_caption(self) -> AtEnd:
        """Begin what Word and some sites set in a style for captions: that of the picture above, if there is one."""
        self._flow.end_paragraph()
        self._push("caption", flat=True)

        def end() -> None:
            caption = self._pop()
            above = self._flow.blocks[-1:]
            if above and above[0].kind == "picture" and len(above[0].lines) == 1:
                with_caption(above, caption.text())
            elif caption.text():
                self._add_blocks([Block("paragraph", [caption.text()])])
            self._add_blocks(caption.blocks)

        return end

    def _end_figure(self) -> None:
        figure = self._pop()
        self._add_blocks(with_caption(figure.blocks, " ".join(caption for caption in figure.captions if caption)))

    def _begin_quotation(self) -> AtEnd:
        self._push("quote")
        return self._end_quotation

    def _end_quotation(self) -> None:
        quotation = self._pop()
        if quotation.captions and quotation.blocks and not "".join(quotation.blocks[-1].lines).strip(DASHES):
            quotation.blocks.pop()  # The dash before the name, which is set anew.
        self._add_blocks(quoted(quotation.blocks, ", ".join(credit for credit in quotation.captions if credit)))

    def _begin_credit(self) -> AtEnd:
        self._flow.end_paragraph()
        self._push("credit", flat=True)

        def end() -> None:
            credit = self._pop()
            text = credit.text()
            self._flow.captions.append(text)
            self._add_blocks(credit.blocks)

        return end

    def _end_term(self) -> None:
        term = self._pop()
        text = term.text()
        self._add_blocks([*([Block("paragraph", [f"**{text}**"])] if text else []), *term.blocks])


def credits_testimonial(attributes: Attributes) -> bool:
    """Whether an element says who said what a testimonial quotes, or what that person is."""
    return CREDITING.search(attributes.get("class") or "") is not None


def opens_section(tag: str, attributes: Attributes) -> bool:
    """Whether an element is a button that shows and hides the text below it, as accordions have them."""
    return "aria-expanded" in attributes and "button" in (tag, attributes.get("role"))


def is_last(node: LexborNode) -> bool:
    """Whether nothing but blanks follows `node` in the element that holds it."""
    following = node.next
    while following is not None:
        if not following.is_text_node or (following.text_content or "").strip():
            return False
        following = following.next
    return True
