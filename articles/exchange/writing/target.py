"""Where an export goes: a file, a folder or a zip; written beside and moved into place, so that nobody sees half."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from articles.exchange.writing.piece import Piece

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a zip can hold: the same export is the same file."""
BUFFER = 256 * 1024


def write_file(path: Path, pieces: Iterable[Piece]) -> None:
    """Write all pieces one after another into the file at `path`."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("wb") as file:
            for piece in pieces:
                file.write(piece.data)
            _settle(file)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def write_zip(path: Path, pieces: Iterable[Piece]) -> None:
    """Write the files that `pieces` are into the zip at `path`."""
    write_file(path, (Piece(path.name, data) for data in zipped(pieces)))


def write_folder(path: Path, pieces: Iterable[Piece]) -> None:
    """Write the files that `pieces` are into the folder `path`; raises FileExistsError if there is something in it."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise FileExistsError(path)
    beside = path.with_name(f"{path.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        for name, data in files(pieces):
            inside = beside / name
            inside.parent.mkdir(parents=True, exist_ok=True)
            with inside.open("wb") as file:
                for chunk in data:
                    file.write(chunk)
                _settle(file)
        if path.exists():
            path.rmdir()
        os.replace(beside, path)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def zipped(pieces: Iterable[Piece]) -> Iterator[bytes]:
    """Yield the zip of the files that `pieces` are, while they come: nothing of it is kept."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # it only writes
        for name, data in files(pieces):
            entry = zipfile.ZipInfo(name, date_time=EPOCH)
            # Pictures are packed already.
            entry.compress_type = zipfile.ZIP_STORED if name.startswith("media/") else zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as file:
                for chunk in data:
                    file.write(chunk)
                    if len(sink.written) > BUFFER:
                        yield sink.take()
    yield sink.take()


def files(pieces: Iterable[Piece]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield each file with its content, to be read before the next one is asked for."""
    rest = iter(pieces)
    piece = next(rest, None)

    def content(name: str) -> Iterator[bytes]:
        nonlocal piece
        while piece is not None and piece.name == name:
            yield piece.data
            piece = next(rest, None)

    while piece is not None:
        yield piece.name, content(piece.name)


class _Sink:
    """A file that keeps what is written until it is taken."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes) -> int:
        """Keep `data`."""
        self.written += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is kept is taken."""

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken = bytes(self.written)
        self.written.clear()
        return taken


def _settle(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
