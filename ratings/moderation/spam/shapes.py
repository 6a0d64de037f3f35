"""Shapes of a text that say something whatever it is about: a link, a telephone number, mostly capitals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ratings.notices import E_MAIL

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Shape:
    """What a moderator calls it, and where it is in a text: start and end of each place."""

    label: _StrPromise
    places: Callable[[str], list[tuple[int, int]]]


def _pattern(pattern: str) -> Callable[[str], list[tuple[int, int]]]:
    """Return a function that finds every place where `pattern` matches, in small letters or capitals."""
    found = re.compile(pattern, re.IGNORECASE).finditer
    return lambda text: [match.span() for match in found(text)]


def _whole(holds: Callable[[str], bool]) -> Callable[[str], list[tuple[int, int]]]:
    """Return a function that finds the whole text if `holds` is true of it."""
    return lambda text: [(0, len(text))] if holds(text) else []


def _mostly_capitals(text: str) -> bool:
    capitals = sum(map(str.isupper, text))
    return capitals > 10 and capitals > sum(map(str.islower, text))


def _many_digits(text: str) -> bool:
    return sum(map(str.isdigit, text)) > len(text) / 10


SHAPES = {
    "link": Shape(
        _("a link"),
        _pattern(
            r"(?:https?://|www\.)\S+"
            r"|\b[a-z0-9-]{2,63}\.(?:com|net|org|info|biz|ru|xyz|top|site|online|shop|store|club|io|ly|me|co)\b"
        ),
    ),
    "short link": Shape(
        _("a shortened link"),
        _pattern(r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|cutt\.ly|is\.gd|ow\.ly|rb\.gy|adf\.ly|t\.co|t\.me|wa\.me)\b"),
    ),
    "link with a query": Shape(_("a link with a query"), _pattern(r"https?://[^\s?]{1,200}\?\S*=\S*")),
    "e-mail": Shape(_("an e-mail address"), lambda text: [match.span() for match in E_MAIL.finditer(text)]),
    "telephone": Shape(_("a telephone number"), _pattern(r"(?<!\w)\+?\(?\d(?:[\s().-]{0,2}\d){8,14}(?!\w)")),
    "money": Shape(_("an amount of money"), _pattern(r"[$€£₹]\s?\d|\d\s?(?:[$€£₹]|(?:usd|eur|btc|dollars?|euros?)\b)")),
    "markup": Shape(_("markup"), _pattern(r"<\s?/?[a-z][^<>]{0,200}>|\[/?(?:url|link|img)\b[^\[\]]{0,200}\]")),
    "entity": Shape(_("escaped markup"), _pattern(r"&(?:#\d{2,6}|[a-z]{2,8});")),
    "stretched": Shape(_("a stretched word"), _pattern(r"((?!w)[^\W\d_])\1{2,}")),
    "marks": Shape(_("repeated marks"), _pattern(r"[!?]{2,}|([$*])\1+")),
    "ornate": Shape(
        _("ornate letters"), _pattern(r"[\uff21-\uff5a\U0001d400-\U0001d7ff\u2460-\u24ff\U0001f130-\U0001f189]+")
    ),
    "mixed scripts": Shape(
        _("letters of two scripts in a word"),
        _pattern(r"(?:[a-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][a-z])"),
    ),
    "invisible": Shape(_("invisible characters"), _pattern(r"[\u00ad\u200b-\u200f\u2060-\u2064]+")),
    "spaced": Shape(_("a word with gaps"), _pattern(r"(?<!\w)[^\W_](?:[ .*_-]{1,2}[^\W_]){3,}(?!\w)")),
    "pictures": Shape(_("pictures"), _pattern(r"[\u2600-\u27bf\U0001f300-\U0001faff]+")),
    "question": Shape(_("a question"), _pattern(r"\?")),
    "lines": Shape(_("several lines"), _pattern(r"\n")),
    "capitals": Shape(_("mostly capitals"), _whole(_mostly_capitals)),
    "digits": Shape(_("many digits"), _whole(_many_digits)),
    "very short": Shape(_("a very short text"), _whole(lambda text: len(text) < 20)),
    "short": Shape(_("a short text"), _whole(lambda text: 20 <= len(text) < 80)),
    "long": Shape(_("a long text"), _whole(lambda text: len(text) >= 300)),
}


def shapes_of(text: str) -> Iterator[str]:
    """Yield the names of the shapes that `text` has, each once."""
    return (name for name, shape in SHAPES.items() if shape.places(text))
