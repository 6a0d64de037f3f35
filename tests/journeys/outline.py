"""What a browser would build from a page: its tags and attributes, without any of its text.

A small tokenizer after the HTML standard (https://html.spec.whatwg.org/multipage/parsing.html#tokenization), because
the standard library's parser fails on some of the very strings that it would have to read here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

TAG = re.compile(r"<(/?[a-zA-Z][^\s/>]*)")
ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
COMMENT = re.compile(r"<!--(?:>|->|.*?(?:--!?>|\Z))", re.DOTALL)
BOGUS_COMMENT = re.compile(r"<(?:[!?]|/(?![a-zA-Z]))[^>]*(?:>|\Z)")
ENDS_THEMSELVES = {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"}
"""What is text up to its own end tag; `noscript` because scripts are on."""

ADDRESSES = {"href", "src", "action", "formaction", "data", "poster", "background", "xlink:href", "ping", "srcset"}
RISKY_SCHEME = re.compile(r"(?!https?:|mailto:|tel:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""A scheme that we never write."""
IGNORED_BY_SCHEMES = re.compile(r"[\x00-\x20]")

Tag = tuple[str, tuple[str, ...]]
"""The name of a tag ("/p" for an end) and the sorted names of its attributes."""


def tags(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the name of each tag in `page`, in order, with its attributes; a name begins with "/" in an end tag."""
    position = 0
    while (position := page.find("<", position)) >= 0:
        if found := COMMENT.match(page, position) or BOGUS_COMMENT.match(page, position):
            position = found.end()
        elif found := TAG.match(page, position):
            name = found[1].lower()
            attributes: dict[str, str] = {}
            position = found.end()
            while part := ATTRIBUTE.match(page, position):
                value = next((value for value in part.groups()[1:] if value is not None), "")
                attributes.setdefault(part[1].lower(), unescape(value))
                position = part.end()
            yield name, attributes
            if name in ENDS_THEMSELVES:
                end = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(page, position)
                position = end.start() if end else len(page)
            elif name == "plaintext":
                return
        else:
            position += 1


def outline(page: str) -> Counter[Tag]:
    """Return how often each kind of tag occurs in `page`; an address with a risky scheme makes a kind of its own."""
    return Counter((name, tuple(sorted(_named(attributes)))) for name, attributes in tags(page))


def _named(attributes: dict[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        scheme = RISKY_SCHEME.match(IGNORED_BY_SCHEMES.sub("", value)) if name in ADDRESSES else None
        yield f"{name}={scheme[0].lower()}" if scheme else name
