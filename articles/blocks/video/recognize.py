"""Recognizing videos: a line that is nothing but the address of one, perhaps as a link with a title."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext

from articles.blocks.video.providers import hosted_video
from articles.exchange.findings import Found, Outside, label, verbatim
from articles.exchange.inline import plain_line
from articles.exchange.lines import Line
from articles.exchange.passage import Passage
from articles.exchange.pieces import bare, kept, made, rich_body, rich_paragraph
from articles.exchange.source import Given

ORDER = 145

LONGEST_TITLE = 200
"""Characters."""

ADDRESS = re.compile(r"https?://[^\s()<>\[\]\"]+")
FILE = re.compile(r"\.(?:mp4|webm)(?:[?#]|$)", re.IGNORECASE)
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


def made_of(lines: Sequence[Line], given: Given) -> Found | None:
    """Make a video of the first address of one in `lines`; what stands above is its title, below it its transcript.

    The address of a file is no address of the video: the file is left for an editor to choose.
    """
    for index, line in enumerate(lines):
        for address in ADDRESS.finditer(line.text):
            if hosted_video(address[0]) or FILE.search(address[0]):
                return _made(lines, index, address[0])
    return None


def _made(lines: Sequence[Line], index: int, address: str) -> Found | None:
    """Make a video of `lines`, where the line at `index` has its address."""
    own, above = lines[index], [line for line in lines[:index] if not line.blank]
    link = next((each for each in LINK.finditer(own.text) if each["address"] == address), None)
    heads = above if len(above) == 1 and not link else []
    title = plain_line(link["title"] if link else "".join(bare(line) for line in heads))
    around = Line(own.number, own.text.replace(link[0] if link else address, " ", 1))
    told = [*(line for line in lines[:index] if line not in heads), around, *lines[index + 1 :]]
    rest = Line(own.number, " ".join(line.text for line in lines).replace(address, " ", 1))
    url, files = (address, []) if hosted_video(address) else ("", [label(own, address)])
    untitled = {"title": "", "url": url, "transcript": rich_paragraph(rest.text)}
    caption, transcript, labels = _parted(told)
    value = {"title": title, "url": url, "caption": caption, "transcript": rich_body(transcript)}
    hidden = {each.first for each in labels}
    text = verbatim([line for line in lines if line.number not in hidden])
    shown = address if url else " "
    found = made("video", value, lines, text=text.replace(address, shown, 1), labels=[*files, *labels])
    plainly = made("video", untitled, lines, text=verbatim(lines).replace(address, shown, 1), labels=files)
    return kept(lines, *([found] if len(title) <= LONGEST_TITLE else []), plainly)


def _parted(lines: Sequence[Line]) -> tuple[str, Sequence[Line], list[Outside]]:
    """Part `lines` at the heading of the transcript, if they have one: caption, transcript, and the heading."""
    names = {"transcript", gettext("Transcript").casefold()}
    for index, line in enumerate(lines):
        if (line.heading_level or line.stands_out) and line.title.casefold() in names:
            caption = " ".join(bare(each) for each in lines[:index] if not each.blank)
            return plain_line(caption), lines[index + 1 :], [label(line, line.raw)]
    return "", lines, []
