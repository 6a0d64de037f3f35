"""An editor cites a source without leaving the text or the keyboard, and a reader follows the number and comes back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from articles.models import ArticlePage, Source
from tests.browser.test_readers_and_moderators import sign_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_editor_cites_a_new_source_by_keyboard_and_a_reader_follows_it(open_page, admin, article):
    page = open_page(f"/admin/pages/{article.pk}/edit/")
    sign_in(page, "admin")
    text = page.locator(".public-DraftEditor-content").first
    text.focus()
    page.keyboard.press("Control+End")

    page.keyboard.type("/cite")
    expect(page.get_by_role("option", name="Cite a source")).to_be_visible()
    page.keyboard.press("Enter")
    add_source(page, "https://doi.org/10.1000/Steam.1", title="On Steam", authors="Brook A.", year="2024")

    expect(text).to_contain_text("Steam needs room.[Brook 2024]")
    assert Source.objects.get().doi == "10.1000/steam.1"
    publish(page)
    assert f'room.<embed embedtype="source" id="{Source.objects.get().pk}"/>' in str(
        ArticlePage.objects.get(pk=article.pk).body.raw_data[0]["value"]
    )

    reader = open_page(article.url)
    reader.locator("[role=doc-noteref][aria-label='Source 1: On Steam']").press("Enter")
    expect(reader.locator("#source-1")).to_be_in_viewport()
    expect(reader.locator("#source-1:target")).to_contain_text("Brook A. On Steam. 2024.")
    reader.locator("[role=doc-backlink][aria-label='Back to citation 1a in the text']").press("Enter")
    expect(reader.locator("#cite-1-1:target")).to_be_in_viewport()


def add_source(page: Page, identifiers: str, **fields: str) -> None:
    """Fill in the dialog's form of a new source, by keyboard."""
    page.get_by_role("tab", name="New source").press("Enter")
    page.get_by_label("DOI, PMID, ISBN or web address").fill(identifiers)
    for name, value in fields.items():
        page.locator(f"[name=source-{name}]").fill(value)
    page.get_by_role("button", name="Add and cite").press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


def publish(page: Page) -> None:
    """Publish what is in the form."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("body")).to_contain_text(re.compile("has been published", re.IGNORECASE))
