"""Documents of the neutral form as JSON, so that they can wait in the database until an editor has looked at them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.module_loading import import_string

from articles.exchange.documents import Document, Removed
from articles.exchange.source import Given, Source

CLASS = "__class__"
"""Marks an object that stands for a value of ours, and names what it is."""
OURS = ("articles.", "ratings.")
"""Only classes of these packages come out of the database again."""


def frozen(value: Any) -> Any:
    """Return `value` as JSON: dataclasses of ours, dates, numbers, texts, and collections of these.

    Raises TypeError for anything else, which cannot wait in a database.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        name = f"{type(value).__module__}.{type(value).__qualname__}"
        if not name.startswith(OURS):
            raise TypeError(f"{name} is no class of ours.")
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init}
        return {CLASS: name} | {key: frozen(each) for key, each in fields.items()}
    if isinstance(value, datetime | date | Decimal):
        return {CLASS: type(value).__name__, "value": str(value)}
    if isinstance(value, Mapping):
        return {str(key): frozen(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [frozen(each) for each in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{type(value).__name__} cannot be kept as JSON.")


def thawed(data: Any) -> Any:
    """Return what `frozen` made `data` of; lists come back as tuples, as frozen dataclasses hold them."""
    if isinstance(data, list):
        return tuple(thawed(each) for each in data)
    if not isinstance(data, dict):
        return data
    inner = {key: thawed(each) for key, each in data.items() if key != CLASS}
    match data.get(CLASS):
        case None:
            return inner
        case "datetime":
            return datetime.fromisoformat(inner["value"])
        case "date":
            return date.fromisoformat(inner["value"])
        case "Decimal":
            return Decimal(inner["value"])
        case str(name) if name.startswith(OURS):
            found = import_string(name)
            if isinstance(found, type) and dataclasses.is_dataclass(found):
                return found(**inner)
    raise ValueError(f"{data[CLASS]!r} is no class of ours.")


def given_as_json(given: tuple[Given, ...]) -> list[dict[str, Any]]:
    """Return what is given of a source, as an item of an import keeps it."""
    return [dataclasses.asdict(each) | {"fields": frozen(each.fields)} for each in given]


def given_of(data: list[dict[str, Any]]) -> tuple[Given, ...]:
    """Return what `given_as_json` made `data` of."""
    return tuple(Given(**each | {"cuts": tuple(tuple(line) for line in each.get("cuts", ()))}) for each in data)


def as_json(document: Document) -> dict[str, Any]:
    """Return all of `document` but its lines, what is given of them and its pictures."""
    return {
        "format": document.format,
        "path": document.source.path,
        "marked": document.source.marked,
        "details": frozen(document.details),
        "parts": frozen(document.parts),
        "removed": [[each.what, each.count] for each in document.removed],
        "is_known_by_content": document.is_known_by_content,
    }


def document_of(
    stored: Mapping[str, Any], *, lines: list[str], given: tuple[Given, ...], foreign_id: str, place: str
) -> Document:
    """Return the document that `as_json` made `stored` of, without its pictures."""
    return Document(
        format=stored["format"],
        source=Source(path=stored["path"], lines=tuple(lines), marked=stored["marked"], given=given),
        foreign_id=foreign_id,
        place=place,
        details=thawed(stored["details"]),
        parts=thawed(stored["parts"]),
        removed=tuple(Removed(what=what, count=count) for what, count in stored["removed"]),
        is_known_by_content=stored["is_known_by_content"],
    )
