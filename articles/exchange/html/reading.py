"""HTML as marked lines, below their title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articles.exchange.documents import Details, Removed
from articles.exchange.html.blocks import Block
from articles.exchange.html.boxes import MOST_BOXES, borne_out_by
from articles.exchange.html.details import PageDetails
from articles.exchange.html.office import office_title, remove_review
from articles.exchange.html.page import Page
from articles.exchange.html.parsing import MOST_TEXT, parsed
from articles.exchange.html.pictures import shows_the_same
from articles.exchange.html.runs import folded
from articles.exchange.html.styles import class_rules
from articles.exchange.html.walk import Walk
from articles.exchange.inline import escaped, plain_line
from articles.exchange.source import MAX_LINES, Given, Refused
from prose.words import words

MOST_MAIN_HEADINGS = 20
MOST_PICTURES_COMPARED = 50


@dataclass(frozen=True, kw_only=True)
class HtmlText:
    """What `lines_of` reads. `pictures` are the addresses in the lines; `embedded` are those that came with the HTML.

    `title` is the title on the first line, without marks, or empty if there is none.
    """

    lines: tuple[str, ...]
    title: str = ""
    marked: bool = False
    given: tuple[Given, ...] = ()
    pictures: tuple[str, ...] = ()
    embedded: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HtmlPage:
    """The article of a web page, and what the page says of it beside its text."""

    text: HtmlText
    details: Details


def lines_of(html: str, *, title: str = "", base: str = "") -> HtmlText:
    """Return the fragment `html` as lines, below its `title` or the first of its main headings.

    `base` is the address of the page, for those in it that are relative. Raises Refused, within seconds, for what is
    too much or nested too deep to be an article.
    """
    tree = parsed(f"<!DOCTYPE html><body>{_without_clipboard_header(html)}")
    return _text_of(tree, tree.body, title=title, base=base)


def page_of(html: str, *, name: str = "") -> HtmlPage:
    """Return the article of the page `html`, called `name` if nothing in it is its title. Raises Refused as `lines_of`.

    What the page has around the article is left out and listed.
    """
    tree = parsed(html)
    said = PageDetails(tree)
    headings = [folded(heading.text()).strip() for heading in tree.css("h1")[:MOST_MAIN_HEADINGS]]
    title = office_title(tree) or said.title([heading for heading in headings if heading])
    page = Page(tree)
    article = page.article()
    text = _text_of(tree, article, title=title, base=said.base, name=name)
    details = said.details()
    if any(shows_the_same(details.hero, picture) for picture in text.pictures[:MOST_PICTURES_COMPARED]):
        details = replace(details, hero="", hero_alt="")  # It stands in the body, perhaps with a caption.
    return HtmlPage(text=replace(text, removed=(*text.removed, *page.removed)), details=details)


def _text_of(tree: LexborHTMLParser, root: LexborNode | None, *, title: str, base: str, name: str = "") -> HtmlText:
    """Return what is in `root` as `lines_of` does. It is called `name` if it has no title at all."""
    walk = Walk(base, class_rules(" ".join(sheet.text() for sheet in tree.css("style"))))
    for _ in range(remove_review(tree)):
        walk.removal.add("comment of a reviewer")
    if root is not None:
        walk.read(root)
    blocks, title = _titled(walk.blocks, folded(title).strip(), name)
    lines, given = _written(blocks)
    _refuse_more_than_an_article(lines)
    return HtmlText(
        lines=tuple(lines),
        title=title,
        marked=any(block.kind == "heading" and block.level > 1 for block in blocks),
        given=tuple(given),
        pictures=tuple(walk.pictures),
        embedded=walk.embedded.pictures,
        removed=walk.removal.listed(),
    )


def _without_clipboard_header(html: str) -> str:
    """Return `html` without the lines that Windows puts before what was copied (HTML Clipboard Format)."""
    return html[html.find("<") :] if html.startswith("Version:") and "<" in html[:1000] else html


def _titled(blocks: list[Block], title: str, name: str) -> tuple[list[Block], str]:
    """Return `blocks` with the title first, as the only heading of level 1, and the levels below it closed up."""
    headings = [block for block in blocks if block.kind == "heading"]
    main = next((heading for heading in headings if heading.level == 1), None)
    if title and headings and _same(headings[0].lines[0], title):
        main = headings[0]
    elif title and main and not _same(main.lines[0], title):
        main = None
    line = escaped(title) or (main.lines[0] if main else escaped(name))
    first = [Block("heading", [line], level=1)] if line else []
    rest = [block for block in blocks if block is not main]
    below = [block for block in headings if block is not main]
    shift = 2 - min((heading.level for heading in below), default=2)
    for heading in below:
        heading.level = min(heading.level + shift, 6)
    return [*first, *rest], title or plain_line(line)


def _same(line: str, title: str) -> bool:
    return [word.casefold() for word in words(plain_line(line))] == [word.casefold() for word in words(title)]


def _written(blocks: Iterable[Block]) -> tuple[list[str], list[Given]]:
    """Return the lines of `blocks`, a blank one between each and the next, and what comments and boxes say of them."""
    lines: list[str] = []
    given: list[Given] = []
    begun: tuple[int, Block] | None = None
    boxes = 0
    for block in blocks:
        if block.kind in ("begin", "end") and begun and block.level > begun[1].level:
            continue  # A box within what a comment has said already.
        if block.kind == "begin":
            begun = (len(lines) + 1, block)
        elif block.kind == "end":
            if begun and begun[1].lines == block.lines and len(lines) >= begun[0]:
                first = begun[0] + (lines[begun[0] - 1] == "")
                said = Given(first=first, last=len(lines), kind=block.lines[0], fields=begun[1].fields)
                boxes += begun[1].level
                if not begun[1].level:
                    given.append(said)
                elif boxes <= MOST_BOXES and (borne_out := borne_out_by(lines[first - 1 :], said)):
                    given.append(borne_out)
            begun = None
        else:
            lines += [""] if lines else []
            lines += [f"{'#' * block.level} {line}" for line in block.lines] if block.kind == "heading" else block.lines
    return lines, given


def _refuse_more_than_an_article(lines: list[str]) -> None:
    characters = sum(len(line) for line in lines)
    if characters > MOST_TEXT:
        raise Refused(f"The text has {characters:,} characters; {MOST_TEXT:,} are allowed.")
    if len(lines) > MAX_LINES:
        raise Refused(f"The text has {len(lines):,} lines; {MAX_LINES:,} are allowed.")
