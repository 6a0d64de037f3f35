"""Whether others can read a text or a name, and what a name looks like to them.

Every refusal is a ValidationError with one sentence that says what to do. Nothing here changes what a reader wrote:
no normalization, only plain line ends.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

import regex
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_TEXT = 5000
"""Characters that a reader sees in a comment, at most."""

MAX_NAME = 80
"""Code points of a name, at most: the column counts these."""

CODE_POINTS_PER_CHARACTER = 4
"""On average over a text, at most. A family of four emoji has 7, but no comment consists of families."""

RESERVED = (
    "admin",
    "administrator",
    "almanac",
    "author",
    "editor",
    "editors",
    "editorial team",
    "moderator",
    "moderators",
    "official",
    "staff",
    "support",
    "system",
    "the editors",
    "webmaster",
)
"""Names that would speak for the site."""

CHARACTER = regex.compile(r"\X")
FLAG = regex.compile(r"\p{Regional_Indicator}{2}")

UNSHOWABLE = regex.compile(r"[[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]--[\n\t]]", regex.V1)
"""Controls (C0, C1), surrogates and noncharacters: no keyboard types them, and XML refuses most."""

LINE_OR_TAB = regex.compile(r"[\n\r\t\p{Zl}\p{Zp}]")

SEEN = regex.compile(r"[^\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]")
"""Anything that leaves a mark on the page: no space, no format character, no Hangul filler, no empty Braille cell."""

LETTER_OR_DIGIT = regex.compile(r"[[\p{L}\p{N}]--\p{Default_Ignorable_Code_Point}]", regex.V1)

MARKS_ON_ONE_LETTER = regex.compile(r"(?:[\p{Mn}\p{Me}][\p{Mc}\p{Cf}]*+){9}")
"""More than eight. The tallest stacks in earnest use, Tibetan seed syllables, have eight; Hebrew with accents six."""

DIRECTION_MARKS = regex.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
EMBEDDINGS = frozenset("\u202a\u202b\u202d\u202e")
ISOLATES = frozenset("\u2066\u2067\u2068")
END_OF_EMBEDDING, END_OF_ISOLATE = "\u202c", "\u2069"

JOINING = (
    r"[\p{Arabic}\p{Syriac}\p{Mongolian}\p{Nko}\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}"
    r"\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}]"
)
PICTURE = r"\p{Extended_Pictographic}"
INVISIBLE_IN_PLACE = regex.compile(
    # A joiner or non-joiner where spelling needs it, after the letter's own marks (compare RFC 5892, appendix A) ...
    rf"(?<={JOINING}\p{{Mn}}?)[\u200c\u200d](?={JOINING})|(?<=\p{{ccc=Virama}})[\u200c\u200d]"
    # ... or where it makes one picture of two; and the choice between forms of a picture, ideograph or letter.
    rf"|(?<={PICTURE}[\ufe0f\U0001f3fb-\U0001f3ff]?)\u200d(?={PICTURE})"
    rf"|(?<=[{PICTURE}0-9#*])[\ufe0e\ufe0f]|(?<=\p{{Han}})[\p{{Variation_Selector}}]"
    r"|(?<=\p{Mongolian})[\u180b-\u180d\u180f]"
)
INVISIBLE = regex.compile(r"[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]")


def length(text: str) -> int:
    """Return how many characters a reader sees in `text`: extended grapheme clusters (UAX #29)."""
    # A flag, two code points, is one character. `regex` takes quadratic time over runs of them (minutes for 400,000).
    return sum(1 for _character in CHARACTER.finditer(FLAG.sub("x", text)))


def readable_text(text: str, limit: int = MAX_TEXT) -> str:
    """Return `text` exactly as written but for plain line ends and a byte order mark at its start.

    `limit` is in characters as readers see them.

    Raises ValidationError if there is nothing to see, if it is too long, or if it holds what cannot be shown, towers of
    combining marks, or direction marks that are not closed in their paragraph.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if UNSHOWABLE.search(text):
        raise ValidationError(_("This text holds invisible control characters. Please remove them and send it again."))
    if not SEEN.search(text):
        raise ValidationError(_("Please write something before you send it."))
    _refuse_longer_than(limit, text)
    if MARKS_ON_ONE_LETTER.search(text):
        raise ValidationError(_("This text piles too many marks on one letter. Please write it plainly."))
    if not all(_direction_marks_are_closed(paragraph) for paragraph in regex.split(r"[\n\u2029]", text)):
        raise ValidationError(
            _("This text holds invisible marks that change its reading direction. Please remove or close them.")
        )
    return text


def readable_name(name: str, limit: int = MAX_NAME) -> str:
    """Return `name` as written, without the white space around it. `limit` is in code points.

    Raises ValidationError if it has no letter or digit to see, if it is too long or more than one line, or if it holds
    what cannot be seen or shown (joiners that its spelling needs are welcome) or towers of combining marks.
    """
    name = name.strip()
    if LINE_OR_TAB.search(name):
        raise ValidationError(_("A name has one line. Please remove line breaks and tabs from it."))
    if UNSHOWABLE.search(name):
        raise ValidationError(_("This name holds invisible control characters. Please type it anew."))
    if DIRECTION_MARKS.search(name):
        raise ValidationError(
            _("This name holds invisible marks that change its reading direction. Please type it anew.")
        )
    if not LETTER_OR_DIGIT.search(name):
        raise ValidationError(_("Please give a name, so that others can answer you. It need not be your own."))
    if len(name) > limit:
        raise ValidationError(
            _("This name has %(length)s characters; %(limit)s are allowed. Please shorten it."),
            params={"length": f"{len(name):,}", "limit": f"{limit:,}"},
        )
    if INVISIBLE.search(INVISIBLE_IN_PLACE.sub("", name)):
        raise ValidationError(_("This name holds invisible characters. Please type it anew."))
    if MARKS_ON_ONE_LETTER.search(name):
        raise ValidationError(_("This name piles too many marks on one letter. Please write it plainly."))
    return name


def skeleton(name: str) -> str:
    """Return what `name` looks like, for comparing only: names with the same skeleton can be taken for each other.

    Upper and lower case, accents, spaces, punctuation and pictures make no difference, nor do letters that look alike
    in other scripts (UTS #39, section 4). "i", "l", "1" and "|" are one letter, so are "o" and "0", and "m" is "rn".
    """
    return "".join(map(_shape, name))


NOT_IN_A_WORD = regex.compile(r"[\W\d_]+")


def looks_like_one_of(name: str, names: Iterable[str]) -> bool:
    """Return whether `name` can be taken for one of `names`."""
    shape = skeleton(name)
    return bool(shape) and any(shape == skeleton(other) for other in names)


def poses_as_one_of(name: str, people: Iterable[str]) -> bool:
    """Return whether `name` can be taken for one of `people`, or for somebody with an office here.

    A full name is also found with a title around it ("Dr. Ada Brook, MD"), an office as one word of several ("The
    Moderator", "admin 2").
    """
    parts = [part for part in NOT_IN_A_WORD.split(name) if part]
    if looks_like_one_of(name, RESERVED) or any(looks_like_one_of(part, RESERVED) for part in parts):
        return True
    shape = skeleton(name)
    shapes = {person: skeleton(person) for person in people}
    return any(
        shape == other or (other in shape and len(person.split()) > 1) for person, other in shapes.items() if other
    )


def _refuse_longer_than(limit: int, text: str) -> None:
    """Raise ValidationError if `text` has more than `limit` characters, or many more code points than characters."""
    if len(text) <= limit:
        return
    count = length(text)
    if count > limit:
        raise ValidationError(
            _("Your comment has %(length)s characters; %(limit)s are allowed. Please shorten it."),
            params={"length": f"{count:,}", "limit": f"{limit:,}"},
        )
    if len(text) > limit * CODE_POINTS_PER_CHARACTER:
        raise ValidationError(_("Your comment has too many composed characters, such as emoji. Please shorten it."))


def _direction_marks_are_closed(paragraph: str) -> bool:
    """Return whether each embedding, override and isolate (UAX #9) ends inside `paragraph`, properly nested."""
    ends: list[str] = []
    for mark in DIRECTION_MARKS.findall(paragraph):
        if mark in EMBEDDINGS:
            ends.append(END_OF_EMBEDDING)
        elif mark in ISOLATES:
            ends.append(END_OF_ISOLATE)
        elif mark in (END_OF_EMBEDDING, END_OF_ISOLATE) and (not ends or ends.pop() != mark):
            return False
    return not ends


@lru_cache(maxsize=4096)
def _shape(character: str) -> str:
    """Return what `character` looks like, in small letters and digits: empty for all that is neither."""
    shape, before = character, ""
    while shape != before:
        before = shape
        latin = "".join(_latin_lookalikes().get(each, each) for each in unicodedata.normalize("NFKD", shape))
        shape = "".join(filter(LETTER_OR_DIGIT.match, unicodedata.normalize("NFKD", latin.casefold())))
    return shape


@cache
def _latin_lookalikes() -> dict[str, str]:
    """Return for each character that looks like Latin letters those letters. Made once, when the first name comes."""
    from confusable_homoglyphs.confusables import confusables_data

    table = {"i": "l", "1": "l", "|": "l", "0": "o", "m": "rn"}
    for character in filter(str.isalpha, map(chr, range(0x250, 0xAC00))):
        # Small capitals are apart in the data, and both fashionable and shapes of Greek and Cyrillic letters.
        family, small_capital, letter = unicodedata.name(character, "").partition("LATIN LETTER SMALL CAPITAL ")
        if small_capital and not family and len(letter) == 1:
            table[character] = letter.lower()
    for character, homoglyphs in confusables_data.items():
        character = character.strip("\u200e")  # The data keep letters that run from right to left between these.
        if character.isascii() or character in table:
            continue
        for homoglyph in homoglyphs:
            letters = "".join(filter(LETTER_OR_DIGIT.match, unicodedata.normalize("NFKD", homoglyph["c"])))
            if letters and (letters.isascii() or letters in table):
                table[character] = table.get(letters, letters)
                break
    return table
