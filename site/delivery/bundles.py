"""Stylesheets and scripts, each kept as one small file a thing, and sent as few.

A bundle is the files of a list, one after the other: cascade layers make the order of stylesheets harmless, and every
script keeps its names in a block of its own. Stylesheets lose their comments and indentation, a fifth of their
compressed size; else nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from articles.blocks.registry import kinds

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

BUNDLES: Mapping[str, tuple[str, ...]] = {
    # Every page of the site.
    "bundles/site.css": (
        "css/tokens.css",
        "css/base.css",
        "css/layout.css",
        "css/cards.css",
        "css/authors.css",
        "css/author-card.css",
        "css/search.css",
    ),
    # Every page that shows a body, or takes an answer of a reader.
    "bundles/article.css": (
        "css/article.css",
        "css/contents.css",
        "css/sources.css",
        "css/after.css",
        "css/history.css",
        "css/rating.css",
        "css/comments.css",
        "css/forms.css",
        "blocks/*/block.css",
    ),
    "bundles/article.js": (
        "js/contents.js",
        "js/sharing.js",
        "js/comments.js",
        "js/replies.js",
        "js/mine.js",
        "js/news.js",
        "blocks/*/block.js",
    ),
}
"""Static path of each bundle, and those of its parts. `blocks/*/` stands for every kind, in the order of names."""


class BundleFinder(BaseFinder):
    """Finds the bundles, written anew into the data folder whenever one of their parts has changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=str(settings.DATA / "bundles"))

    def check(self, **kwargs: Any) -> list[Any]:
        """Return no complaint: there is nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """Return the file at the static `path`, as Django's finders do: a path, or a list with `find_all`."""
        found = [str(self._written(path))] if path in BUNDLES else []
        return found if find_all else (found[0] if found else [])

    def list(self, ignore_patterns: Any = None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the static path and the storage of every bundle."""
        for path in BUNDLES:
            self._written(path)
            yield path, self.storage

    def _written(self, path: str) -> Path:
        """Return the file of the bundle, as its parts are now."""
        file = Path(self.storage.path(path))
        text = "\n".join(slim(part) for part in parts(path))
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            temporary = file.with_name(f".{file.name}.{id(text)}")
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(file)
        return file


def parts(path: str) -> list[Path]:
    """Return the files of the bundle at the static `path`, in order; raises FileNotFoundError if one is not there."""
    files = []
    for name in BUNDLES[path]:
        if "*" in name:
            files += [Path(found) for kind in kinds() if (found := finders.find(name.replace("*", kind)))]
        elif found := finders.find(name):
            files.append(Path(found))
        else:
            raise FileNotFoundError(f"{path} is to hold {name}, which no finder finds.")
    return files


def slim(part: Path) -> str:
    """Return what a bundle holds of the file `part`."""
    text = part.read_text(encoding="utf-8")
    if part.suffix != ".css":
        return text
    lines = (line.strip() for line in COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line)
