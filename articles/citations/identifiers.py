"""What an editor types to name a publication: a DOI, a PMID, an ISBN or a web address, however it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

Kind = Literal["doi", "pmid", "isbn", "url"]

LONGEST_DOI = 255
LONGEST_ADDRESS = 500

DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+", re.ASCII)
"""As https://www.doi.org/the-identifier/resources/handbook/2_numbering describes it: prefix, slash, anything."""
AFTER_DOI = re.compile(r"/(?:full|abstract|abs|pdf|epdf|pdfdirect|epub|meta|html|references|summary|full/html)/?$")
"""What publishers' addresses put behind the DOI of the page."""
PUBMED = re.compile(
    r"^(?:pubmed\.ncbi\.nlm\.nih\.gov/|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/)([0-9]{1,8})(?:$|/)"
)
PMID = re.compile(r"[0-9]{1,8}", re.ASCII)
NAMED = re.compile(r"^(doi|pmid|pubmed(?: id)?|isbn(?:-?1[03])?|url)(?:\s*[:=]\s*|\s+|(?=[0-9]))(?=\S)", re.IGNORECASE)
"""A name in front, which says what follows."""
BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}


class NotAnIdentifier(ValueError):
    """What was typed names no publication; the text says why, in words for an editor."""


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """Names one publication. The same publication has the same `value`, however it was typed."""

    kind: Kind
    value: str


def identify(typed: str) -> Identifier:
    """Return what `typed` names; raises NotAnIdentifier."""
    text = "".join(character for character in typed if character.isprintable()).strip().strip("<>“”\"'").strip()
    if not text:
        raise NotAnIdentifier(_("Please give a DOI, a PMID, an ISBN or a web address."))
    if named := NAMED.match(text):
        return _readers[named[1].lower()[:3]](text[named.end() :])
    if re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE):
        return _of_address(text)
    if text.startswith("10."):
        return _doi(text)
    digits = re.sub(r"[\s‐-―-]", "", text).upper()
    if re.fullmatch(r"[0-9]{9,13}[0-9X]?", digits):
        return _isbn(text)
    if PMID.fullmatch(text):
        return _pmid(text)
    if re.match(r"[^\s/@]+\.[^\s/@.]{2,}(?:[/?#]|$)", text):
        return _of_address(f"https://{text}")
    raise NotAnIdentifier(_("“%(typed)s” is no DOI, PMID, ISBN or web address.") % {"typed": _short(text)})


def identify_all(typed: str) -> dict[Kind, str]:
    """Return what the lines of `typed` name; raises NotAnIdentifier, also if two of them are of one kind."""
    found: dict[Kind, str] = {}
    for line in typed.splitlines():
        if not line.strip():
            continue
        identifier = identify(line)
        if found.get(identifier.kind, identifier.value) != identifier.value:
            raise NotAnIdentifier(
                _("A source has one %(kind)s; these are two: %(first)s and %(second)s.")
                % {"kind": words_for(identifier.kind), "first": found[identifier.kind], "second": identifier.value}
            )
        found[identifier.kind] = identifier.value
    return found


def words_for(kind: Kind) -> str:
    """Return what an editor calls an identifier of this kind."""
    return _("web address") if kind == "url" else kind.upper()


def _doi(text: str) -> Identifier:
    found = DOI.match(text.strip())
    if found is None or found.end() != len(text.strip()):
        raise NotAnIdentifier(
            _("“%(typed)s” is no complete DOI: it begins with 10., four digits or more and a slash, without blanks.")
            % {"typed": _short(text)}
        )
    # Letters of a DOI mean the same in both cases.
    value = _without_punctuation(found[0]).lower()
    if len(value) > LONGEST_DOI:
        raise NotAnIdentifier(_("This DOI is longer than %(most)d characters.") % {"most": LONGEST_DOI})
    return Identifier(kind="doi", value=value)


