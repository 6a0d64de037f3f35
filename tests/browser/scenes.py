"""What editors, reviewers and readers come upon when the pictures of the docs are taken, and what they then do."""

from __future__ import annotations

import json
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Revision, TaskState

from articles.actions import correct, publish_in_spite
from articles.models import ArticlePage, SignOff
from articles.readiness.examining import examine_again
from pages.models import SearchTerm

CRAMPS = "why-do-my-legs-cramp-at-night"
FOOD = "how-long-can-cooked-food-sit-out"
PLANTS = "do-houseplants-clean-the-air"
DAMP = "why-windows-sweat-in-winter"
WAKING = "why-you-wake-at-three-in-the-morning"


def article(slug: str) -> ArticlePage:
    return ArticlePage.objects.get(slug=slug)


def saying(slug: str, words: dict[str, str]) -> ArticlePage:
    """Return the article of this address with other words in its body."""
    found = article(slug)
    body = json.dumps(found.body.stream_block.get_prep_value(found.body), ensure_ascii=False)
    for before, after in words.items():
        assert before in body
        body = body.replace(before, after)
    found.body = json.loads(body)
    return found


# What happened before


def plan_a_week() -> None:
    """Have something to do at the editors' desk."""
    editor = User.objects.get(username="editor")
    noon = timezone.now().replace(hour=12, minute=0)
    articles = list(ArticlePage.objects.filter(live=True).order_by("pk"))
    for days, planned in enumerate(articles[2:4], start=1):
        revision = planned.save_revision()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=noon + timedelta(days=days))
    SignOff.objects.filter(article__in=articles[4:6]).update(due_on=noon.date() + timedelta(days=3))
    for words, searches in (("restless arms", 12), ("baby sleep", 7)):
        SearchTerm.objects.create(day=noon.date(), words=words, searches=searches)
    unfinished = saying(
        CRAMPS, {"is not fully settled.": "is not fully settled [source?].", "In trials": "In several trials"}
    )
    unfinished.save_revision(user=editor)
    hand_over(saying(DAMP, {"about a pint by morning": "about a pint of water by morning"}))
    waiting = hand_over(saying(WAKING, {"five or six hours later": "about five hours later, and in some people nine"}))
    waiting.current_workflow_task_state.approve(user=editor)
    correct_the_plants(editor)
    examine_again(now=timezone.now())


def hand_over(update: ArticlePage) -> ArticlePage:
    """Have a writer hand over an update."""
    writer = User.objects.get(username="writer")
    update.save_revision(user=writer)
    update.get_workflow().start(update, writer)
    TaskState.objects.update(started_at=timezone.now() - timedelta(days=2))
    return update


def correct_the_plants(editor: User) -> None:
    """Have readers told that a published article was wrong, and what it says now."""
    wrong = article(PLANTS).versions.get()
    update = saying(PLANTS, {"it is replaced every few hours": "it is replaced every hour or two"})
    update.revised_on, now = timezone.localdate(), timezone.now()
    update.revision_note = "How often a home changes its air."
    update.save_revision(user=editor)
    publish_in_spite(article=update, why=lambda warning: "It stood there before.", by=editor, now=now)
    text = "We wrote that the air of a typical home is replaced every few hours. In fact, it is every hour or two."
    correct(article=update, text=text, wrong=wrong, by=editor, today=timezone.localdate(), now=now)


# What they do on the page


def press(key: str, page: Page) -> None:
    page.keyboard.press(key)


def preview_a_bulk(page: Page) -> None:
    page.locator("[data-bulk] summary").click()
    page.locator("[data-all]").check()
    page.locator("[data-bulk] button[value=hidden]").click()
    page.wait_for_load_state("networkidle")


def come_to_rest(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    # Asked once, since the policy of the page forbids what asks again and again.
    page.evaluate("""Promise.all(document.getAnimations()
        .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
        .map((each) => each.finished.catch(() => {})))""")


def to_the_middle(place: Locator) -> None:
    place.evaluate("element => element.scrollIntoView({block: 'center'})")


def choose_a_block(page: Page) -> None:
    page.get_by_role("heading", name="Contributors").evaluate("element => element.scrollIntoView()")
    page.get_by_role("button", name="Insert a block").first.click()
    page.locator(".w-combobox__option-preview").nth(5).click()
    come_to_rest(page)


def go_to_a_cell(page: Page) -> None:
    to_the_middle(page.locator(".table-grid"))
    page.get_by_label("Row 2, column 2", exact=True).click()


def cite(page: Page) -> None:
    page.locator(".public-DraftEditor-content").first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("/cite")
    expect(page.get_by_role("option", name="Cite a source")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("5 sources")
    come_to_rest(page)


def be_refused(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_load_state("networkidle")
    page.locator(".readiness__answer > summary").first.click()
    page.locator("[data-readiness] textarea").first.fill("Our reviewer knows the trials; the next update cites them.")
    page.locator(".readiness__waived > summary").click()


def write_a_correction(page: Page) -> None:
    page.get_by_label("Correction").fill(
        "We wrote that a fruit pie keeps on the counter for up to 2 days. In fact, one that is made with eggs or milk "
        "belongs in the refrigerator within two hours."
    )
    page.get_by_role("button", name="Show what readers will read").click()
    page.wait_for_load_state("networkidle")


def go_to_the_history(page: Page) -> None:
    to_the_middle(page.get_by_role("region", name="History"))


TEXT = """Why Kettles Whistle

By Maren Holloway
★ 5.0 (40 reviews)

Steam needs a way out, and a narrow one makes it sing. Every kettle has a note of its own.

Tip: Leave the lid on until it boils.

“The whistle is a resonance, as in a flute.” — Dr. Ada Brook, physicist

Kettle Material
Copper Heats fast
Steel Lasts long
Glass Breaks sooner
"""


def paste_a_text(page: Page) -> None:
    page.get_by_label("Paste a text").fill(TEXT)
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#line-1")).to_be_visible()


def review_an_import(page: Page) -> None:
    paste_a_text(page)
    page.locator("#line-3").evaluate("element => element.scrollIntoView()")
    page.locator("#line-8").focus()
    come_to_rest(page)


def split_columns(page: Page) -> None:
    paste_a_text(page)
    page.get_by_role("link", name="Columns…").last.click()
    expect(page.get_by_role("button", name="Make the table")).to_be_visible()
    come_to_rest(page)
