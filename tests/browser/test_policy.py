"""The content security policies in a real browser: whatever one forbids on a page of `open_page` fails that test."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_readers_and_moderators import sign_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

INLINE = """(code) => new Promise((told) => {
    document.addEventListener("securitypolicyviolation", (violation) => told(violation.effectiveDirective));
    document.head.append(Object.assign(document.createElement("script"), { textContent: code }));
})"""


def test_pages_of_every_kind_ask_for_nothing_that_is_forbidden(open_page, full_site):
    page = open_page("/")
    for address in (
        full_site.url,
        "/style-guide/",
        "/search/?q=once",
        "/nowhere/",
        f"/responses/comment/{full_site.pk}/",
    ):
        page.goto(address, wait_until="load")

        expect(page.locator("h1").first).to_be_visible()


def test_script_that_somebody_wrote_into_a_page_does_not_run(browser, live_server, article):
    page = browser.new_page()
    page.goto(live_server.url + article.url)

    assert page.evaluate(INLINE, "window.ran = true") == "script-src-elem"
    assert page.evaluate("window.ran") is None
    page.close()


def test_admin_shows_previews_and_pictures_about_to_be_uploaded(open_page, admin):
    page = open_page("/admin/settings/pages/sitesettings/")
    sign_in(page, "admin")
    page.get_by_role("button", name="Toggle preview").click()
    expect(page.frame_locator("#w-preview-iframe").locator("header").first).to_be_visible()

    data = BytesIO()
    Image.new("RGB", (300, 200), "teal").save(data, "PNG")
    page.goto("/admin/images/multiple/add/")
    file = {"name": "teal.png", "mimeType": "image/png", "buffer": data.getvalue()}
    page.locator("#fileupload").set_input_files([file])
    expect(page.locator("#upload-list").get_by_role("button", name="Update")).to_be_visible()
