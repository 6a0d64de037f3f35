"""Keeping pages and parts, and removing them: the tree and its index in step."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from shutil import rmtree
from urllib.parse import quote

from django.conf import settings

from delivery.kept.index import Index
from delivery.kept.rendering import Fresh
from delivery.kept.tree import is_address, tree
from freshness.changes import Seen, forget_listener, on_change
from freshness.models import Change
from freshness.parts import Part, keep_parts_in


@cache
def _index_in(folder: Path) -> Index:
    return Index(folder / "index.sqlite3")


def index() -> Index:
    """Return the index of this machine, in `ALMANAC_DATA`."""
    return _index_in(Path(settings.DATA) / "kept")


def keep(fresh: Fresh) -> bool | None:
    """Keep a page that may be kept; return whether it differs from what was kept before.

    None if something that it shows has changed since it began to be made: whoever made it must make it again. What it
    shows is noted before the file is there, so that no change passes it by.
    """
    pages = tree()
    with pages.held():
        if fresh.seen.is_outdated(fresh.tags):
            return None
        index().keep(fresh.path, fresh.tags)
        return pages.write(fresh.path, fresh.body)


def remove(names: Iterable[str]) -> list[str]:
    """Remove the pages at, and the parts called, `names`; return the addresses of the pages that were kept."""
    names = list(names)
    pages = tree()
    with pages.held():
        removed = [name for name in names if is_address(name) and pages.unlink(name)]
        for name in names:
            if not is_address(name):
                parts.remove(name)
        index().forget(names)
    return removed


def withdraw(changes: list[Change]) -> None:
    """Remove at once what nobody may read any longer, in the process that changed it, before its answer is sent.

    What is killed before it gets here is done by the refresher, from the changes in the database.
    """
    for change in changes:
        if change.withdraw:
            remove([change.path] if change.path else index().showing(change.tag))


class Parts:
    """Parts of pages, a file each; see `freshness.parts`."""

    def _file(self, name: str) -> Path:
        return tree().workshop / "parts" / f"{quote(name, safe='')}.json"

    def read(self, name: str) -> Part | None:
        """Return the part that is kept under `name`, or None."""
        try:
            tags, text = json.loads(self._file(name).read_bytes())
        except (FileNotFoundError, ValueError):
            return None
        return Part(text, frozenset(tags))

    def keep(self, name: str, part: Part, seen: Seen) -> None:
        """Keep `part`, unless what it shows has changed since `seen`."""
        pages = tree()
        with pages.held():
            if not seen.is_outdated(part.tags):
                index().keep(name, part.tags)
                pages.replace(self._file(name), json.dumps([sorted(part.tags), part.text]).encode())

    def remove(self, name: str) -> None:
        """Remove the part called `name`, if it is kept."""
        with suppress(FileNotFoundError):
            self._file(name).unlink()

    def clear(self) -> None:
        """Remove every part."""
        rmtree(tree().workshop / "parts", ignore_errors=True)


parts = Parts()


def start_keeping() -> None:
    """Keep parts of pages from now on, and remove what is withdrawn as soon as that is committed."""
    keep_parts_in(parts)
    on_change(withdraw)


def stop_keeping() -> None:
    """Keep nothing more; what is kept stays where it is."""
    keep_parts_in(None)
    forget_listener(withdraw)
