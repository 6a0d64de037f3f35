"""Shapes of a text that say something whatever it is about: a link, a telephone number, mostly capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ratings.notices import E_MAIL

LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]+|\b[a-z0-9-]{2,63}\.(?:com|net|org|info|biz|ru|xyz|top|site|online|shop|club|ly|me|io|co|tk|ml)\b(?:/\S*)?",
    re.IGNORECASE,
)

PATTERNS: dict[str, re.Pattern[str]] = {
    "link": LINK,
    "short link": re.compile(
        r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|cutt\.ly|is\.gd|ow\.ly|rb\.gy|shorturl\.\w+|t\.me|wa\.me)\b", re.I
    ),
    "link with a tail": re.compile(r"https?://\S*[?&=]\S*|https?://\S{50,}"),
    "e-mail address": E_MAIL,
    "telephone number": re.compile(r"(?<!\w)\+?\(?\d(?:[\s().-]{0,2}\d){8,14}(?!\w)", re.ASCII),
    "amount of money": re.compile(r"[$€£₹]\s?\d|\d\s?(?:[$€£₹]|usd|eur|dollars?|bucks?|btc|euros?|pounds)\b", re.I),
    "markup": re.compile(r"<\s*/?\s*[a-z][^>]{0,200}>|\[/?(?:url|link|img|b)\b[^\]]{0,200}\]", re.I),
    "escaped markup": re.compile(r"&(?:#\d{2,6}|[a-z]{2,8});"),
    "repeated letters": re.compile(r"([^\W\d_])\1{2,}", re.I),
    "repeated marks": re.compile(r"([!?$*])\1+|[!?]{2,}"),
    "drawn letters": re.compile(r"[\uff21-\uff5a\U0001d400-\U0001d7ff\u2460-\u24ff\U0001f130-\U0001f189]"),
    "mixed scripts": re.compile(r"[a-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][a-z]", re.I),
    "invisible characters": re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064]"),
    "spaced letters": re.compile(r"(?<!\w)\w(?:[ .*_-]\w){3,}(?!\w)"),
    "picture": re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]"),
    "capitals": re.compile(r"\b[A-Z]{4,}\b"),
    "question": re.compile(r"\?"),
    "lines": re.compile(r"\n"),
}


def shapes_of(text: str) -> Iterator[str]:
    """Yield the names of the shapes that `text` has, each once."""
    for name, pattern in PATTERNS.items():
        if pattern.search(text):
            yield name
    n = len(text)
    yield "length %d" % min(6, n.bit_length() // 2 if n < 4 else max(0, n.bit_length() - 4))
    letters = sum(map(str.isalpha, text)) or 1
    if n > 15 and sum(map(str.isupper, text)) > 0.5 * letters:
        yield "mostly capitals"
    if sum(map(str.isdigit, text)) > 0.1 * n:
        yield "many digits"
