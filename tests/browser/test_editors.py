"""An editor at work in the admin."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from articles.blocks.registry import kinds
from articles.models import ArticleIndexPage, ArticlePage
from tests.browser.test_readers_and_moderators import sign_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_editor_writes_and_publishes_an_article(open_page, editor):
    index = ArticleIndexPage.objects.get()
    page = open_page(f"/admin/pages/add/articles/articlepage/{index.pk}/")
    sign_in(page, "editor")
    page.locator("#id_title").fill("How to Descale a Kettle")
    page.get_by_role("button", name="Insert a block").first.click()
    for kind in kinds().values():
        expect(page.get_by_role("option", name=str(kind.label), exact=True).first).to_be_attached()
    page.get_by_role("option", name="Quote", exact=True).click()
    page.locator("textarea[name='body-0-value-text']").fill("Vinegar, and an hour.")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()

    expect(page.locator("body")).to_contain_text(re.compile("created and published", re.IGNORECASE))
    article = ArticlePage.objects.get(slug="how-to-descale-a-kettle")
    assert article.live
    reader = open_page(article.url)
    expect(reader.locator("blockquote")).to_contain_text("Vinegar, and an hour.")


def test_preview_of_an_unsaved_article_shows_it(open_page, editor):
    index = ArticleIndexPage.objects.get()
    page = open_page(f"/admin/pages/add/articles/articlepage/{index.pk}/")
    sign_in(page, "editor")
    page.locator("#id_title").fill("Seen Before Saved")
    page.get_by_role("button", name="Toggle preview").click()

    expect(page.frame_locator("iframe#w-preview-iframe, iframe[title='Preview']").first.locator("h1")).to_contain_text(
        "Seen Before Saved"
    )
