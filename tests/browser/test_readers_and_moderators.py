"""A reader rates and comments, a moderator approves, the reader sees it; and what else an article lets readers do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from ratings.models import Comment, Rating, State
from tests.browser.readers import choose_stars, send, write

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name=re.compile("sign in", re.IGNORECASE)).click()
    expect(page).not_to_have_url(re.compile("login"))


def test_whole_way_without_scripts(open_page, article, moderator):
    reader = open_page(article.url, java_script_enabled=False)
    choose_stars(reader, 4)
    reader.locator("#rating button[type=submit]").click()
    assert list(Rating.objects.values_list("stars", flat=True)) == [4]

    reader.goto(article.url)
    expect(reader.locator("body")).to_contain_text("1 review")
    write(reader, "Mine *sings* in D flat.")
    send(reader)
    expect(reader.locator("em", has_text="sings")).to_be_visible()  # the preview
    assert not Comment.objects.exists()
    send(reader)
    assert Comment.objects.get().state == State.PENDING
    own_page = reader.url
    reader.goto(article.url)
    expect(reader.locator("body")).not_to_contain_text("in D flat")

    desk = open_page("/admin/reader-comments/", java_script_enabled=False)
    sign_in(desk, "moderator")
    desk.get_by_role("button", name="Approve: comment by Ruth").click()
    assert Comment.objects.get().state == State.PUBLISHED

    reader.goto(article.url)
    expect(reader.locator("#comments")).to_contain_text("in D flat")
    reader.goto(own_page)
    expect(reader.locator("body")).to_contain_text("Published")

    reader.goto(article.url)
    reader.get_by_role("link", name=re.compile("^Reply")).first.click()
    expect(reader.locator("body")).to_contain_text("Ruth")


def test_ticks_of_a_checklist_stay_on_the_device(open_page, full_site):
    page = open_page(full_site.url)
    box = page.locator(".block-checklist input[type=checkbox]").first
    box.check()
    page.reload()

    expect(page.locator(".block-checklist input[type=checkbox]").first).to_be_checked()


def test_answer_of_a_question_opens_without_scripts(open_page, full_site):
    page = open_page(full_site.url, java_script_enabled=False)
    page.locator(".block-faq summary").first.click()

    expect(page.get_by_text("It leaves lime")).to_be_visible()
