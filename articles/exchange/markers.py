"""Saying in HTML what kind of block a piece of it is: `<!-- tip {"variant": "note"} -->…<!-- /tip -->`."""

from __future__ import annotations

import json
import re
from collections import Counter
from html import escape, unescape

from articles.blocks.video.providers import hosted_video
from articles.exchange.documents import Removed

TAG = re.compile(r"<[^<>]*>")
BREAK = re.compile(r"</(?:p|li|h[1-6]|div|blockquote)>|<br\b[^<>]*>", re.IGNORECASE)
ADJOINING = re.compile(r"<!-- /faq -->\s*<!-- faq -->")


def given_as(kind: str, html: str, **fields: str) -> str:
    """Return `html` between the marks of `kind`; `fields` are words of ours that the HTML cannot say."""
    if not text_of_html(html) and "<img" not in html:
        return html
    said = f" {json.dumps(fields)}" if fields else ""
    return f"\n<!-- {kind}{said} -->\n{html}\n<!-- /{kind} -->\n"


def joined(html: str) -> str:
    """Return `html` with questions and answers that follow each other as one block."""
    return ADJOINING.sub("", html)


def figure(address: str, alt: str = "", caption: str = "") -> str:
    """Return a picture with its caption, which is HTML."""
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(address)}" alt="{escape(alt)}">{below}</figure>\n'


def paragraph(text: str) -> str:
    """Return the plain `text` as a paragraph; nothing for no text."""
    return f"<p>{escape(text, quote=False)}</p>\n" if text.strip() else ""


def embedded(address: str, caption: str = "") -> str:
    """Return what is embedded from `address` as its readers find it: a video by its address, anything else by a link.

    `caption` is HTML.
    """
    said = text_of_html(caption)
    return link(address, said) if said or not hosted_video(address) else paragraph(address)


def link(address: str, text: str = "") -> str:
    """Return a paragraph that links to `address`; an address that is none becomes its text."""
    if not address:
        return paragraph(text)
    return f'<p><a href="{escape(address)}">{escape(text or address, quote=False)}</a></p>\n'


def text_of_html(html: str) -> str:
    """Return the words of a short piece of HTML in one line, as for a title or a caption."""
    return " ".join(unescape(TAG.sub("", BREAK.sub(" ", html))).split())


class Tally(Counter[str]):
    """What does not come along, and how often."""

    def removed(self) -> tuple[Removed, ...]:
        """Return it as a document lists it."""
        return tuple(Removed(what=what, count=count) for what, count in self.items())
