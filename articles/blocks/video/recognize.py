"""Recognizing videos: a line that is nothing but the address of one, perhaps as a link with a title."""

import re

from articles.blocks.video.providers import hosted_video
from articles.exchange.findings import Found
from articles.exchange.inline import plain_line
from articles.exchange.passage import Passage

ORDER = 145

LINK = re.compile(r"\[(?P<title>[^\[\]]{1,200})\]\((?P<address>[^\s()]+)\)")


def recognize(passage: Passage) -> Found | None:
    """Recognize a video of a provider. A text cannot hold its transcript, so an editor is asked for it."""
    line = passage.line
    link = LINK.fullmatch(line.text)
    title, address = (link["title"], link["address"]) if link else ("", line.text)
    if not passage.opens or not hosted_video(address):
        return None
    return Found(
        kind="video",
        value={"title": plain_line(title), "url": address, "transcript": ""},
        first=line.number,
        last=line.number,
        confidence=0.9,
        text=line.raw,
        confirm="This video needs its transcript." if title else "This video needs a title and its transcript.",
    )
