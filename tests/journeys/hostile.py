"""The hostile strings of `tests/strings/`: our own, and every list that lies beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "strings"
OWN = ("broken.json", "links.txt", "markdown.txt", "markup.txt", "templates.txt", "text.txt")
"""Files of our own. They take every way, however slow; other lists are long and take the short ones."""


def hostile_files() -> list[Path]:
    """Return every file of strings, in the order of their names."""
    return sorted(path for path in FOLDER.rglob("*") if path.suffix in {".txt", ".json"})


def hostile_strings(*paths: Path) -> list[str]:
    """Return the strings in `paths` (all files, if none is named), each once, in order.

    A `.txt` holds one a line; empty lines are skipped and nothing is a comment. A `.json` holds them anywhere: in lists
    or in objects, as keys, values or numbers. A `.json` that is none is read as lines; a line that is no UTF-8 as
    Latin-1, in which every byte is a letter. So nothing is left out.
    """
    found = (string for path in paths or hostile_files() for string in strings_in(path.name, path.read_bytes()))
    return list(dict.fromkeys(found))


def strings_in(name: str, content: bytes) -> Iterator[str]:
    """Yield the strings in the `content` of a file called `name`."""
    if name.endswith(".json"):
        try:
            yield from _strings_of(json.loads(_text(content).removeprefix("\ufeff")))
        except (ValueError, RecursionError):
            pass
        else:
            return
    for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        if text := _text(line.removesuffix(b"\r")):
            yield text


def _strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings_of(inner)
    elif value is not None and value != "":
        yield value if isinstance(value, str) else json.dumps(value)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")
