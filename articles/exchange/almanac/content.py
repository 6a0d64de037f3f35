"""What the content of a page is, and how its references get other names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import COMMENTS_RELATION_NAME, Page

from articles.exchange.almanac.renaming import Rename, renamed, renamed_text
from articles.exchange.source import Refused

OF_EVERY_PAGE = {"title", "slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at"}
"""What editors write of Wagtail's own fields. All others are its bookkeeping, and belong to the site."""

Content = dict[str, Any]


@cache
def fields_of(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    """Return the fields of `model` that are content, by name: neither keys nor bookkeeping, nobody's account."""
    return {
        field.name: field
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
        # Of tags, the rows that say which there are belong to the children.
        if getattr(field, "serialize", True)
        and not field.primary_key
        and not isinstance(field, ParentalKey)
        and field.name != "sort_order"
        and field.related_model is not get_user_model()
        and (field.model is not Page or field.name in OF_EVERY_PAGE)
    }


@cache
def children_of(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """Return the models of what belongs to a page of `model`, such as its contributors, by the name of the relation."""
    relations = {rel.get_accessor_name(): rel.related_model for rel in get_all_child_relations(model)}
    return {name: child for name, child in relations.items() if name != COMMENTS_RELATION_NAME}


def exported(model: type[models.Model], stored: Content, rename: Rename) -> Content:
    """Return the content that a revision of a page of `model` stores, with names that hold on every site."""
    content = {
        name: _exported(field, stored.get(name, field.get_default()), rename)
        for name, field in fields_of(model).items()
    }
    for name, child in children_of(model).items():
        rows = sorted(stored.get(name, []), key=lambda row: row.get("sort_order") or 0)
        content[name] = list(_complete(child, (exported(child, row, rename) for row in rows)))
    return content


def restored(model: type[models.Model], content: Content, rename: Rename) -> Content:
    """Return `content` as a revision here would store it; raises Refused for what is not known here."""
    fields, children = fields_of(model), children_of(model)
    if not isinstance(content, dict):
        raise Refused("Its content is no object.")
    if unknown := sorted(content.keys() - fields.keys() - children.keys()):
        raise Refused(f"It has a field that is not known here: “{unknown[0]}”. It may come from a newer Almanac.")
    stored = {name: _restored(field, content[name], rename) for name, field in fields.items() if name in content}
    for name, child in children.items():
        rows = _complete(child, (restored(child, row, rename) for row in content.get(name, [])))
        ordered = "sort_order" in {field.name for field in child._meta.fields}
        stored[name] = [
            row | {"pk": None} | ({"sort_order": number} if ordered else {}) for number, row in enumerate(rows)
        ]
    return stored


def _complete(model: type[models.Model], rows: Iterator[Content]) -> Iterator[Content]:
    """Yield the rows that name all that they must: without its person, a contribution is none."""
    needed = [name for name, field in fields_of(model).items() if field.remote_field and not field.null]
    return (row for row in rows if all(row.get(name) is not None for name in needed))


def _exported(field: models.Field[Any, Any], value: Any, rename: Rename) -> Any:
    if isinstance(field, StreamField):
        value = json.loads(value) if isinstance(value, str) and value else value
        known = [each for each in value or [] if each.get("type") in field.stream_block.child_blocks]
        return renamed(field.stream_block, known, rename)
    return _renamed(field, value, rename)


def _restored(field: models.Field[Any, Any], value: Any, rename: Rename) -> Any:
    if isinstance(field, StreamField):
        return json.dumps(renamed(field.stream_block, value, rename))
    return _renamed(field, value, rename)


def _renamed(field: models.Field[Any, Any], value: Any, rename: Rename) -> Any:
    if isinstance(field, models.ManyToManyField):
        names = [rename(field.related_model, each) for each in value or []]
        # They have no order of their own.
        return sorted(name for name in names if name is not None)
    if field.related_model is not None:
        return None if value is None else rename(field.related_model, value)
    if isinstance(field, RichTextField):
        return renamed_text(str(value or ""), rename)
    return value
