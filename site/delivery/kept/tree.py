"""The tree of kept pages: a file and its compressed variants for each address."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import brotli
from django.conf import settings
from django.core.files import locks

PAGE = "index.html"
ADDRESS = re.compile(r"/(?:[-\w]{1,255}/)*")
"""What a page's address looks like, decoded: slugs between slashes. Nothing else becomes the name of a file."""
LONGEST_NAME = 250
"""So many bytes may a name in a folder have."""
LONGEST_ADDRESS = 2_000
"""The same of a whole address."""

ENCODINGS = {"": "", "gzip": ".gz", "br": ".br"}
"""The encodings in which a page is kept, and the endings of their files."""
DECODERS = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


def is_address(path: str) -> bool:
    """Return whether `path` (decoded) could be the address of a page that is kept."""
    if not ADDRESS.fullmatch(path) or len(path.encode()) > LONGEST_ADDRESS:
        return False
    return all(len(name.encode()) <= LONGEST_NAME for name in path.split("/"))


class Tree:
    """The files below `folder`; `workshop` is a folder beside it, for locks and files that are not ready."""

    def __init__(self, folder: Path, workshop: Path) -> None:
        self.folder = folder
        self.workshop = workshop

    def file(self, path: str, encoding: str = "") -> Path:
        """Return where the page at the address `path` is kept; raises ValueError if it cannot be kept."""
        if not is_address(path):
            raise ValueError(path)
        return self.folder / path[1:] / f"{PAGE}{ENCODINGS[encoding]}"

    def read(self, path: str) -> bytes | None:
        """Return the page at `path` as it is kept, or None."""
        try:
            return self.file(path).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, path: str, body: bytes) -> bool:
        """Keep `body` as the page at `path`, in every encoding; return whether it differs from what was kept.

        Each file takes the place of the old one in one step, and is on the disk before that. Whoever is killed in
        between leaves files that do not say the same: they are all written anew.
        """
        if self.holds(path, body):
            return False
        modified = self._next_second(path)
        variants = {
            "br": brotli.compress(body, quality=6, mode=brotli.MODE_TEXT),
            "gzip": gzip.compress(body, compresslevel=6, mtime=0),
            "": body,
        }
        for encoding, data in variants.items():
            self.replace(self.file(path, encoding), data, modified)
        sync(self.file(path).parent)
        return True

    def holds(self, path: str, body: bytes) -> bool:
        """Return whether `body` is what is kept at `path`, in every encoding."""
        return all(self._says(path, encoding, body) for encoding in ENCODINGS)

    def _says(self, path: str, encoding: str, body: bytes) -> bool:
        try:
            data = self.file(path, encoding).read_bytes()
            return DECODERS[encoding](data) == body
        except (OSError, EOFError, zlib.error, brotli.error):
            return False

    def _next_second(self, path: str) -> float:
        """Return a time of change later than that of what is kept, by whole seconds.

        Their tag (`ETag`) is made of that and the size: without this, a page that is made twice within a second and
        keeps its size would seem to be the same.
        """
        now = time.time()
        try:
            return max(now, int(self.file(path).stat().st_mtime) + 1)
        except FileNotFoundError:
            return now

    def unlink(self, path: str) -> bool:
        """Remove the page at `path`, in every encoding, and the folders that are empty then; return whether it was."""
        found = False
        for encoding in ENCODINGS:
            with suppress(FileNotFoundError, NotADirectoryError):
                self.file(path, encoding).unlink()
                found = True
        folder = self.file(path).parent
        if found:
            sync(folder)
        with suppress(OSError):
            while folder != self.folder:
                folder.rmdir()
                folder = folder.parent
        return found

    def set_aside(self) -> Path:
        """Empty the tree in one look, whatever lies in it, and return the folder in which that waits to be removed."""
        aside = self.workshop / f"{uuid4().hex}.old"
        aside.mkdir(parents=True)
        if self.folder.exists():
            for entry in self.folder.iterdir():
                entry.rename(aside / entry.name)
            sync(self.folder)
        return aside

    def sweep(self) -> None:
        """Remove what a process that was killed has left in the workshop. Only while the tree is held."""
        for file in self.workshop.glob("*.new"):
            file.unlink()
        for folder in self.workshop.glob("*.old"):
            shutil.rmtree(folder, ignore_errors=True)

    def addresses(self) -> Iterator[str]:
        """Return the address of every page that is kept, in no order."""
        for folder, _folders, names in os.walk(self.folder):
            if PAGE in names:
                relative = Path(folder).relative_to(self.folder).as_posix()
                yield "/" if relative == "." else f"/{relative}/"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the tree: whoever keeps or removes something waits until what was asked of the changes is also done."""
        self.workshop.mkdir(parents=True, exist_ok=True)
        with (self.workshop / "tree.lock").open("w") as lock:
            locks.lock(lock, locks.LOCK_EX)
            yield

    def replace(self, file: Path, data: bytes, modified: float | None = None) -> None:
        """Let a file with `data` take the place of `file` in one step, and be on the disk before that.

        Only while the tree is held: nobody else takes an empty folder away then. `modified` is in seconds since 1970.
        """
        temporary = self.workshop / f"{uuid4().hex}.new"
        try:
            with temporary.open("wb") as opened:
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())
            if modified is not None:
                os.utime(temporary, (modified, modified))
            file.parent.mkdir(parents=True, exist_ok=True)
            os.replace(temporary, file)
        finally:
            temporary.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """Have the names in `folder` on the disk: what was removed stays so after a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def tree() -> Tree:
    """Return the tree of this machine, in `ALMANAC_DATA`."""
    return Tree(Path(settings.DATA) / "pages", Path(settings.DATA) / "kept")
