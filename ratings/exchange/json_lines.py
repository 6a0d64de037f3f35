"""Lines of JSON, one record each, as they come from anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from ratings.exchange.records import BadRecord

LONGEST_LINE = 1_000_000
"""So many bytes of a line are read: a comment with all its votes has some thousand."""


def numbered(file: BinaryIO, *, first: int = 1) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of `file` that hold anything, with their numbers; of longer ones the beginning."""
    number = first
    while line := file.readline(LONGEST_LINE + 1):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)
        if line.strip():
            yield number, line
        number += 1


def loaded(line: bytes) -> Any:
    """Return what `line` says; raises BadRecord if it is no JSON, or too long."""
    try:
        return json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        if len(line) > LONGEST_LINE:
            raise BadRecord(_("The line is too long.")) from error
        raise BadRecord(_("The line is no JSON.")) from error
