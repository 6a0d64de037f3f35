"""Turning the addresses of pictures in a recognized text into stored pictures."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

from articles.exchange.documents import Document
from articles.exchange.downloading import Downloads, NotFetched
from articles.exchange.findings import Found, Recognized
from articles.exchange.source import Refused
from articles.network import Resolve
from pictures.actions import picture_of
from pictures.models import Picture, PictureOrigin
from pictures.reading import DAMAGED, check_readable

MOST_PICTURES = 200
"""So many pictures of one article are brought; an article with more of them is a gallery."""
ENDINGS = {"AVIF": "avif", "GIF": "gif", "JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
"""What Pillow calls the formats that we take, by the bytes of a file, and the endings that go with them."""
SHOWN_ADDRESS = 120


@dataclass(frozen=True, kw_only=True)
class Brought:
    """The pictures of one article by their addresses in its text, and why others could not be had, a sentence each."""

    pictures: Mapping[str, Picture]
    problems: Mapping[str, str]

    def value_of(self, found: Found) -> Any:
        """Return the value of the block `found`, with its picture if it names one that could be had."""
        picture = self.pictures.get(address_in(found))
        return found.value | {"image": picture.pk} if picture else found.value

    def problem_of(self, found: Found) -> str:
        """Return why the picture that the block `found` names is missing, in a sentence; empty if none is."""
        return self.problems.get(address_in(found), "")


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    address: str
    alt: str
    credit: str = ""


def pictures_for(
    document: Document, recognized: Recognized, *, download: bool = False, resolve: Resolve | None = None
) -> Brought:
    """Store the pictures that the figures of `recognized` and its hero name, and return them; never raises for one.

    Their bytes come from `document.pictures`, from `data:` addresses, and, only if `download` says so, from the public
    network (see `articles.network`). The same file becomes the same picture however often it comes, so this may run
    again. It may also run before the article's transaction begins, and should if it downloads: nothing that others wait
    for is to be locked while a foreign server takes its time.
    """
    found: dict[str, Picture] = {}
    problems: dict[str, str] = {}
    downloads = Downloads(resolve) if download else None
    for wanted in _wanted(document, recognized):
        if wanted.address in found or wanted.address in problems:
            continue
        try:
            if len(found) + len(problems) >= MOST_PICTURES:
                raise NotFetched(_("The article has more than %(most)d pictures.") % {"most": MOST_PICTURES})
            found[wanted.address] = _stored(_data(wanted.address, document.pictures, downloads), wanted)
        except (NotFetched, Refused, ValidationError, OSError) as error:
            why = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            shown = wanted.address[:SHOWN_ADDRESS]
            problems[wanted.address] = _("The picture “%(address)s” is missing. %(why)s") % {
                "address": shown,
                "why": why,
            }
    return Brought(pictures=found, problems=problems)


def address_in(found: Found) -> str:
    """Return the address of the picture that the block `found` names, as in the text; empty if it names none."""
    return found.picture


def _wanted(document: Document, recognized: Recognized) -> Iterator[_Wanted]:
    if document.details.hero:
        yield _Wanted(address=document.details.hero, alt=document.details.hero_alt)
    for found in recognized.blocks:
        if address := address_in(found):
            yield _Wanted(address=address, alt=found.value["alt"], credit=found.value["credit"])


def _data(address: str, readers: Mapping[str, Callable[[], bytes]], downloads: Downloads | None) -> bytes:
    """Return the bytes of the file at `address`; raises NotFetched, or what its reader raises."""
    if address in readers:
        return readers[address]()
    address = f"https:{address}" if address.startswith("//") else address
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError as error:
        raise NotFetched(_("Its address is none.")) from error
    if scheme == "data":
        return _data_in(address)
    if scheme in ("http", "https"):
        if downloads is None:
            raise NotFetched(_("Pictures on other servers are only fetched if that is asked for."))
        return downloads.fetch(address)
    raise NotFetched(_("No such picture came along.") if not scheme else _("Its address is no web address."))


def _data_in(address: str) -> bytes:
    """Return the bytes that a `data:` address holds (RFC 2397)."""
    kind, _comma, content = address.partition(",")
    if len(content) > 2 * settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise NotFetched(_too_large())
    data = unquote_to_bytes(content)
    try:
        return base64.b64decode(data) if kind.lower().endswith(";base64") else data
    except binascii.Error as error:
        raise NotFetched(_("It is cut off.")) from error


def _stored(data: bytes, wanted: _Wanted) -> Picture:
    """Return the picture that `data` becomes; raises ValidationError or NotFetched, in a sentence, if it is none."""
    digest = hashlib.sha256(data).hexdigest()
    ending = "" if PictureOrigin.objects.filter(digest=digest).exists() else _checked_ending(data)
    stem = PurePosixPath(unquote(urlsplit(wanted.address).path)).stem if ":" not in wanted.address[:5] else ""
    title = wanted.alt or stem or _("Picture")
    return picture_of(
        data=data,
        name=f"picture.{ending}",
        title=title,
        description=wanted.alt,
        credit=wanted.credit,
        digest=digest,
    )


def _checked_ending(data: bytes) -> str:
    """Return the ending that goes with the picture `data`, which is one by its bytes, whatever it is called."""
    if len(data) > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise NotFetched(_too_large())
    try:
        with Image.open(BytesIO(data), formats=sorted({*ENDINGS} - {"MPO"})) as image:
            ending = ENDINGS[str(image.format)]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, *DAMAGED) as error:
        raise NotFetched(_("It is no picture in a format that is shown here.")) from error
    check_readable(BytesIO(data))
    return ending


def _too_large() -> str:
    return _("It has more than %(most)d MB.") % {"most": settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE // 1024 // 1024}
