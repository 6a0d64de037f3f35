"""The moderators' desk by keyboard, without scripts, and as axe sees it."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from ratings import actions
from ratings.desk.keys import KEYS
from ratings.models import (
    Bulk,
    CannedText,
    Comment,
    Decision,
    DiscussionPolicy,
    Ground,
    Lease,
    Phrase,
    Reader,
    Sanction,
    State,
)
from ratings.moderation.judge import Verdict

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LIST = "/admin/reader-comments/"
CARDS = "/admin/reader-comments/?view=card"
CARD = "[data-card]:focus"


@pytest.fixture
def waiting(article):
    """Return a function that stores so many comments, the oldest first, which wait for a moderator."""

    def wait(count: int) -> list[Comment]:
        now = timezone.now()
        return [
            actions.comment(
                article=article,
                reader=Reader.objects.create(),
                name=f"Reader {number}",
                email=f"reader{number}@example.org",
                text=f"The kettle of house {number} sings.",
                verdict=Verdict(state=State.PENDING),
                now=now,
            )
            for number in range(1, count + 1)
        ]

    return wait


@pytest.fixture
def open_desk(open_page, moderator, client, live_server):
    """Return a function that opens a page of the desk as a user, usually a moderator, who is signed in."""

    def open_desk(address: str, user: User = moderator, **options) -> Page:
        client.force_login(user)
        page = open_page("/static/favicon.svg", **options)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page.goto(address)
        return page

    return open_desk


def states() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


def at(page: Page, comment: Comment) -> None:
    """Expect the focus on the card of `comment`."""
    expect(page.locator(CARD)).to_have_attribute("data-card", str(comment.pk))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_list_is_worked_through_with_single_keys(open_desk, waiting):
    comments = waiting(5)
    desk = open_desk(LIST)
    press(desk, "a")  # no comment has the focus yet
    at(desk, comments[0])
    assert set(states()) == {"pending"}
    press(desk, "j", "j", "k")
    at(desk, comments[1])

    press(desk, "a")
    at(desk, comments[2])
    expect(desk.locator("#desk-status")).to_have_text("Reader 2’s comment: Published.")
    expect(desk.locator(".desk-done")).to_contain_text("Reader 2’s comment: Published.")
    expect(desk.get_by_role("link", name="Waiting for review (4)")).to_be_visible()
    expect(desk.get_by_role("link", name="Published (1)")).to_be_visible()
    press(desk, "s")
    at(desk, comments[3])
    press(desk, "r")
    expect(desk.get_by_role("dialog", name="On what ground?")).to_be_visible()
    press(desk, "Escape")
    at(desk, comments[3])
    press(desk, "r", "5")
    at(desk, comments[4])
    press(desk, "n")
    desk.keyboard.type("ask a doctor")
    assert states()[4] == "pending"
    press(desk, "Enter")
    at(desk, comments[4])
    press(desk, "a")
    at(desk, comments[0])  # the list anew, with what was left out

    assert states() == ["pending", "published", "spam", "rejected", "published"]
    assert Decision.objects.get(comment=comments[3]).ground == Ground.ADVERTISING
    assert Decision.objects.get(comment=comments[4]).note == "ask a doctor"
    press(desk, "u")
    at(desk, comments[4])
    press(desk, "u")
    at(desk, comments[3])
    assert states() == ["pending", "published", "spam", "pending", "pending"]


def test_cards_are_worked_through_one_by_one(open_desk, waiting, moderator):
    comments = waiting(6)
    desk = open_desk(CARDS)
    at(desk, comments[0])
    with desk.expect_response(lambda answer: f"/{comments[1].pk}/" in answer.url) as ahead:
        desk.reload()  # the next one comes ahead
    ahead.value.finished()
    at(desk, comments[0])
    assert Lease.objects.count() == 2
    requests: list[str] = []
    desk.on("request", lambda request: requests.append(f"{request.method} {request.url}"))
    for comment, key, following in zip(comments, "asja", comments[1:], strict=False):
        press(desk, key)
        at(desk, following)
        expect(desk).to_have_url(re.compile(f"/{following.pk}/"))
        assert states()[comments.index(comment)] != "pending" or key == "j"
    expect(desk.locator("body")).to_contain_text("3 left: Waiting for review")
    assert not [each for each in requests if f"GET {desk.url}" == each][1:]  # none was fetched twice

    press(desk, "k")
    at(desk, comments[2])
    desk.go_back()
    at(desk, comments[4])
    desk.go_back()
    at(desk, comments[3])
    assert states() == ["published", "spam", "pending", "published", "pending", "pending"]

    press(desk, "u")  # nothing was decided on this page; what was decided on this comment is taken back
    at(desk, comments[3])
    expect(desk.locator(".desk-done")).to_contain_text("Undone.")
    assert states()[3] == "pending"
    press(desk, "l")
    expect(desk.locator("[data-card]")).to_have_count(4)


def test_the_last_card_leads_to_the_empty_list(open_desk, waiting):
    waiting(1)
    desk = open_desk(CARDS)
    press(desk, "a")

    expect(desk.locator("body")).to_contain_text("Nothing here.")
    expect(desk.locator(".desk-done")).to_be_focused()
    press(desk, "u")
    expect(desk.locator(CARD)).to_be_visible()
    assert states() == ["pending"]


def test_a_key_pressed_twice_decides_once_while_the_first_is_sent(open_desk, waiting):
    comments = waiting(3)
    desk = open_desk(LIST)
    held = []
    desk.route("**/decide/*", lambda route: held.append(route))
    press(desk, "j", "a", "a", "a")
    at(desk, comments[0])
    assert len(held) == 1
    held[0].continue_()
    at(desk, comments[1])
    assert states() == ["published", "pending", "pending"]


def test_where_the_network_is_gone_nothing_is_lost(open_desk, waiting):
    comments = waiting(2)
    desk = open_desk(LIST)
    press(desk, "j", "n")
    desk.keyboard.type("a note")
    press(desk, "Escape")
    desk.context.set_offline(True)
    press(desk, "a")
    expect(desk.get_by_role("alert")).to_contain_text("The site could not be reached.")
    at(desk, comments[0])
    desk.context.set_offline(False)
    press(desk, "a")
    at(desk, comments[1])
    assert Decision.objects.get().note == "a note"


def test_who_was_first_is_told_and_the_note_is_kept(open_desk, waiting, make_user):
    comment, *_ = waiting(2)
    desk = open_desk(LIST)
    press(desk, "j", "n")
    desk.keyboard.type("Looks like Bob")
    press(desk, "Enter")
    ada = make_user("ada", "Comment moderators")
    actions.decide(comment=comment, version=1, to=State.SPAM, moderator=ada, now=timezone.now())
    press(desk, "a")

    expect(desk.locator("body")).to_contain_text("ada decided on")
    expect(desk.get_by_label("Note (for moderators)")).to_have_value("Looks like Bob")
    assert states() == ["spam", "pending"]
    assert violations(desk) == []


def test_who_is_signed_out_comes_to_the_login(open_desk, waiting):
    waiting(2)
    desk = open_desk(LIST)
    desk.context.clear_cookies(name="sessionid")
    press(desk, "j", "a")

    expect(desk).to_have_url(re.compile(r"/admin/login/\?next=/admin/reader-comments/"))
    assert states() == ["pending", "pending"]


def test_switched_off_in_the_profile_no_key_does_anything_and_the_buttons_work(open_desk, waiting, moderator):
    UserProfile.objects.create(user=moderator, keyboard_shortcuts=False)
    comments = waiting(2)
    desk = open_desk(CARDS)
    at(desk, comments[0])
    press(desk, "a", "s", "j")
    desk.get_by_role("button", name="Reject: comment by Reader 1").click()
    press(desk, "1")
    desk.get_by_role("dialog").get_by_role("button", name="Insults or threats").click()

    at(desk, comments[1])
    assert states() == ["rejected", "pending"]
    assert Decision.objects.get().ground == Ground.ABUSE


def test_the_question_mark_lists_every_key(open_desk, waiting):
    waiting(1)
    desk = open_desk(LIST)
    press(desk, "?")
    dialog = desk.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    for key in KEYS:
        row = dialog.get_by_role("row").filter(has_text=str(key.label))
        expect(row.locator("kbd")).to_have_text(key.key)
    press(desk, "a", "Escape", "?")  # no key decides behind it
    expect(dialog.get_by_text("Next comment")).to_have_count(1)
    assert violations(desk) == []
    press(desk, "Escape")
    assert states() == ["pending"]


def test_each_key_finds_what_it_presses(open_desk, waiting):
    first, second = waiting(2)
    desk = open_desk(LIST)
    press(desk, "j", "x")
    expect(desk.locator("[data-choose]").first).to_be_checked()
    press(desk, "e")
    expect(desk.get_by_label("The words without them").first).to_be_focused()
    press(desk, "Escape", "b")
    expect(desk.locator("[data-bulk] [data-ground]")).to_be_focused()
    desk.locator("[data-card]").first.focus()
    press(desk, "f")
    expect(desk.locator("[data-filters] input[name=q]")).to_be_focused()
    desk.locator("[data-card]").nth(1).focus()
    press(desk, "o")
    expect(desk).to_have_url(re.compile(f"/{second.pk}/"))
    desk.goto(f"{LIST}?state=pending")
    press(desk, "j", "a")
    at(desk, second)
    press(desk, "a")
    expect(desk.locator("body")).to_contain_text("Nothing here.")
    desk.goto(f"{LIST}?state=published")
    press(desk, "j", "c")
    expect(desk.locator(".messages")).to_contain_text("Checked: reports no longer take it away.")
    desk.wait_for_load_state()
    at(desk, first)  # its place in the address
    press(desk, "p")
    expect(desk.locator(".messages")).to_contain_text("Pinned.")
    first.refresh_from_db()
    assert (first.is_checked, first.is_pinned) == (True, True)


def test_the_whole_desk_works_without_scripts(open_desk, waiting):
    waiting(5)
    desk = open_desk(LIST, java_script_enabled=False)
    desk.get_by_role("button", name="Approve: comment by Reader 1").click()
    card = desk.locator("[data-card]").first
    card.locator("[data-ground]").select_option("advertising")
    card.get_by_role("button", name="Reject: comment by Reader 2").click()
    assert states()[:2] == ["published", "rejected"]
    desk.locator(".messages").get_by_role("button", name="Undo").click()
    assert states()[:2] == ["published", "pending"]

    desk.goto(LIST)
    desk.get_by_text("Decide on many at once").click()
    desk.get_by_label("All 4 comments that the list finds").check()
    desk.locator("#desk-bulk").get_by_role("button", name="Spam").click()
    desk.get_by_role("button", name="Spam: 4 comments").click()
    while Bulk.objects.get().is_running:
        desk.get_by_role("button", name="Continue now").click()
    assert states() == ["published", *4 * ["spam"]]
    desk.get_by_label("Yes: 4 decisions shall be undone.").check()
    desk.get_by_role("button", name="Undo all of it").click()
    while Bulk.objects.get().is_running:
        desk.get_by_role("button", name="Continue now").click()
    assert states() == ["published", *4 * ["pending"]]

    desk.goto(f"{LIST}readers/{Comment.objects.last().reader_id}/")
    form = desk.locator("form.desk-sanction")
    form.locator("[name=kind]").select_option("ban")
    form.locator("[name=ground]").select_option("advertising")
    form.get_by_role("button", name="Store").click()
    desk.get_by_role("button", name="Yes, ban").click()
    assert Sanction.objects.get().kind == "ban"


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_desk(open_desk, waiting, admin, color_scheme):
    DiscussionPolicy.objects.create()
    Phrase.objects.create(phrase="cheap pills")
    CannedText.objects.create(ground=Ground.ABUSE, text="Please stay calm.")
    comment, *others = waiting(3)
    actions.decide(comment=comment, version=1, to=State.REJECTED, moderator=admin, now=timezone.now())
    desk = open_desk(LIST, admin, color_scheme=color_scheme)
    found = {"list": violations(desk)}
    press(desk, "f")
    desk.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    found["all folds open"] = violations(desk)
    press(desk, "Escape")
    desk.locator("[data-card]").first.focus()
    press(desk, "r")
    found["grounds"] = violations(desk)
    press(desk, "Escape", "s")
    at(desk, others[1])
    found["done"] = violations(desk)
    desk.get_by_label("that the list finds").check()
    desk.locator("#desk-bulk").get_by_role("button", name="Spam").click()
    expect(desk.get_by_role("button", name="Spam: 1 comment")).to_be_visible()
    found["bulk preview"] = violations(desk)
    desk.get_by_role("button", name="Spam: 1 comment").click()
    expect(desk.get_by_role("link", name="All bulk decisions")).to_be_visible()
    found["bulk"] = violations(desk)
    pages = [
        f"{comment.pk}/",
        f"readers/{comment.reader_id}/",
        "decisions/",
        "sanctions/",
        "bulks/",
        "board/",
        "learned/",
    ]
    rules = [
        "discussion-policies/",
        "discussion-policies/new/",
        "comment-words/",
        "comment-words/new/",
        "canned-texts/",
    ]
    for address in [*(LIST + page for page in pages), *(f"/admin/{page}" for page in [*rules, "held-votes/"])]:
        desk.goto(address)
        found[address] = violations(desk)
    assert {name: each for name, each in found.items() if each} == {}


def violations(page: Page) -> list:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found]
