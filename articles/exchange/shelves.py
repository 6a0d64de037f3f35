"""Files that belong together, in a folder or a zip file, by their paths; and the pictures among them."""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import stat
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit
from zipfile import ZipInfo

from django.conf import settings

from articles.exchange.documents import Document
from articles.exchange.source import Refused
from articles.exchange.zips import DAMAGED, data_of, name_of, opened, problem_of, shown

PICTURE = re.compile(r"!\[[^\[\]]*\]\((?P<address>[^()\s]+)")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


@dataclass(frozen=True)
class Item:
    """A file by its path within the whole, with slashes, and in a sentence why it cannot be taken, if so."""

    name: str
    problem: str = ""


class Shelf(Protocol):
    """Files by their paths. `items` has all of them in order, `names` those that can be taken."""

    @property
    def items(self) -> list[Item]:
        """All files, in order."""
        ...

    @property
    def names(self) -> Names:
        """Finds files by what a text calls them."""
        ...

    def data(self, name: str, most: int | None = None) -> bytes:
        """Return the bytes of a file, or only the first `most`; raises Refused for more than a picture may have."""
        ...

    def file(self, name: str, temporary: Path) -> Path:
        """Return where the file lies; one that is packed is unpacked to the path `temporary` first. Raises Refused."""
        ...


class Folder:
    """The files in a folder of the disk, however deep. Links are not followed."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    @cached_property
    def items(self) -> list[Item]:
        """The files, by their names; looked up when somebody asks."""
        return [*self._walk()]

    @cached_property
    def names(self) -> Names:
        """Finds files by what a text calls them."""
        return Names(self.items)

    def data(self, name: str, most: int | None = None) -> bytes:
        """Return the bytes of a file, or only the first `most`; raises Refused for more than a picture may have."""
        path = self.root / name
        allowed = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        try:
            if path.is_symlink() or not path.resolve().is_relative_to(self.root):
                raise Refused("It is a link, and links are not followed.")
            with path.open("rb") as file:
                data = file.read(allowed + 1 if most is None else most)
        except OSError as error:
            raise Refused(f"The file cannot be read: {error.strerror}.") from error
        if len(data) > allowed:
            raise Refused(f"It has more than {allowed:,} bytes.")
        return data

    def file(self, name: str, temporary: Path) -> Path:
        """Return where the file lies."""
        return self.root / name

    def _walk(self) -> Iterator[Item]:
        for folder, folders, files in os.walk(self.root):
            links = [each for each in folders if os.path.islink(os.path.join(folder, each))]
            folders[:] = sorted(set(folders) - set(links))
            for file in sorted([*files, *links]):
                path = Path(folder, file)
                name = path.relative_to(self.root).as_posix()
                mode = path.lstat().st_mode
                if stat.S_ISLNK(mode):
                    yield Item(name, "It is a link, and links are not followed.")
                else:
                    yield Item(name, "" if stat.S_ISREG(mode) else "It is no plain file.")


class Archive:
    """The files in a zip file. What is wrong with one of them is a matter of that one alone."""

    def __init__(self, path: Path) -> None:
        """Read the directory of the zip file at `path`; raises Refused if it cannot be read at all."""
        self._zip = opened(path)
        self._infos: dict[str, ZipInfo] = {}
        self.items: list[Item] = []
        for info in sorted(self._zip.infolist(), key=name_of):
            name = name_of(info)
            problem = problem_of(info)
            if name.endswith("/") and not problem:
                continue
            if not problem and name in self._infos:
                problem = "The archive has another entry of this name, which is the one that is read."
            if not problem:
                self._infos[name] = info
            self.items.append(Item(shown(name) if problem else name, problem))

    @cached_property
    def names(self) -> Names:
        """Finds files by what a text calls them."""
        return Names(self.items)

    def data(self, name: str, most: int | None = None) -> bytes:
        """Return the bytes of a file, or only the first `most`; raises Refused for more than a picture may have."""
        if most is None:
            return data_of(self._zip, self._infos[name], settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        try:
            with self._zip.open(self._infos[name]) as file:
                return file.read(most)
        except DAMAGED as error:
            raise Refused("It is damaged.") from error

    def file(self, name: str, temporary: Path) -> Path:
        """Return where the file lies once it is unpacked: at `temporary`, a path of ours."""
        # Who still reads the one before (the pictures in a Word file) keeps it.
        temporary.unlink(missing_ok=True)
        try:
            with self._zip.open(self._infos[name]) as packed, temporary.open("wb") as file:
                shutil.copyfileobj(packed, file)
        except DAMAGED as error:
            raise Refused("It is damaged.") from error
        return temporary


class Names:
    """The paths of files that can be taken, found by the addresses with which a text names them."""

    def __init__(self, items: list[Item]) -> None:
        self._names = {item.name for item in items if not item.problem}
        self._by_last: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._names):
            self._by_last[posixpath.basename(name)].append(name)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def find(self, address: str, beside: str) -> str | None:
        """Return the path of the file that `address` means in the file at the path `beside`, or None.

        It is looked for where the address leads; else it is the one file that shares the longest end of its path with
        the address: `/img/a.png` is `static/img/a.png`, and `a.png`, if there is no other, is the one in
        `attachments`. An address on another server has to share a folder too.
        """
        is_web = bool(SCHEME.match(address))
        path = path_in(address)
        if not path:
            return None
        if not is_web:
            there = posixpath.normpath(posixpath.join(posixpath.dirname(beside), path))
            if there in self._names:
                return there
        shared = {name: _shared_end(name, path) for name in self._by_last.get(posixpath.basename(path), ())}
        most = max(shared.values(), default=0)
        best = [name for name, count in shared.items() if count == most]
        return best[0] if len(best) == 1 and most > is_web else None


def path_in(address: str) -> str:
    """Return the path of a relative or web address, decoded and without a leading slash; empty if it has none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return unquote(parts.path).lstrip("/") if parts.scheme in ("", "http", "https") else ""


def address_of(name: str) -> str:
    """Return where readers of a site found the file at the path `name`: `content/a/index.md` at `/a/`."""
    path = posixpath.splitext(name)[0].removeprefix("content/")
    folder, _, last = path.rpartition("/")
    path = folder if last in ("index", "_index") else path
    return f"/{path}/" if path else "/"


def with_pictures(document: Document, shelf: Shelf, name: str) -> Document:
    """Return `document`, which stands in the file `name` of `shelf`, with readers of the pictures that it names."""
    addresses = {found["address"] for line in document.source.lines for found in PICTURE.finditer(line)}
    addresses |= {document.details.hero} if document.details.hero else set()
    readers: dict[str, Callable[[], bytes]] = {}
    for address in addresses - {*document.pictures}:
        if found := shelf.names.find(address, name):
            readers[address] = partial(shelf.data, found)
    pictures: Mapping[str, Callable[[], bytes]] = {**document.pictures, **readers}
    return replace(document, pictures=pictures) if readers else document


def _shared_end(name: str, path: str) -> int:
    count = 0
    for one, other in zip(reversed(name.split("/")), reversed(path.split("/")), strict=False):
        if one != other:
            break
        count += 1
    return count
