"""Parsing foreign HTML within bounds of time and memory.

A parser that follows the HTML standard takes quadratic time for elements that nest without end, and quadratic memory
for emphasis that is never closed (the standard opens it again in every paragraph). So the tags are counted first.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from articles.exchange.source import Refused
from articles.exchange.vocabulary import listed

MAX_CHARACTERS = 12_000_000
"""Pictures may stand in the HTML itself, so this is far more than the text of an article."""
MOST_TAGS = 80_000
"""The longest articles of encyclopedias have 50,000."""
MOST_ATTRIBUTES = 500
MOST_TEXT = 1_000_000
"""Characters: what has more is no article."""
DEEPEST = 400
"""Elements in elements. Pages made with the most verbose builders reach 60."""

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no text has: controls but for blanks, and halves of surrogate pairs."""
VOID = listed(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr"
)
CLOSES_ITSELF = listed("body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr")
"""Elements that end where the next one of their sort begins: they only nest within others, which count."""
INLINE = listed(
    "a abbr b bdi bdo big cite code del em font i ins kbd mark nobr q s small span strike strong sub sup tt u var"
)
RAW = frozenset(["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"])
"""Elements whose content is text to the parser."""
FOREIGN = frozenset({"svg", "math"})
FURTHEST_CROSSED = 8
"""So many inline elements may be open inside of one that is closed before them."""

ATTRIBUTES = r"""(?:[\s/]+|(?:=[^\s/>=]*|[^\s/>=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>][^\s>]*)?)?)*+"""
MARKUP = re.compile(
    r"<!--(?:-?>|.*?--!?>)|<(?!!--)[!?][^>]*>|</[^a-zA-Z>][^>]*>"
    rf"|<(?P<ends>/?)(?P<name>[a-zA-Z][^\s/>]*){ATTRIBUTES}>",
    re.DOTALL,
)
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
BETWEEN = re.compile(r"[\s/\"']+")
START = re.compile(r"<[a-zA-Z/!?]")


def parsed(html: str) -> LexborHTMLParser:
    """Return `html` as a tree; raises Refused if it is too much, or nested too deep, to be an article."""
    if len(html) > MAX_CHARACTERS:
        raise Refused(f"The HTML has {len(html):,} characters; {MAX_CHARACTERS:,} are allowed.")
    if depth(html) > DEEPEST:
        raise Refused(f"The HTML has more than {DEEPEST} elements inside of each other.")
    return LexborHTMLParser(CONTROL.sub("", html))


def depth(html: str) -> int:
    """Return how deep elements nest in `html`, at most `DEEPEST` + 1; misplaced tags make it more, never less.

    Raises Refused if there are more than `MOST_TAGS`, or one has more than `MOST_ATTRIBUTES`.
    """
    opened: list[str] = []
    deepest = position = tags = 0
    foreign = 0
    while deepest <= DEEPEST and (start := START.search(html, position)):
        tag = MARKUP.match(html, start.start())
        if tag is None:
            break  # The parser too takes the rest for an unfinished tag or comment.
        position = tag.end()
        tags += 1
        if len(tag[0]) > 2 * MOST_ATTRIBUTES and len(BETWEEN.findall(QUOTED.sub('""', tag[0]))) > 2 * MOST_ATTRIBUTES:
            raise Refused(f"A tag of the HTML has more than {MOST_ATTRIBUTES} attributes.")
        if tags > MOST_TAGS:
            raise Refused(f"The HTML has more than {MOST_TAGS:,} tags.")
        name = (tag["name"] or "").lower()
        if not name or name in VOID or name in CLOSES_ITSELF:
            continue
        if tag["ends"]:
            _close(opened, name)
        elif name in RAW and not foreign:
            end = re.compile(rf"</{name}", re.IGNORECASE).search(html, position)
            if end is None:
                break
            position = end.start()
        elif not (foreign and tag[0].endswith("/>")):
            opened.append(name)
            foreign += name in FOREIGN
            deepest = max(deepest, len(opened))
    return deepest


def _close(opened: list[str], name: str) -> None:
    """Take the last `name` from the elements that are open, unless other than inline ones are open inside of it."""
    for position in range(len(opened) - 1, max(-1, len(opened) - 1 - FURTHEST_CROSSED), -1):
        if opened[position] == name:
            del opened[position]
            return
        if opened[position] not in INLINE:
            return
