"""The demo's content: articles as text, all else as JSON, beside this module."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "content"


def article_files() -> list[Path]:
    """Return the files of the articles, by name. The name of a file is its slug."""
    return sorted((FOLDER / "articles").glob("*.txt"))


def read(name: str) -> Any:
    """Return what the JSON file `name` (without its ending) holds."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
