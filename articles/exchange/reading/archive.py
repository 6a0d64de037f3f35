"""A zip file or a folder of files in any of the other formats, with their pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.utils.text import slugify

from articles.exchange.almanac import MEDIA
from articles.exchange.documents import Document, Entry, Ignored, Unreadable
from articles.exchange.formats import HEAD, Format, formats
from articles.exchange.reading import almanac
from articles.exchange.shelves import Archive, Folder, Item, Shelf, address_of, with_pictures
from articles.exchange.source import Refused

FORMAT = "zip"
LABEL = "Zip file or folder"
ORDER = 50

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
NO_ARCHIVES = (".docx", ".docm", ".dotx")
"""Files that are zip files inside, and belong to other formats by what they are."""
TEXTS = (".txt", ".text")
PICTURES = frozenset(
    {".avif", ".bmp", ".gif", ".heic", ".ico", ".jfif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"}
)
LITTER = frozenset({"__macosx", "thumbs.db", "desktop.ini", "node_modules"})
"""What systems and programs leave in folders."""
OWN_MEDIA = re.compile(rf"(?:^|/){MEDIA}/[0-9a-f]{{64}}$")
"""Pictures and documents beside an export of ours."""
GENERATORS = re.compile(r"(?:_config|hugo|config)\.(?:ya?ml|toml)")
"""Settings of Jekyll and Hugo: beside them lie templates that look like articles."""
TEMPLATES = frozenset({"_includes", "_layouts", "_sass", "_site", "archetypes", "layouts", "themes"})
COUNTERS = re.compile(r"[\s\d_.()-]+$")
"""Dates and numbers behind the name of an archive: “export-2026-11-23 (1)” is another “export”."""


def is_mine(name: str, head: bytes) -> bool:
    """Return whether it is a zip file by its bytes, and no Word file by its name."""
    return head.startswith((ZIP, EMPTY_ZIP)) and not name.lower().endswith(NO_ARCHIVES)


def count(path: Path) -> int:
    """Return how many files the folder or zip file at `path` holds, pictures left out."""
    items = _shelf(path).items
    return sum(1 for item in items if PurePosixPath(item.name).suffix.lower() not in PICTURES and not _is_hidden(item))


def read(path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
    """Yield what the files of the zip file or folder at `path` hold, in the order of their names.

    An article is known by its path in the archive, below what the archive is called, and its title; in a folder, by its
    path on the disk. Packed files are unpacked one at a time, to a folder that is gone when the last entry was taken,
    or none more is. What cannot be taken is said in the place where it stands; the others follow.
    """
    shelf = _shelf(path)
    prefix = COUNTERS.sub("", Path(name).stem) or Path(name).stem
    is_site = any(GENERATORS.fullmatch(PurePosixPath(item.name).name) for item in shelf.items)
    left: Counter[str] = Counter()
    with TemporaryDirectory(prefix="almanac-import-") as temporary:
        for item in shelf.items:
            if why := _why_ignored(item, is_site=is_site):
                left[why] += 1
            elif item.problem:
                yield Unreadable(place=item.name, reason=item.problem)
            else:
                yield from _entries(shelf, item, Path(temporary), left, "" if path.is_dir() else prefix)
    yield from (Ignored(place=name, what=what, count=number) for what, number in sorted(left.items()))


def _shelf(path: Path) -> Shelf:
    return Folder(path) if path.is_dir() else Archive(path)


def _is_hidden(item: Item) -> bool:
    return any(part.startswith(".") or part.lower() in LITTER for part in item.name.split("/") if part != "..")


def _why_ignored(item: Item, *, is_site: bool) -> str:
    if _is_hidden(item):
        return "hidden files"
    if is_site and not TEMPLATES.isdisjoint(item.name.split("/")):
        return "templates of a site"
    is_shown = _suffix(item) in PICTURES or OWN_MEDIA.search(item.name)
    return "pictures and files, which come along where a text shows them" if is_shown else ""


def _entries(shelf: Shelf, item: Item, temporary: Path, left: Counter[str], prefix: str) -> Iterator[Entry]:
    """Yield what one file holds, in its own format; what is no article is counted among what is `left`."""
    try:
        found = _format_of(item.name, shelf.data(item.name, HEAD))
        if found is None:
            left[f"files ending in “{_suffix(item)}”" if _suffix(item) else "files without an ending"] += 1
        elif found.FORMAT == FORMAT:
            yield Unreadable(
                place=item.name, reason="It is an archive in an archive: unpack it and import it by itself."
            )
        else:
            file = shelf.file(item.name, temporary / "entry")
            if found.FORMAT == almanac.FORMAT:
                yield from almanac.records(file, name=item.name, media=_media(shelf, item, temporary))
            else:
                for entry in found.read(file, name=item.name, root=None):
                    yield _placed(entry, shelf, item, file, prefix)
    except Refused as error:
        yield Unreadable(place=item.name, reason=str(error))


def _format_of(name: str, head: bytes) -> Format | None:
    """Return the format of a file that begins with `head`. Text it is only by its name: style sheets are text too."""
    found = next((each for each in formats().values() if each.is_mine(name, head)), None)
    return None if found and found.FORMAT == "text" and not name.lower().endswith(TEXTS) else found


def _placed(entry: Entry, shelf: Shelf, item: Item, file: Path, prefix: str) -> Entry:
    """Return `entry`, which stands in `file`; a document as it is known for good, with the pictures beside it."""
    if not isinstance(entry, Document):
        return entry
    if prefix and entry.foreign_id == str(file.resolve()):
        entry = replace(entry, foreign_id=_known_as(prefix, item, entry), source=replace(entry.source, path=item.name))
    if entry.format == "markdown" and not entry.details.addresses:
        # Where links from the other files lead.
        entry = replace(entry, details=replace(entry.details, addresses=(address_of(item.name),)))
    return with_pictures(entry, shelf, item.name)


def _known_as(prefix: str, item: Item, document: Document) -> str:
    """Return what identifies an article of an archive: many archives are called “export” and have an “index.md”."""
    return f"{prefix}/{item.name}/{slugify(document.source.lines[0])[:100]}"


def _media(shelf: Shelf, item: Item, temporary: Path) -> Callable[[str], Path]:
    """Return what finds the files that an export of ours has beside it, by their digests."""

    def media(digest: str) -> Path:
        name = str(PurePosixPath(item.name).with_name(MEDIA) / digest)
        if name not in shelf.names:
            raise Refused(f"Its file is missing: it should be “{MEDIA}/{digest}” beside the export.")
        return shelf.file(name, temporary / digest)

    return media


def _suffix(item: Item) -> str:
    return PurePosixPath(item.name).suffix.lower()
