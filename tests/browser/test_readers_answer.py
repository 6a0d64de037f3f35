"""Readers rate, write, edit, delete, report and find helpful in a real browser, without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from ratings.models import Comment, HelpfulVote, Kind, Rating, Report, State
from tests.browser.readers import choose_stars, publish, send, write

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def open_plain(open_page):
    """Return a factory of pages without scripts."""
    return lambda path: open_page(path, java_script_enabled=False)


def test_rating_is_given_changed_and_withdrawn(open_plain, article):
    page = open_plain(article.url)
    page.get_by_role("button", name="Send rating").click()  # without a choice the browser does not send
    choose_stars(page, 4)
    page.get_by_role("button", name="Send rating").click()
    assert Rating.objects.get().stars == 4
    expect(page.locator("[data-answer]")).to_contain_text("4")

    choose_stars(page, 2)
    page.locator("form[action*='/rate/'] button").click()
    assert Rating.objects.get().stars == 2

    page.locator("form[action*='/withdraw/'] button").click()
    assert Rating.objects.get().is_withdrawn
    page.goto(article.url)
    expect(page.locator("#rating")).to_contain_text(re.compile(r"No \w+ yet"))


def test_comment_is_previewed_sent_edited_and_deleted(open_plain, article):
    page = open_plain(article.url)
    write(page, "Mine *sings* in D flat.")
    send(page)
    expect(page.locator("em", has_text="sings")).to_be_visible()  # the preview
    assert not Comment.objects.exists()

    page.get_by_role("button", name=re.compile("^Edit")).click()
    page.locator("textarea[name=text]").fill("Mine *sings* in E flat.")
    send(page)
    comment = Comment.objects.get()
    assert (comment.text, comment.state) == ("Mine *sings* in E flat.", State.PENDING)

    page.goto(f"/responses/{comment.public_id}/")
    page.locator("a[href$='/edit/']").click()
    page.locator("textarea[name=text]").fill("Mine hums.")
    page.locator("main form[method=post] button[type=submit]").first.click()
    comment.refresh_from_db()
    assert (comment.text, comment.revisions.count()) == ("Mine hums.", 1)
    expect(page.locator("main")).to_contain_text("Mine hums.")

    page.locator("a[href$='/delete/']").click()
    page.locator("main form[method=post] button[type=submit]").first.click()
    comment.refresh_from_db()
    assert comment.state == State.DELETED


def test_question_review_and_reply_are_told_apart(open_plain, article):
    first = publish(article, "Whose whistles?", name="Anna")
    page = open_plain(article.url)
    page.get_by_role("radio", name="Question").check()
    write(page, "Why does it stop?")
    send(page)
    send(page)

    page.goto(article.url)
    page.get_by_role("radio", name="Review").check()
    page.locator("#comments select[name=stars]").select_option("5")
    write(page, "Clear and short.")
    send(page)
    send(page)

    page.goto(article.url)
    page.locator(f"#comment-{first.public_id} a[href*='reply_to']").click()
    expect(page.locator("main")).to_contain_text("Whose whistles?")
    write(page, "Ours does.")
    send(page)

    written = {comment.text: comment for comment in Comment.objects.exclude(pk=first.pk)}
    assert written["Why does it stop?"].kind == Kind.QUESTION
    review = written["Clear and short."]
    assert (review.kind, review.stars, Rating.objects.get().stars) == (Kind.REVIEW, 5, 5)
    assert written["Ours does."].parent == first


def test_comment_is_found_helpful_and_reported(open_plain, article):
    comment = publish(article, "Descale it.", name="Anna")
    page = open_plain(article.url)
    page.locator(f"#comment-{comment.public_id} form[action*='/helpful/'] button").click()
    assert HelpfulVote.objects.get().comment == comment

    page.locator("form[action*='/helpful/'] button").click()
    assert not HelpfulVote.objects.exists()

    page.goto(article.url)
    page.locator(f"#comment-{comment.public_id} a[href*='/report/']").click()
    page.get_by_role("radio", name="It gives advice that could hurt somebody").check()
    page.locator("textarea[name=note]").fill("Acid burns.")
    page.locator("main form[method=post] button[type=submit]").first.click()
    report = Report.objects.get()
    assert (report.comment, report.reason, report.note) == (comment, "dangerous", "Acid burns.")
    expect(page).to_have_url(re.compile(str(report.public_id)))


def test_long_discussion_is_paged_sorted_and_filtered_by_links(open_plain, article):
    comments = [publish(article, f"Note {number}.", stars=4 if number == 3 else None) for number in range(1, 24)]
    page = open_plain(article.url)
    names = page.locator(".threads > li > .comment .comment-text")
    assert names.all_inner_texts() == [f"Note {number}." for number in range(23, 3, -1)]

    page.locator("#comments a[href*='after=']").last.click()
    assert names.all_inner_texts() == ["Note 3.", "Note 2.", "Note 1."]

    page.goto(article.url)
    page.locator("#comments a[href*='sort=oldest']").click()
    assert names.first.inner_text() == "Note 1."

    page.locator("#rating a[href*='stars=4']").first.click()
    assert names.all_inner_texts() == ["Note 3."]

    page.goto(f"/comments/{comments[0].public_id}/")
    expect(page.locator(f"#comment-{comments[0].public_id}")).to_be_in_viewport()
    page.goto(f"{article.url}?thread={comments[0].public_id}")
    assert names.all_inner_texts() == ["Note 1."]
