"""The cards of Ghost's editors (pictures, callouts, toggles …) as HTML. Both editors give them the same settings."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from django.utils.translation import gettext
from markdown_it import MarkdownIt

from articles.exchange.markers import Tally, embedded, figure, given_as, link, paragraph, text_of_html
from articles.exchange.source import Refused

Settings = dict[str, Any]

LONGEST_MARKDOWN = 200_000

VARIANTS = {"⚠": "important", "❗": "important", "‼": "important", "🚨": "important", "🛑": "important", "💡": "tip"}
"""What the emoji of a callout says; others say no more than that it is a note."""


def card(name: str, settings: Settings, tally: Tally) -> str:
    """Return the card as HTML. One that is no part of the text, or is not known, is tallied."""
    make = CARDS.get(name.removeprefix("card-"))
    if make is None:
        tally[f"card “{name}”"] += 1
        return ""
    return make(_Settings(settings), tally)


class _Settings:
    """The settings of a card: what is missing, or is no text where text is asked for, is empty."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __getitem__(self, name: str) -> str:
        value = self._settings.get(name)
        return value if isinstance(value, str) else ""

    def is_on(self, name: str, *, otherwise: bool = True) -> bool:
        value = self._settings.get(name)
        return value if isinstance(value, bool) else otherwise

    def all(self, name: str) -> list[_Settings]:
        values = self._settings.get(name)
        return [_Settings(each) for each in values if isinstance(each, dict)] if isinstance(values, list) else []

    def inner(self, name: str) -> _Settings:
        value = self._settings.get(name)
        return _Settings(value if isinstance(value, dict) else {})


Make = Callable[[_Settings, Tally], str]


def _image(settings: _Settings, tally: Tally) -> str:
    return figure(settings["src"], settings["alt"], settings["caption"]) if settings["src"] else ""


def _gallery(settings: _Settings, tally: Tally) -> str:
    pictures = "".join(_image(each, tally) for each in settings.all("images"))
    return pictures + _caption(settings)


def _caption(settings: _Settings) -> str:
    return f"<p>{settings['caption']}</p>\n" if settings["caption"] else ""


def _callout(settings: _Settings, tally: Tally) -> str:
    emoji = settings["calloutEmoji"]
    if emoji:
        tally["emoji of a callout"] += 1
    variant = VARIANTS.get(emoji[:1], "note")
    return given_as("tip", f"<div>{settings['calloutText']}</div>", variant=variant)


def _toggle(settings: _Settings, tally: Tally) -> str:
    """Return what is folded below its heading: as a question and its answer if it asks."""
    heading = text_of_html(settings["heading"])
    html = f"<h3>{settings['heading']}</h3>\n<div>{settings['content']}</div>\n"
    return given_as("faq", html) if heading.endswith("?") and text_of_html(settings["content"]) else html


def _bookmark(settings: _Settings, tally: Tally) -> str:
    said = settings.inner("metadata")
    address = settings["url"] or said["url"]
    tally.update(f"{name} of a linked page" for name in ("author", "publisher") if said[name])
    return link(address, said["title"]) + paragraph(said["description"]) + _caption(settings)


def _embed(settings: _Settings, tally: Tally) -> str:
    return embedded(settings["url"], settings["caption"]) if settings["url"] else settings["html"]


def _media(settings: _Settings, tally: Tally) -> str:
    name = settings["title"] or settings["fileTitle"] or settings["fileName"]
    return link(settings["src"], name) + paragraph(settings["fileCaption"]) + _caption(settings)


def _product(settings: _Settings, tally: Tally) -> str:
    picture = settings["productImageSrc"]
    return (
        (figure(picture) if picture else "")
        + f"<h4>{settings['productTitle']}</h4>\n<div>{settings['productDescription']}</div>\n"
        + (_link(settings["productUrl"], settings["productButton"]) if settings.is_on("productButtonEnabled") else "")
    )


def _button(settings: _Settings, tally: Tally) -> str:
    return _link(settings["buttonUrl"], settings["buttonText"])


def _header(settings: _Settings, tally: Tally) -> str:
    picture = settings["backgroundImageSrc"]
    return (
        (figure(picture) if picture else "")
        + f"<h2>{settings['header'] or settings['heading']}</h2>\n"
        + f"<p>{settings['subheader'] or settings['subheading']}</p>\n"
        + (_button(settings, tally) if settings.is_on("buttonEnabled", otherwise=False) else "")
    )


def _call_to_action(settings: _Settings, tally: Tally) -> str:
    picture = settings["imageUrl"]
    return (
        (f"<p>{settings['sponsorLabel']}</p>\n" if settings.is_on("hasSponsorLabel", otherwise=False) else "")
        + (figure(picture) if picture else "")
        + f"<div>{settings['textValue']}</div>\n"
        + (_button(settings, tally) if settings.is_on("showButton") else "")
    )


def _markdown(settings: _Settings, tally: Tally) -> str:
    if len(settings["markdown"]) > LONGEST_MARKDOWN:
        raise Refused(gettext("A piece of Markdown has more than %(most)d characters.") % {"most": LONGEST_MARKDOWN})
    html: str = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(settings["markdown"])
    return html


def _html(settings: _Settings, tally: Tally) -> str:
    return settings["html"]


def _code(settings: _Settings, tally: Tally) -> str:
    return f"<pre><code>{escape(settings['code'], quote=False)}</code></pre>\n" + _caption(settings)


def _rule(settings: _Settings, tally: Tally) -> str:
    return "<hr>\n"


def _link(address: str, text: str) -> str:
    return link(address, text_of_html(text)) if address else paragraph(text_of_html(text))


def _left_out(what: str) -> Make:
    def make(settings: _Settings, tally: Tally) -> str:
        tally[what] += 1
        return ""

    return make


CARDS: dict[str, Make] = {
    "audio": _media,
    "bookmark": _bookmark,
    "button": _button,
    "call-to-action": _call_to_action,
    "callout": _callout,
    "code": _code,
    "codeblock": _code,
    "email": _left_out("text for e-mails only"),
    "email-cta": _left_out("text for e-mails only"),
    "embed": _embed,
    "file": _media,
    "gallery": _gallery,
    "header": _header,
    "horizontalrule": _rule,
    "hr": _rule,
    "html": _html,
    "image": _image,
    "markdown": _markdown,
    "paywall": _left_out("border between the free part and the rest"),
    "product": _product,
    "signup": _left_out("form to subscribe"),
    "toggle": _toggle,
    "video": _media,
}
