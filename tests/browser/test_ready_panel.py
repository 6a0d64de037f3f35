"""“Ready to publish?” in the editor: from a refused publication to the published article, and as axe sees it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from articles.models import ArticlePage, Waiver
from tests.browser.test_readers_and_moderators import sign_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SUMMARY = "[data-readiness-summary]"
PATIENCE = 15_000
"""So many milliseconds what a server does may take."""


@pytest.fixture
def open_editor(open_page, editor):
    """Return a function that opens an article in the editor, signed in."""

    def open_editor(article: ArticlePage, **options) -> Page:
        page = open_page(f"/admin/pages/{article.pk}/edit/", **options)
        sign_in(page, "editor")
        expect(page.locator("[data-readiness-list]")).to_be_attached()
        return page

    return open_editor


@pytest.fixture
def draft(make_article) -> ArticlePage:
    quote = {"text": "TODO: ask her", "speaker": "Ada Brook", "credential": "Physicist"}
    return make_article(live=False, body=[{"type": "quote", "value": quote}])


def publish(page: Page) -> None:
    """Press the button by keyboard."""
    page.get_by_role("button", name="More actions").press("Enter")
    page.get_by_role("button", name="Publish", exact=True).press("Enter")


def test_editor_is_refused_jumps_corrects_gives_reasons_and_publishes_by_keyboard(open_editor, draft, settings):
    settings.WARNINGS_NEED_A_REASON = True
    page = open_editor(draft)
    publish(page)
    expect(page.locator("body")).to_contain_text("could not be saved due to validation errors", timeout=PATIENCE)
    expect(page.locator(SUMMARY)).to_contain_text("1 error,")

    page.get_by_role("link", name="Go to “Quote, block 1”").first.press("Enter")

    text = page.locator("textarea[name=body-0-value-text]")
    expect(text).to_be_focused()
    expect(text).to_be_in_viewport()
    text.fill("She says it sings.")
    expect(page.locator(SUMMARY)).not_to_contain_text("error", timeout=PATIENCE)
    expect(page.locator(SUMMARY)).to_contain_text("warning")

    # What is typed outlives the list that comes anew after the next autosave.
    reasons = page.locator("[data-readiness] textarea")
    number = reasons.count()
    for fold in page.locator(".readiness__answer > summary").all():
        fold.press("Enter")
    reasons.first.fill("Half a sen")
    with page.expect_response(lambda answer: "fragment=1" in answer.url):
        text.fill("She says that it sings.")
    expect(reasons.first).to_have_value("Half a sen")
    reasons.first.fill("It is a test.")
    keep = page.get_by_role("button", name="Keep this reason").first
    keep.press("Enter")
    expect(page.locator(".readiness__waived")).to_be_attached(timeout=PATIENCE)
    expect(reasons).to_have_count(number - 1)
    page.evaluate("document.querySelectorAll('.readiness__answer').forEach((fold) => (fold.open = true))")
    for reason in reasons.all():
        reason.fill("It is a test.")
    publish(page)

    expect(page.locator("body")).to_contain_text("has been published", timeout=PATIENCE)
    assert ArticlePage.objects.get(pk=draft.pk).live
    assert set(Waiver.objects.values_list("reason", flat=True)) == {"It is a test."}


def test_link_opens_what_hides_the_place_also_on_the_other_tab(open_editor, draft):
    page = open_editor(draft)
    block = page.locator("[id^=block-][id$=-section]").first
    block.locator("[data-panel-toggle]").first.click()
    expect(page.locator("textarea[name=body-0-value-text]")).to_be_hidden()

    page.get_by_role("link", name="Go to “Quote, block 1”").first.click()
    expect(page.locator("textarea[name=body-0-value-text]")).to_be_focused()
    page.get_by_role("link", name="Go to “Meta description”").click()

    expect(page.locator("#id_search_description")).to_be_focused()
    page.locator("#id_search_description").fill("x" * 160)
    expect(page.locator("#id_search_description-count")).to_have_text("160 of about 155 characters")
    expect(page.locator("[data-part=description]")).to_contain_text("…")


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_in_the_panel(open_editor, draft, editor, theme, width):
    UserProfile.objects.update_or_create(user=editor, defaults={"theme": theme})
    page = open_editor(draft, viewport={"width": width, "height": 900})
    page.locator(".readiness__answer > summary").first.click()
    page.locator("[data-readiness] textarea").first.fill("It is a test.")
    page.get_by_role("button", name="Keep this reason").first.click()
    page.locator(".readiness__waived > summary").click()
    page.locator(".readiness__answer > summary").first.click()

    found = Axe().run(page, context="[data-readiness]")

    assert found.response["violations"] == []
    assert page.evaluate("document.querySelector('[data-readiness]').scrollWidth <= innerWidth")
