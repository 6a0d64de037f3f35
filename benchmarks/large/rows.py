"""Rows by the thousand, in the tables that pages live in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.search.backends import get_search_backend

from findable.models import FindablePage

BATCH = 1000


def next_key(model: type[models.Model]) -> int:
    """Return the key of the next row of `model`. Whoever gives keys themselves asks once in a transaction."""
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def add_pages(parent: Page, pages: Sequence[FindablePage], published_at: Sequence[datetime]) -> None:
    """Publish `pages`, all of one kind, below `parent`, as many statements for one as for hundreds.

    Each gets its place in the tree, a revision with all that it holds by then, and an entry in the history. `parent` is
    as it stands in the database. The caller's transaction makes it all or nothing.
    """
    model = type(pages[0])
    key, revision_key = next_key(Page), next_key(Revision)
    for number, (page, moment) in enumerate(zip(pages, published_at, strict=True)):
        page.pk = page.page_ptr_id = page.id = key + number
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, parent.numchild + number + 1)
        page.numchild = 0
        page.locale_id = parent.locale_id
        page.content_type = model(title="").content_type
        page.set_url_path(parent)
        page.draft_title = page.title
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = page.latest_revision_created_at = moment
    revisions = [_revision(page, revision_key + number) for number, page in enumerate(pages)]
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision_id = page.live_revision_id = revision.pk
    Revision.objects.bulk_create(revisions, batch_size=BATCH)
    names = [field.attname for field in Page._meta.concrete_fields]
    Page.objects.bulk_create(
        [Page(**{name: getattr(page, name) for name in names}) for page in pages], batch_size=BATCH
    )
    # Django's bulk_create refuses a table that has a parent; this is the statement that it would send.
    own = model._meta.local_concrete_fields
    for start in range(0, len(pages), BATCH):
        model._base_manager._insert(pages[start : start + BATCH], fields=own, using="default")
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))
    parent.numchild += len(pages)
    PageLogEntry.objects.bulk_create([_log_entry(page) for page in pages], batch_size=BATCH)
    reset_keys(Page, Revision)


def index_pages(pages: Sequence[FindablePage]) -> None:
    """Put `pages`, all of one kind, into the search index, as the site does it itself when one is published."""
    get_search_backend().get_index_for_model(type(pages[0])).add_items(type(pages[0]), pages)


def reset_keys(*tables: type[models.Model]) -> None:
    """Let the database go on counting where the keys that were given end."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def _revision(page: Any, key: int) -> Revision:
    return Revision(
        pk=key,
        content_type=page.content_type,
        base_content_type=Page(title="").content_type,
        object_id=str(page.pk),
        created_at=page.last_published_at,
        object_str=page.title,
        content=page.serializable_data() | {"latest_revision": key, "live_revision": key},
    )


def _log_entry(page: Any) -> PageLogEntry:
    return PageLogEntry(
        content_type=page.content_type,
        label=page.title,
        action="wagtail.publish",
        timestamp=page.last_published_at,
        page_id=page.pk,
        revision_id=page.live_revision_id,
        content_changed=True,
    )
