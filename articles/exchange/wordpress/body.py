"""The text of a post as HTML, whichever editor it was written in."""

from __future__ import annotations

import json
import re

from articles.exchange.wordpress.blocks import has_blocks, without_marks
from articles.exchange.wordpress.classic import paragraphs
from articles.exchange.wordpress.items import Item
from articles.exchange.wordpress.kinds import Body
from articles.exchange.wordpress.media import MAX_REUSED, Media
from articles.exchange.wordpress.shortcodes import without_shortcodes

SYNCED = re.compile(r'<!--\s+wp:(?:core/)?block\s+\{\s*"ref"\s*:\s*(\d{1,20})\s*[,}][^<>]{0,500}/-->')
MOST_ROUNDS = 3
"""Synced patterns in synced patterns."""
MARKER = re.compile(r"<!--(\s*/?[a-z_]{1,40}\s*(?:\{[^{}]{0,300}\}\s*)?)-->")


def body_of(item: Item, media: Media) -> tuple[str, Body]:
    """Return the text as HTML, in which comments say what is known of a kind (`articles.exchange.markers`)."""
    body = Body(media=media, post_id=item["wp:post_id"], footnotes=_footnotes(item.meta("footnotes")))
    text = MARKER.sub("", _with_synced_patterns(item["content:encoded"].replace("\r\n", "\n"), media))
    text = without_shortcodes(text, body)
    html = without_marks(text, body) if has_blocks(text) else paragraphs(text)
    return media.with_whole_pictures(html + body.footnotes), body


def _with_synced_patterns(text: str, media: Media) -> str:
    """Return `text` with the patterns that it shows, as far as they are in the file."""
    for _ in range(MOST_ROUNDS):
        if len(text) > MAX_REUSED or not SYNCED.search(text):
            break
        text = SYNCED.sub(lambda match: media.reused.get(match[1], match[0]), text)
    return text


def _footnotes(meta: str) -> str:
    """Return the footnotes of the block editor as a list; they lie beside the text."""
    try:
        notes = json.loads(meta) if meta else []
    except (ValueError, RecursionError):
        return f"<p>{meta}</p>"
    contents = [note.get("content") for note in notes if isinstance(note, dict)] if isinstance(notes, list) else []
    items = "".join(f"<li>{content}</li>\n" for content in contents if isinstance(content, str) and content)
    return f"<ol>\n{items}</ol>\n" if items else ""
