"""Reading a large file as UTF-8, whatever it is written in."""

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

CHUNK = 1 << 16
HEAD = 400

DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
WITHOUT_MARK = {b"<\0": "utf-16-le", b"\0<": "utf-16-be", b"{\0": "utf-16-le", b"\0{": "utf-16-be"}
SINGLE_OR_DOUBLE_BYTE = re.compile(r"(iso8859|cp\d|koi8|shift_jis|euc_|gb|big5|mac_|tis)")
"""The codecs that a declaration may name. Others are UTF-8 in truth, or no encodings of text."""
AS_BROWSERS_READ = {"iso8859-1": "cp1252"}


def utf8_chunks(path: Path) -> Iterator[bytes]:
    """Yield the file at `path` in pieces of UTF-8 without a byte order mark.

    A byte order mark is believed, an encoding that an XML file declares only if the file is not valid UTF-8. A file
    that says nothing comes as it is: what is no UTF-8 in it is for `text_of`.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    mark, encoding = _encoding(head)
    if encoding != "utf-8" and encoding not in WITHOUT_MARK.values() and is_utf8(path):
        encoding = "utf-8"
    with path.open("rb") as file:
        file.seek(len(mark))
        chunks = iter(lambda: file.read(CHUNK), b"")
        if encoding == "utf-8":
            yield from chunks
        else:
            decoder = codecs.getincrementaldecoder(encoding)("replace")
            for chunk in chain(chunks, [b""]):
                yield decoder.decode(chunk, final=not chunk).encode("utf-8", "replace")


def text_of(data: bytes) -> tuple[str, bool]:
    """Return `data` as text, and whether it is UTF-8: bytes that are not are read as Windows-1252."""
    try:
        return data.decode(), True
    except UnicodeDecodeError:
        return data.decode(errors="windows-1252"), False


def _encoding(head: bytes) -> tuple[bytes, str]:
    """Return the byte order mark at the start of `head` and the encoding that it or the declaration names."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return mark, encoding
    if head[:2] in WITHOUT_MARK:
        return b"", WITHOUT_MARK[head[:2]]
    declared = DECLARED.search(head)
    try:
        name = codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        name = "utf-8"
    name = AS_BROWSERS_READ.get(name, name)
    return b"", name if SINGLE_OR_DOUBLE_BYTE.match(name) else "utf-8"


def is_utf8(path: Path) -> bool:
    """Return whether all of the file at `path` is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            for chunk in iter(lambda: file.read(CHUNK), b""):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252", _as_windows_1252)
