"""Opening a foreign zip file: its directory is judged before anything in it is unpacked."""

from __future__ import annotations

import re
import stat
import zlib
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from articles.exchange.source import Refused

MOST_ENTRIES = 50_000
MOST_DIRECTORY_BYTES = 8_000_000
MOST_BYTES = 4_000_000_000
"""Of all entries together, unpacked."""
MOST_BYTES_OF_ONE = 1_000_000_000
MOST_TIMES = 100
"""So many times larger than packed may an entry be. Text becomes 3 to 30 times larger, a bomb up to 1,000 times."""
SMALL = 1_000_000
"""What is no larger than this may be packed as well as it likes."""
LONGEST_NAME = 400
SHOWN_NAME = 200

END = b"PK\x05\x06"
END_SIZE = 22
LONGEST_COMMENT = 65_535
LARGE_END = b"PK\x06\x07"
LARGE_END_SIZE = 20
ENCRYPTED = 0x1
NAME_IS_UTF8 = 0x800

ABSOLUTE = re.compile(r"[/\\]|[a-zA-Z]:")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
DAMAGED = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""What reading a broken zip file raises."""


def opened(path: Path) -> ZipFile:
    """Return the zip file at `path`, open; it closes when nobody holds it any longer.

    Raises Refused for what is no zip file, is cut off, or would unpack to more than an import can be.
    """
    try:
        with path.open("rb") as file:
            _check_end(file)
        archive = ZipFile(path)
    except DAMAGED as error:
        raise Refused("The archive is damaged or cut off: its directory cannot be read.") from error
    _check_directory(archive, path.stat().st_size)
    return archive


def name_of(info: ZipInfo) -> str:
    """Return the path of an entry. What is not said to be UTF-8 may be so all the same: macOS packs like this."""
    if info.flag_bits & NAME_IS_UTF8:
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode()
    except UnicodeError:
        return info.orig_filename


def shown(name: str) -> str:
    """Return the name of an entry as it can be shown, however hostile it is."""
    return CONTROL.sub("\ufffd", name)[:SHOWN_NAME]


def problem_of(info: ZipInfo) -> str:
    """Return why the entry cannot be taken, in a sentence that follows its name; empty if it can."""
    name = name_of(info)
    mode = stat.S_IFMT(info.external_attr >> 16)
    if len(name) > LONGEST_NAME:
        return f"Its name has more than {LONGEST_NAME} characters."
    if CONTROL.search(name):
        return "Its name holds control characters."
    if ABSOLUTE.match(name):
        return "Its name is an absolute path."
    if "\\" in name:
        return "Its name holds a backslash."
    if ".." in name.split("/"):
        return "Its name leads out of the archive."
    if mode and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return "It is a link, and links are not followed." if stat.S_ISLNK(mode) else "It is no plain file."
    if info.flag_bits & ENCRYPTED:
        return "It is encrypted."
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "It is packed in a way that is not read here."
    if info.file_size > MOST_BYTES_OF_ONE:
        return f"It has {info.file_size:,} bytes; {MOST_BYTES_OF_ONE:,} are allowed."
    if is_bomb(info):
        return f"It would unpack to more than {MOST_TIMES} times its size."
    return ""


def is_bomb(info: ZipInfo) -> bool:
    """Whether an entry says that it becomes far larger than text does. No more than it says is ever unpacked."""
    return info.file_size > SMALL and info.file_size > MOST_TIMES * max(info.compress_size, 1)


def data_of(archive: ZipFile, info: ZipInfo, most: int) -> bytes:
    """Return the bytes of an entry; raises Refused if it has more than `most`, or is damaged."""
    if info.file_size > most:
        raise Refused(f"It has {info.file_size:,} bytes; {most:,} are allowed.")
    try:
        with archive.open(info) as file:
            return file.read()
    except DAMAGED as error:
        raise Refused("It is damaged.") from error


def _check_end(file: IO[bytes]) -> None:
    """Raise Refused if the directory is too large to be read at all, by what stands at the end of the file."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - END_SIZE - LONGEST_COMMENT - LARGE_END_SIZE))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + END_SIZE:
        raise BadZipFile
    entries = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    is_large = LARGE_END in tail[max(0, at - LARGE_END_SIZE) : at]
    if entries > MOST_ENTRIES or directory > MOST_DIRECTORY_BYTES or is_large:
        raise _too_many()


def _check_directory(archive: ZipFile, size: int) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _too_many()
    packed = sum(info.compress_size for info in entries)
    unpacked = sum(info.file_size for info in entries)
    if packed > size:
        raise Refused("The entries of the archive overlap: it is damaged, or made to do damage.")
    if unpacked > MOST_BYTES:
        largest = max(entries, key=lambda info: info.file_size)
        raise Refused(
            f"The archive would unpack to {unpacked:,} bytes (“{shown(name_of(largest))}” to {largest.file_size:,}); "
            f"{MOST_BYTES:,} are allowed."
        )


def _too_many() -> Refused:
    return Refused(f"The archive has more than {MOST_ENTRIES:,} entries.")
