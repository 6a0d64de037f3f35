"""The form of an article, as a browser would post it."""

from __future__ import annotations

from typing import Any

from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

QUOTE_ID = "11111111-1111-4111-8111-111111111111"


def signed_in(user: Any) -> Client:
    """Return a browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def quote(text: str = "It sings.") -> tuple[str, dict[str, str]]:
    """Return a block of the body that says `text`."""
    return ("quote", {"profile": "", "text": text, "speaker": "Ada Brook", "credential": "Physicist"})


def article_form(page: Page | None = None, *blocks: tuple[str, Any], **fields: Any) -> dict[str, Any]:
    """Return what the form of an article posts; of `page`, if there is one, as it was loaded now."""
    loaded = Page.objects.get(pk=page.pk).get_latest_revision() if page else None
    data: dict[str, Any] = {
        "title": page.title if page else "Kettles",
        "slug": page.slug if page else "kettles",
        "summary": "Why it sings.",
        "search_description": "",
        "body": streamfield(list(blocks) or [("text", rich_text("<p>Steam needs room.</p>"))]),
        "contributors": inline_formset([]),
        "related_articles": inline_formset([]),
        "comments": inline_formset([]),
    }
    if blocks and blocks[0][0] == "quote":
        data["body"]["0"]["id"] = QUOTE_ID
    if loaded:
        data |= {"loaded_revision_id": loaded.pk, "loaded_revision_created_at": loaded.created_at.isoformat()}
    found: dict[str, Any] = nested_form_data(data | fields)
    return found
