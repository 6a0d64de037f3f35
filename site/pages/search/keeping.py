"""Keeping the search index in step with what was published."""

from __future__ import annotations

from typing import Any

from modelsearch.index import insert_or_update_object


def index_again(instance: Any, **_signal: Any) -> None:
    """Index a published page with its tags: Wagtail indexes a page when it is written, and writes its tags later."""
    insert_or_update_object(instance)
