"""Keeping pages and parts, and taking them away: the tree and its index in step."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from shutil import rmtree
from urllib.parse import quote

from django.conf import settings

from delivery.kept.index import Index
from delivery.kept.maker import maker
from delivery.kept.rendering import Fresh
from delivery.kept.tree import is_address, tree
from freshness.changes import Seen, forget_listener, on_change
from freshness.models import Change
from freshness.parts import Part, keep_parts_in

logger = logging.getLogger(__name__)

UNKEEPABLE = (OSError, sqlite3.Error)
"""What is raised when the disk is full or may not be written. Readers are answered nonetheless, by the application."""
SILENCE = 60.0
"""Seconds between two reports of that."""

_silent_until = 0.0


@cache
def _index_in(folder: Path) -> Index:
    return Index(folder / "index.sqlite3")


def index() -> Index:
    """Return the index of this machine, in `ALMANAC_DATA`."""
    return _index_in(Path(settings.DATA) / "kept")


def keep(fresh: Fresh) -> bool | None:
    """Keep a page that may be kept; return whether it differs from what was kept before.

    None if something that it shows has changed since it began to be made: whoever made it must make it again. Also None
    if everything else was made by other code. Raises `UNKEEPABLE`; what was kept before is gone then.

    What the page shows is noted before the file is there, so that no change passes it by. So is its purge, which is
    sent only when the tree is held no longer: killed in between, the page is made and purged once more.
    """
    pages = tree()
    with pages.held():
        if index().maker() not in ("", maker()) or fresh.is_outdated():
            return None
        try:
            old = pages.read(fresh.path)
            if old not in (None, fresh.body):
                _ask_to_purge([fresh.path])
            index().keep(fresh.path, fresh.tags)
            return pages.write(fresh.path, fresh.body)
        except UNKEEPABLE:
            pages.unlink(fresh.path)
            raise


def showing(tags: Iterable[str]) -> dict[str, list[str]]:
    """Return by tag the names of everything kept that shows it.

    Nobody keeps anything meanwhile: what is kept later has seen the change for which this is asked, or is refused.
    """
    with tree().held():
        return {tag: index().showing(tag) for tag in tags}


def take_away(names: Iterable[str]) -> None:
    """Remove the files of the pages at, and the parts called, `names`.

    What the pages have shown is not forgotten: by that it is known which of them to make again.
    """
    pages, gone = tree(), set(names)
    gone_parts = {name for name in gone if not is_address(name)}
    with pages.held():
        for path in gone - gone_parts:
            pages.unlink(path)
        for name in gone_parts:
            parts.remove(name)
        if gone_parts:
            index().forget(gone_parts)
        # Noted last: whoever is killed before this does all of it again.
        _ask_to_purge(gone - gone_parts)


def remove(path: str) -> None:
    """Remove the page at `path`, which is to be kept no longer."""
    pages = tree()
    with pages.held():
        pages.unlink(path)
        _ask_to_purge([path])
        index().forget([path])


def renew() -> None:
    """Take over what other code has kept: its pages are served until each is made again, its parts are not used."""
    with tree().held():
        parts.clear()
        index().made_by(maker())


def throw_away() -> None:
    """Remove everything that is kept, and forget it."""
    pages = tree()
    with pages.held():
        _ask_to_purge(pages.addresses())
        set_aside = pages.set_aside()
        parts.clear()
        try:
            index().clear(maker=maker())
        except sqlite3.DatabaseError:
            # What cannot be read is worth nothing: all that it says can be found out again.
            index().delete()
            index().clear(maker=maker())
    # Readers and moderators need not wait for this.
    rmtree(set_aside, ignore_errors=True)


def _ask_to_purge(paths: Iterable[str]) -> None:
    if settings.WAGTAILFRONTENDCACHE:
        index().purge(paths, now=time.time())


def withdraw(changes: list[Change]) -> None:
    """Remove at once what nobody may read any longer, in the process that changed it, before its answer is sent.

    What is killed before it gets here is done by the refresher, from the changes in the database.
    """
    gone = [change for change in changes if change.withdraw]
    if gone:
        named = {change.path for change in gone if change.path}
        take_away(named.union(*showing(change.tag for change in gone if change.tag).values()))


def report(error: Exception) -> None:
    """Tell the log that nothing can be kept, but not with every page."""
    global _silent_until
    if time.monotonic() >= _silent_until:
        _silent_until = time.monotonic() + SILENCE
        logger.error("Pages cannot be kept in %s, and are made for each reader: %s", settings.DATA, error)


class Parts:
    """Parts of pages, a file each; see `freshness.parts`."""

    def _file(self, name: str) -> Path:
        return tree().workshop / "parts" / f"{quote(name, safe='')}.json"

    def read(self, name: str) -> Part | None:
        """Return the part that is kept under `name`, or None."""
        try:
            text, tags, seen = json.loads(self._file(name).read_bytes())
        except (OSError, ValueError):
            return None
        return Part(text, frozenset(tags), Seen(frozenset(seen)))

    def keep(self, name: str, part: Part) -> None:
        """Keep `part`, unless it is outdated already."""
        data = json.dumps([part.text, sorted(part.tags), sorted(part.seen.keys)]).encode()
        pages = tree()
        try:
            with pages.held():
                if index().maker() in ("", maker()) and not part.is_outdated():
                    index().keep(name, part.tags)
                    pages.replace(self._file(name), data)
        except UNKEEPABLE as error:
            report(error)

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
    maker()
    keep_parts_in(parts)
    on_change(withdraw)


def stop_keeping() -> None:
    """Keep nothing more; what is kept stays where it is."""
    keep_parts_in(None)
    forget_listener(withdraw)
