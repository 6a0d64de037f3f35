"""Bringing pictures and documents back from the files beside an export."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.dateparse import parse_date
from wagtail.documents import get_document_model

from articles.exchange.almanac.naming import DESCRIBED_BY, IDENTIFIERS, Key
from articles.exchange.almanac.records import OF_PICTURE, OF_SOURCE, Record
from articles.exchange.source import Refused
from articles.models import Source
from pictures.actions import restore_picture
from pictures.models import Picture, PictureOrigin
from pictures.reading import check_readable

Media = Callable[[str], Path]
"""Returns where the file with this SHA-256 lies; raises Refused if it is not there."""


@transaction.atomic
def bring_picture(record: Record, media: Media, *, trusted: bool) -> tuple[int, bool]:
    """Return the key of the picture that `record` tells of, and whether it is new; raises Refused or ValidationError.

    The same file is the same picture, unless the site where it comes from had it twice. `trusted` says that the file
    comes from a site of ours: it was cleaned there, and stays byte for byte as it is.
    """
    found = look_up_picture(record, media)
    if isinstance(found, int):
        return found, False
    digest, number = _digest(record["key"])
    told = {name: record[name] for name in OF_PICTURE}
    name = f"picture.{record['ending']}"
    picture = restore_picture(data=found.read_bytes(), name=name, told=told, as_it_is=trusted)
    picture.tags.set([str(tag)[:100] for tag in record["tags"]])
    if number == 1:
        PictureOrigin.objects.create(digest=digest, picture=picture)
    return picture.pk, True


def look_up_picture(record: Record, media: Media) -> int | Path:
    """Return the key of the picture that `record` tells of or, if it is not here, where its file lies; raises Refused.

    Writes nothing.
    """
    digest, number = _digest(record["key"])
    known = PictureOrigin.objects.filter(digest=digest).first() if number == 1 else None
    if known is not None:
        return int(known.picture_id)
    path = _whole(media(digest), digest)
    if path.stat().st_size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise Refused("The file of the picture is too large.")
    same = _same(Picture, path, number)
    if same is not None:
        return same
    if record["ending"] not in settings.WAGTAILIMAGES_EXTENSIONS:
        raise Refused(f"Pictures ending in “.{record['ending']}” cannot be shown.")
    with path.open("rb") as file:
        check_readable(file)
    return path


@transaction.atomic
def bring_document(record: Record, media: Media) -> tuple[int, bool]:
    """Return the key of the document that `record` tells of, and whether it is new; raises Refused."""
    found = look_up_document(record, media)
    if isinstance(found, int):
        return found, False
    with found.open("rb") as file:
        name = PurePosixPath(record["name"]).name
        document = get_document_model()(title=record["title"][:255], file=File(file, name=name))
        document.file_size = found.stat().st_size
        document.full_clean(exclude=["collection"])
        document._set_document_file_metadata()
        document.save()
    document.tags.set([str(tag)[:100] for tag in record["tags"]])
    return int(document.pk), True


def look_up_document(record: Record, media: Media) -> int | Path:
    """Return the key of the document that `record` tells of or, if it is not here, where its file lies; raises Refused.

    Writes nothing.
    """
    digest, number = _digest(record["key"])
    path = _whole(media(digest), digest)
    same = _same(get_document_model(), path, number)
    if same is not None:
        return same
    name = PurePosixPath(record["name"]).name
    if PurePosixPath(name).suffix.lower().removeprefix(".") not in settings.WAGTAILDOCS_EXTENSIONS:
        raise Refused(f"Documents like “{name}” cannot be stored here.")
    return path


@transaction.atomic
def bring_source(record: Record) -> tuple[int, bool]:
    """Return the key of the source that `record` tells of, and whether it is new; raises ValidationError.

    One that is known by any of its identifiers is that one, and stays as it is.
    """
    given = [name for name in IDENTIFIERS if record[name]]
    lookups = [{name: record[name]} for name in given] or [
        {name: record[name] for name in DESCRIBED_BY} | dict.fromkeys(IDENTIFIERS, "")
    ]
    number = _digest(record["key"])[1]
    for lookup in lookups:
        same = list(Source.objects.filter(**lookup).order_by("pk").values_list("pk", flat=True)[:number])
        if len(same) == number:
            return same[-1], False
    told = {name: record[name] for name in OF_SOURCE}
    source = Source(**told | {"accessed_on": parse_date(record["accessed_on"]) if record["accessed_on"] else None})
    source.full_clean()
    source.save()
    return source.pk, True


def _digest(key: Key) -> tuple[str, int]:
    """Return the name without its number, and the number: 2 for the second thing that is called so."""
    name, _mark, number = key.rpartition("#")
    return (name, int(number)) if name and number.isdecimal() and len(number) < 9 else (key, 1)


def _whole(path: Path, digest: str) -> Path:
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != digest:
            raise Refused("The file beside the export is damaged.")
    return path


def _same(model: Any, path: Path, number: int) -> int | None:
    """Return the key of the row with this number of those that have the same file, or None."""
    with path.open("rb") as file:
        hashed = hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False))
    same = model.objects.filter(file_hash=hashed.hexdigest()).order_by("pk")
    found: list[int] = list(same.values_list("pk", flat=True)[:number])
    return found[-1] if len(found) == number else None
