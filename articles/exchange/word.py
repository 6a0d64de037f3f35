"""The parts of a Word file (Office Open XML, ECMA-376), judged before anything makes sense of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import IO
from zipfile import ZipFile, ZipInfo
from zlib import crc32

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.conf import settings

from articles.exchange.documents import Details, Removed, Writer
from articles.exchange.source import Refused
from articles.exchange.zips import data_of, name_of, opened, problem_of, shown

MOST_XML = 12_000_000
MOST_TAGS = 180_000
"""Start and end tags of one part: a chapter of 20,000 words has half as many, and they take seconds to read."""
MOST_VALUES = 500_000
DECLARES = (b"<!DOCTYPE", b"<!ENTITY")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of the old Word begin, and files of Word that a password protects."""
PROTECTED = "EncryptedPackage".encode("utf-16-le")
CORE = "docProps/core.xml"
DOCUMENT = "word/document.xml"
DC, CP = (
    "{http://purl.org/dc/elements/1.1/}",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}",
)
NOBODY = frozenset({"", "admin", "author", "microsoft office user", "python-docx", "user", "windows user", "un-named"})
"""Names that programs give to whoever writes."""
LEFT_OUT = {
    rb"<w:del\b": "deleted text of a tracked change",
    rb"<w:moveFrom\b": "moved text of a tracked change, where it was",
    rb"<m:oMath\b": "layout of a formula",
    rb"<c:chart\b": "chart",
    rb"<dgm:relIds\b": "diagram",
    rb"<w:object\b": "embedded object",
}
IN_OTHER_WORDS = (
    (re.compile(rb"<(/?)w:(?:fldSimple|dir|bdo)\b"), rb"<\1w:smartTag"),
    (re.compile(rb"</m:num>"), rb"</m:num><w:r><w:t>/</w:t></w:r>"),
    (re.compile(rb"<m:sup>"), rb"<w:r><w:t>^</w:t></w:r><m:sup>"),
    (re.compile(rb"<(/?)m:([rt])\b"), rb"<\1w:\2"),
    (re.compile(rb"<(/?)m:\w+"), rb"<\1w:smartTag"),
)
"""Elements that mammoth leaves out with their text, and those in whose place it keeps it: fields, runs of text that
turn the direction of writing, and formulas, as one would type them in a line."""
COMMENT = re.compile(rb"<w:comment\b")


@dataclass(frozen=True)
class WordFile:
    """A Word file whose parts may be read."""

    archive: ZipFile

    @classmethod
    def at(cls, path: Path) -> WordFile:
        """Return the Word file at `path`; raises Refused, in a sentence, for what is none or is made to do damage."""
        with path.open("rb") as file:
            head = file.read(len(OLE))
            if head == OLE:
                raise Refused(_why_not(file.read(4_000_000)))
        try:
            archive = opened(path)
        except Refused as error:
            raise Refused("The file is no Word file, or it is damaged or cut off.") from error
        word = cls(archive)
        word._check()
        return word

    @cached_property
    def _parts(self) -> dict[str, ZipInfo]:
        return {name_of(info): info for info in self.archive.infolist()}

    @cached_property
    def _pictures(self) -> dict[tuple[int, int], str]:
        return {
            (info.CRC, info.file_size): name for name, info in self._parts.items() if name.startswith("word/media/")
        }

    def part(self, name: str) -> bytes:
        """Return a part of XML, or nothing if the file has no such part."""
        info = self._parts.get(name)
        return data_of(self.archive, info, MOST_XML) if info else b""

    def readable(self) -> IO[bytes]:
        """Return the file, open, such that mammoth keeps all of its text; a copy if that takes other words."""
        document = plain = self.part(DOCUMENT)
        for pattern, replacement in IN_OTHER_WORDS:
            plain = pattern.sub(replacement, plain)
        if plain == document:
            return Path(str(self.archive.filename)).open("rb")
        copy = NamedTemporaryFile()  # noqa: SIM115  # the caller closes it
        with ZipFile(copy, "w") as archive:
            for name, info in self._parts.items():
                with archive.open(name, "w") as new, self.archive.open(info) as old:
                    copyfileobj(BytesIO(plain) if name == DOCUMENT else old, new)
        copy.seek(0)
        return copy

    def picture(self, data: bytes) -> tuple[str, Callable[[], bytes]] | None:
        """Return the address that the picture `data` has among ours, and what reads it again when it is wanted."""
        name = self._pictures.get((crc32(data), len(data)))
        if name is None:
            return None
        most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        reader = partial(data_of, self.archive, self._parts[name], most)
        return f"docx:{name.removeprefix('word/media/')}", reader

    @cached_property
    def core(self) -> dict[str, str]:
        """What the file says of itself: title, creator, keywords, description."""
        try:
            root = fromstring(self.part(CORE), forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError):
            return {}
        names = {"title": DC, "creator": DC, "description": DC, "keywords": CP}
        return {name: (root.findtext(f"{space}{name}") or "").strip() for name, space in names.items()}

    @property
    def details(self) -> Details:
        """What the file says of itself. When it was made says nothing of when readers saw it, and is left out."""
        creators = [name.strip() for name in self.core.get("creator", "").split(";")]
        keywords = re.split(r"[,;]", self.core.get("keywords", ""))
        return Details(
            authors=tuple(Writer(name=name) for name in creators if name.lower() not in NOBODY),
            tags=tuple(filter(None, map(str.strip, keywords))),
        )

    @property
    def left_out(self) -> tuple[Removed, ...]:
        """What of the file does not come along."""
        document = self.part(DOCUMENT)
        found = [(what, len(re.findall(pattern, document))) for pattern, what in LEFT_OUT.items()]
        found.append(("comment", len(COMMENT.findall(self.part("word/comments.xml")))))
        for part in ("header", "footer"):
            pages = [name for name in self._parts if re.fullmatch(rf"word/{part}\d*\.xml", name)]
            found.append((f"page {part}", sum(b"<w:t" in self.part(name) for name in pages)))
        return tuple(Removed(what=what, count=count) for what, count in found if count)

    def _check(self) -> None:
        if DOCUMENT not in self._parts and "_rels/.rels" not in self._parts:
            raise Refused("The file is no Word file: it holds no document.")
        for name, info in self._parts.items():
            if problem := problem_of(info):
                raise Refused(f"The Word file cannot be read because of “{shown(name)}” in it. {problem}")
        xml = {name: info for name, info in self._parts.items() if name.lower().endswith((".xml", ".rels"))}
        if sum(info.file_size for info in xml.values()) > MOST_XML:
            raise Refused(f"The text of the Word file has more than {MOST_XML:,} bytes.")
        for name in xml:
            # Without zeros, so that UTF-16 is seen through.
            data = self.part(name).replace(b"\0", b"")
            if any(word in data for word in DECLARES):
                raise Refused(f"The Word file declares entities in “{shown(name)}”, which none written by Word does.")
            if data.count(b"<") > MOST_TAGS or data.count(b"=") > MOST_VALUES:
                raise Refused(f"The Word file has more than {MOST_TAGS:,} tags in “{shown(name)}”.")


def _why_not(rest: bytes) -> str:
    if PROTECTED in rest:
        return "The Word file is protected by a password. Save it without one."
    return "This is a file of the old Word. Open it there and save it as .docx."
