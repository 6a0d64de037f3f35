"""What each block of the block editor is as HTML. A block that is not named here is the HTML that it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from articles.exchange.markers import Tally, embedded, figure, given_as, text_of_html
from articles.exchange.wordpress.callouts import CALLOUT_BLOCK, callout, kind_of_class
from articles.exchange.wordpress.media import Media

FEWEST_WORDS = 4
"""A setting that has so many words is no setting but text."""


def _element(name: str, class_names: str = "") -> str:
    """Return a pattern of an element that holds none of its name; its content is the group `inner`."""
    start = rf"[^<>]*\b(?:{class_names})\b[^<>]*" if class_names else r"\b[^<>]*"
    return rf"<(?P<tag>{name}){start}>(?P<inner>[^<]*+(?:<(?!/?(?P=tag)\b)[^<]*+)*+)</(?P=tag)>"


FIGURE_CAPTION = re.compile(_element("figcaption"))
QUESTION = re.compile(_element(r"strong|h\d|p|div", "schema-faq-question|rank-math-question"))
STEP_NAME = re.compile(_element("strong", "schema-how-to-step-name") + r"\s{0,9}")
STEP_TEXT = re.compile(_element("p", "schema-how-to-step-text"))
HEADING = re.compile(_element(r"h\d"))
ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}")
GALLERY_LIST = re.compile(r"</?(?:ul|li)\b[^<>]*>")
BUTTON = re.compile(r"</?button\b[^<>]*>|<span\b[^<>]*toggle-icon[^<>]*>[^<>]{0,20}</span>")
VERSE = re.compile(r"</?pre\b[^<>]*>")


@dataclass
class Body:
    """The body of one post while it is translated: what it refers to, and what does not come along."""

    media: Media = field(default_factory=Media)
    post_id: str = ""
    footnotes: str = ""
    """The list of the footnotes, until it is placed."""
    removed: Tally = field(default_factory=Tally)


Attributes = dict[str, Any]
Translate = Callable[[Attributes, str, Body], str]


def translated(name: str, attributes: Attributes, inner: str, body: Body) -> str:
    """Return the block `name` as HTML, the blocks in it being translated. One that holds nothing is told of."""
    translate = TRANSLATORS.get(name) or (_embed if name.startswith("core-embed/") else None)
    if translate:
        return translate(attributes, inner, body)
    style = str(attributes.get("className") or "")
    if CALLOUT_BLOCK.search(name):
        styles = [str(each) for each in attributes.values() if isinstance(each, str) and len(each) < 60]
        return callout(" ".join([style, *styles]), inner)
    if not inner.strip():
        body.removed[f"block “{name}”"] += 1
        return "".join(f"<p>{text}</p>\n" for text in _texts_in(attributes)) if "/" in name else ""
    kind = kind_of_class(style)
    return given_as(kind[0], inner, **kind[1]) if kind else inner


def _texts_in(attributes: Any) -> Iterator[str]:
    """Yield the texts among the settings of a block that the server would have made into HTML."""
    waiting = [attributes]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [each for key, each in reversed(value.items()) if not str(key).startswith("_")]
        elif isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, str) and len(text_of_html(value).split()) >= FEWEST_WORDS:
            yield value


def _nothing(attributes: Attributes, inner: str, body: Body) -> str:
    return ""


def _unknown_pattern(attributes: Attributes, inner: str, body: Body) -> str:
    body.removed["synced pattern that is not in the file"] += 1
    return inner


def _contents(attributes: Attributes, inner: str, body: Body) -> str:
    body.removed["table of contents"] += 1
    return ""


def _embed(attributes: Attributes, inner: str, body: Body) -> str:
    found = ADDRESS.search(FIGURE_CAPTION.sub("", inner))
    address = str(attributes.get("url") or (found[0] if found else ""))
    caption = FIGURE_CAPTION.search(inner)
    return embedded(address, caption["inner"].strip() if caption else "")


def _gallery(attributes: Attributes, inner: str, body: Body) -> str:
    """Return the pictures of a gallery one by one; the caption of them all stands below the last."""
    if "<img" not in inner and isinstance(attributes.get("ids"), list):
        return body.media.figures(",".join(str(key) for key in attributes["ids"]))[0] + inner
    html = GALLERY_LIST.sub("", inner).strip()
    if html.startswith("<figure"):
        html = "<div>" + html.partition(">")[2].removesuffix("</figure>") + "</div>"
        before, mark, caption = html.rpartition('<figcaption class="blocks-gallery-caption')
        if mark:
            text = caption.partition(">")[2].replace("</figcaption>", "", 1).removesuffix("</div>")
            html = f"{before}<p>{text}</p></div>"
    return html


def _cover(attributes: Attributes, inner: str, body: Body) -> str:
    address = attributes.get("url")
    is_picture = isinstance(address, str) and address and attributes.get("backgroundType", "image") == "image"
    return figure(str(address)) + inner if is_picture and "<img" not in inner else inner


def _verse(attributes: Attributes, inner: str, body: Body) -> str:
    return f"<p>{VERSE.sub('', inner).strip()}</p>".replace("\n", "<br>\n")


def _footnotes(attributes: Attributes, inner: str, body: Body) -> str:
    html, body.footnotes = body.footnotes, ""
    return html


def _faq(attributes: Attributes, inner: str, body: Body) -> str:
    """Return the questions of Yoast's or Rank Math's block, from its settings if the server would have made them."""
    if QUESTION.search(inner):
        return given_as("faq", QUESTION.sub(r"<h3>\g<inner></h3>", inner))
    pairs = [
        (_first(each, "jsonQuestion", "title", "question"), _first(each, "jsonAnswer", "content", "answer"))
        for each in attributes.get("questions") or ()
        if isinstance(each, dict) and each.get("visible") is not False
    ]
    html = "".join(f"<h3>{question}</h3>\n<p>{answer}</p>\n" for question, answer in pairs)
    return given_as("faq", html) if html else inner


def _yoast_steps(attributes: Attributes, inner: str, body: Body) -> str:
    return given_as("steps", STEP_TEXT.sub(r"\g<inner>", STEP_NAME.sub(r"<strong>\g<inner></strong> ", inner)))


def _rank_math_steps(attributes: Attributes, inner: str, body: Body) -> str:
    steps = [each for each in attributes.get("steps") or () if isinstance(each, dict)]
    items = "".join(
        f"<li><strong>{_first(each, 'title')}</strong> {_first(each, 'content')}{_step_picture(each)}</li>\n"
        for each in steps
    )
    if not items:
        return inner
    description = _first(attributes, "description")
    return given_as("steps", f"{f'<p>{description}</p>' if description else ''}<ol>{items}</ol>")


def _step_picture(step: Attributes) -> str:
    address = _first(step, "imageUrl")
    return figure(address) if address else ""


def _first(values: Attributes, *names: str) -> str:
    return next((value for name in names if isinstance(value := values.get(name), str) and value), "")


def _accordion_heading(attributes: Attributes, inner: str, body: Body) -> str:
    return BUTTON.sub("", inner)


def _accordion(attributes: Attributes, inner: str, body: Body) -> str:
    """Return the panels below their headings; if all of them ask, they are questions and answers."""
    asked = [text_of_html(heading["inner"]) for heading in HEADING.finditer(inner)]
    return given_as("faq", inner) if asked and all(each.endswith("?") for each in asked) else inner


def _list(attributes: Attributes, inner: str, body: Body) -> str:
    is_checked = re.search(r"\bcheck(?:ed|mark|list)?\b", str(attributes.get("className") or ""))
    return given_as("checklist", inner) if is_checked else inner


def _file(attributes: Attributes, inner: str, body: Body) -> str:
    """Return a file as a link, without the button that links to it once more."""
    address = attributes.get("href")
    name = text_of_html(inner.partition("</a>")[0])
    return f'<p><a href="{escape(str(address))}">{escape(name)}</a></p>\n' if address and name else inner


TRANSLATORS: dict[str, Translate] = {
    "accordion": _accordion,
    "accordion-heading": _accordion_heading,
    "block": _unknown_pattern,
    "cover": _cover,
    "embed": _embed,
    "file": _file,
    "footnotes": _footnotes,
    "gallery": _gallery,
    "jetpack/slideshow": _gallery,
    "jetpack/tiled-gallery": _gallery,
    "list": _list,
    "luckywp/tableofcontents": _contents,
    "more": _nothing,
    "nextpage": _nothing,
    "rank-math/faq-block": _faq,
    "rank-math/howto-block": _rank_math_steps,
    "rank-math/toc-block": _contents,
    "simpletoc/toc": _contents,
    "spacer": _nothing,
    "table-of-contents": _contents,
    "verse": _verse,
    "yoast-seo/table-of-contents": _contents,
    "yoast/faq-block": _faq,
    "yoast/how-to-block": _yoast_steps,
}
