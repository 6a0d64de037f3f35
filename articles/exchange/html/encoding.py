"""Telling in which encoding HTML was saved."""

from __future__ import annotations

import codecs
import re

from articles.exchange.source import CONTROL, Refused

HEAD = 4096
"""Bytes in which a page says its encoding; the standard wants it in the first 1024, not all pages do."""
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
STATEFUL = re.compile(rb"\x1b[$(]")
"""How text in an encoding of 7 bits switches its alphabet: it would pass for UTF-8."""
DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
KNOWN = re.compile(
    r"utf-?8|(?:windows-|cp-?)(?:125[0-8]|874)|iso-?8859-?\d{1,2}|latin-?[1-9]|us-ascii|ascii|koi8-[ru]|macintosh"
    r"|gbk?|gb2312|gb18030|big5|euc-(?:jp|kr)|shift[_-]jis|iso-2022-jp",
    re.IGNORECASE,
)
"""The encodings that the Encoding Standard names. Python knows others, which are none of text."""
LATIN = re.compile(r"iso-?8859-?1|latin-?1|(?:us-)?ascii", re.IGNORECASE)
"""The Encoding Standard reads these as windows-1252."""


def decoded(data: bytes) -> str:
    """Return the text of HTML; raises Refused if it is none.

    A byte order mark goes first, then UTF-8: what reads as that is nothing else, whatever the page says. Then comes
    what the page says, then windows-1252.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _text(data[len(mark) :].decode(encoding, errors="replace"))
    declared = DECLARED.search(data[:HEAD])
    label = declared[1].decode("ascii", errors="replace") if declared else ""
    if STATEFUL.search(data[:HEAD]):
        label = "iso-2022-jp"
        return _text(data.decode(label, errors="replace"))
    label = ("windows-1252" if LATIN.fullmatch(label) else label) if KNOWN.fullmatch(label) else "utf-8"
    for encoding in ("utf-8", label, "windows-1252"):
        try:
            return _text(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _text(data.decode("latin-1"))


def _text(text: str) -> str:
    """Return `text`, unless control characters show that it is something else."""
    controls = len(CONTROL.findall(text[:HEAD]))
    if controls > len(text[:HEAD]) // 100 + 1:
        raise Refused("The file is not HTML: it is binary.")
    return text
