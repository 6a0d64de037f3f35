"""Streaming the tables of an export: of each record only the fields that are asked for are ever held."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import ijson
from django.utils.translation import gettext
from ijson.common import ObjectBuilder

from articles.exchange.encodings import is_utf8, utf8_chunks
from articles.exchange.source import Refused

TABLE = re.compile(r"(?:db\.item\.)?(?:data\.)?(?P<name>[a-z_]{1,60})")
"""Where a table lies: in an export, in an export of the first versions, or in an answer of the admin API."""
LONGEST_NUMBER = 10_000
DEEPEST_TABLE = 4
DEEPEST = 100
LONGEST_STRING = 16_000_000
"""Bytes of one value: the parser holds it whole."""
BLANKED = bytes(range(32)), b" " * 32
"""Control characters may stand between values only, where a blank does as well."""

Record = dict[str, Any]


class Interrupted(Exception):
    """The file ends too early, or is no JSON from somewhere on. What came before is whole."""

    def __init__(self, *, ends_early: bool) -> None:
        super().__init__()
        self.ends_early = ends_early


def records_of(path: Path, wanted: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Record | None]]:
    """Yield each record of each table of the file at `path`, with the name of its table.

    `wanted` are the fields to be held, by table; a record of another table is None. Raises Interrupted where the file
    breaks off, and Refused for a single value that is too large.
    """
    stream = _Stream(path)
    try:
        yield from _records(stream, wanted)
    except (ijson.JSONError, ValueError) as error:
        raise Interrupted(ends_early=stream.ended) from error


def _records(stream: _Stream, wanted: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, Record | None]]:
    keys: list[str] = []
    """Of each map and array that is open, the key that is being read."""
    table, depth = "", 0
    fields: frozenset[str] = frozenset()
    builder = ObjectBuilder()
    is_wanted = False
    # Without `use_float` a number of thousands of digits ends the process: ijson 3 does not see that Python refuses it.
    for event, value in ijson.basic_parse(stream, use_float=True):
        if event in ("end_map", "end_array"):
            keys.pop()
        inside = len(keys) - depth
        if not table:
            found = TABLE.fullmatch(".".join(keys)) if event == "start_array" and len(keys) <= DEEPEST_TABLE else None
            if found and found["name"] != "db":
                table, depth = found["name"], len(keys)
                fields = wanted.get(table, frozenset())
        elif inside == 0:
            table, depth = "", 0
        elif inside == 1 and event == "start_map":
            builder, is_wanted = ObjectBuilder(), False
            builder.event(event, value)
        elif inside == 1 and event == "end_map":
            yield table, builder.value if fields else None
        elif inside > 1:
            is_wanted = value in fields if inside == 2 and event == "map_key" else is_wanted
            if is_wanted:
                builder.event(event, value)
        _step(keys, event, value)


def _step(keys: list[str], event: str, value: Any) -> None:
    if event == "map_key":
        keys[-1] = value
    elif event in ("start_map", "start_array"):
        keys.append("item")
        if len(keys) > DEEPEST:
            raise Refused(gettext("The file nests more than %(most)d levels deep.") % {"most": DEEPEST})


class _Stream:
    """The file as the parser reads it: valid UTF-8 without control characters, and no value that is too large."""

    def __init__(self, path: Path) -> None:
        self._chunks = utf8_chunks(path) if is_utf8(path) else _repaired(utf8_chunks(path))
        self._table = bytes.maketrans(*BLANKED)
        self._last = b""
        self._since_quote = 0
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        """Return the next piece of the file, whatever size is asked for (but for none); nothing at its end."""
        if size == 0:
            return b""
        chunk = next(self._chunks, b"").translate(self._table)
        self.ended = not chunk
        seen = self._last + chunk
        quote = seen.rfind(b'"')
        while quote > 0 and seen[quote - 1 : quote] == b"\\":
            quote = seen.rfind(b'"', 0, quote)
        self._since_quote = self._since_quote + len(chunk) if quote <= 0 else len(seen) - quote
        self._last = seen[-2:]
        if self._since_quote > LONGEST_STRING or (len(chunk) > LONGEST_NUMBER and chunk.isdigit()):
            raise Refused(gettext("A single text in the file is larger than 16 MB."))
        return chunk


def _repaired(chunks: Iterator[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-8")("windows-1252")
    for chunk in chunks:
        yield decoder.decode(chunk).encode()
    yield decoder.decode(b"", final=True).encode()