def _pmid(text: str) -> Identifier:
    digits = text.strip().rstrip(".;,")
    if not PMID.fullmatch(digits) or not int(digits):
        raise NotAnIdentifier(
            _("“%(typed)s” is no PMID: that is a number of up to eight digits.") % {"typed": _short(text)}
        )
    return Identifier(kind="pmid", value=str(int(digits)))


def _isbn(text: str) -> Identifier:
    digits = re.sub(r"[\s‐-―-]", "", text).rstrip(".;,").upper()
    if not re.fullmatch(r"[0-9]{9}[0-9X]|[0-9]{13}", digits, re.ASCII):
        raise NotAnIdentifier(
            _("“%(typed)s” is no ISBN: that has 10 or 13 digits, and this has %(count)d.")
            % {"typed": _short(text), "count": sum(character.isdigit() for character in digits)}
        )
    if len(digits) == 13 and digits[:3] not in ("978", "979"):
        raise NotAnIdentifier(
            _("An ISBN of 13 digits begins with 978 or 979, not with %(start)s.") % {"start": digits[:3]}
        )
    wanted = _check_digit(digits)
    if digits[-1] != wanted:
        raise NotAnIdentifier(
            _("A digit of this ISBN is wrong: after the others, the last would be %(wanted)s, not %(given)s.")
            % {"wanted": wanted, "given": digits[-1]}
        )
    if len(digits) == 10:
        digits = f"978{digits[:9]}"
        digits += _check_digit(f"{digits}0")
    return Identifier(kind="isbn", value=digits)


def _check_digit(isbn: str) -> str:
    """Return what the last digit of `isbn` (10 or 13 characters) has to be, by ISO 2108."""
    if len(isbn) == 10:
        rest = -sum((10 - position) * int(digit) for position, digit in enumerate(isbn[:9])) % 11
        return "X" if rest == 10 else str(rest)
    return str(-sum((3 if position % 2 else 1) * int(digit) for position, digit in enumerate(isbn[:12])) % 10)


def _of_address(text: str) -> Identifier:
    """Return the web address `text`, or the DOI or PMID that it leads to."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".")
        port = parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    is_whole = parts.scheme.lower() in ("http", "https") and "." in host and not parts.username
    if not is_whole or re.search(r"\s", text):
        raise NotAnIdentifier(
            _("“%(typed)s” is no web address: it would begin with https:// and have no blanks.")
            % {"typed": _short(text)}
        )
    if pubmed := PUBMED.match(f"{host}{parts.path}"):
        return _pmid(pubmed[1])
    if inside := DOI.search(unquote(f"{parts.path}?{parts.query}" if host.endswith("doi.org") else parts.path)):
        return _doi(AFTER_DOI.sub("", inside[0].rstrip("?")))
    shown_port = f":{port}" if port and port != {"http": 80, "https": 443}[parts.scheme.lower()] else ""
    address = urlunsplit((parts.scheme.lower(), f"{host}{shown_port}", parts.path or "/", parts.query, ""))
    if len(address) > LONGEST_ADDRESS:
        raise NotAnIdentifier(_("This web address is longer than %(most)d characters.") % {"most": LONGEST_ADDRESS})
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError as error:
        raise NotAnIdentifier(_("“%(typed)s” is no web address.") % {"typed": _short(text)}) from error
    return Identifier(kind="url", value=address)


def _without_punctuation(text: str) -> str:
    """Return `text` without what ends the sentence that it was copied from, and without a bracket opened before it."""
    while text and (
        text[-1] in ".,;:\"'“”" or (text[-1] in BRACKETS and text.count(BRACKETS[text[-1]]) < text.count(text[-1]))
    ):
        text = text[:-1]
    return text


def _short(text: str) -> str:
    return text.strip() if len(text.strip()) <= 60 else f"{text.strip()[:59]}…"


def _named_doi(text: str) -> Identifier:
    return _of_address(text) if "://" in text else _doi(text)


_readers: dict[str, Callable[[str], Identifier]] = {
    "doi": _named_doi,
    "pmi": _pmid,
    "pub": _pmid,
    "isb": _isbn,
    "url": _of_address,
}
