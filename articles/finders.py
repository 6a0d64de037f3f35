"""Collects the stylesheets and scripts that lie beside the blocks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

ARTICLES = Path(__file__).resolve().parent


class BlockFinder(BaseFinder):
    """Finds `blocks/<kind>/*.css` and `*.js`, and nothing else: no template, no Python."""

    storage = FileSystemStorage(location=str(ARTICLES))

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file at the static `path`, as Django's finders do: a path, or a list with `find_all`."""
        found = [str(ARTICLES / path)] if path in {found for found, _ in self.list()} else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any = None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the static path and the storage of every file."""
        for file in sorted(ARTICLES.glob("blocks/*/*.*")):
            if file.suffix in {".css", ".js"}:
                yield file.relative_to(ARTICLES).as_posix(), self.storage
