"""Readers rate and write in a real browser with scripts: they stay on the page, and what happened is announced."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import OperationalError
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from ratings import limits
from ratings.models import Bucket, Comment, HelpfulVote, Rating, State
from tests.browser.readers import choose_stars, publish, send, write
from tests.journeys.hostile import FOLDER, hostile_strings

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

RATING = "#rating form[data-inline]"
WRITING = "form[data-stamp-url]"
OWN_PAGE = re.compile(r"/responses/[0-9a-f-]{36}/$")
POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect", "worker")
)
PLACES = """[...document.querySelectorAll("main :not([data-news] *)")].map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return [node.tagName, x, y, width, height].join();
})"""


def status(page: Page, form: str):
    return page.locator(f"{form} [data-answer-here][role=status]")


def focused(page: Page) -> str:
    """Return the text of the element that has the focus."""
    return page.evaluate("document.activeElement.innerText || document.activeElement.name").strip()


def reach(page: Page, name: str) -> None:
    """Go on with the Tab key until a field of that name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"no way to {name}")


def assert_accessible(page: Page) -> None:
    """Let axe look at a page."""
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], [node["target"] for node in found["nodes"]]) for found in violations] == [], page.url


def under_policy(route: Route) -> None:
    """Pass a page on with the strictest policy that allows what we serve."""
    response = route.fetch()
    route.fulfill(response=response, headers={**response.headers, "content-security-policy": POLICY})


def draw_from_bucket(article, doing: limits.Doing, *, share: float) -> Bucket:
    """Leave an article's bucket as if that share of it was gone; more than 1, and it takes a while to hold a token."""
    limit = limits.LIMITS[doing][limits.Scope.ARTICLE]
    capacity = int(limit.then_every * limit.at_once / limits.MICROSECOND)
    full_at = int(timezone.now().timestamp() * 1_000_000 + share * capacity)
    return Bucket.objects.create(key=f"{doing.value}:article:{article.pk}", full_at=full_at, capacity=capacity)


def test_rating_stays_on_the_page_and_is_known_again(open_page, article):
    page = open_page(article.url)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/responses/mine/" in request.url else None)
    page.reload()
    choose_stars(page, 4)
    assert asked == []  # by a browser that has not answered
    page.locator(f"{RATING} button").dblclick()

    expect(status(page, RATING)).to_contain_text("4")
    expect(page).to_have_url(re.compile(re.escape(article.url) + "$"))
    assert focused(page) == "Send rating"
    assert list(Rating.objects.values_list("stars", "version")) == [(4, 1)]

    expect(page.locator("[data-mine=stars]")).to_be_visible()
    page.reload()
    expect(page.locator("#rating input[value='4']")).to_be_checked()
    expect(page.get_by_role("link", name="You gave 4 stars")).to_have_attribute("href", OWN_PAGE)


def test_staff_are_led_to_the_editor(open_page, live_server, article, client, editor):
    page = open_page("/responses/")  # notes that this browser answers
    page.goto(article.url)
    link = page.get_by_role("link", name="Edit this article")
    expect(page.locator("[data-mine=edit]")).to_be_hidden()

    client.force_login(editor)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.reload()
    expect(link).to_have_attribute("href", f"/admin/pages/{article.pk}/edit/")


def test_comment_stays_on_the_page_and_waits(open_page, article):
    page = open_page(article.url)
    sent, workers = [], []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.on("worker", lambda worker: workers.append(worker.url))
    write(page, "Typed by a person.")
    page.get_by_role("button", name="Send comment").dblclick()

    expect(status(page, WRITING)).to_contain_text("person")
    expect(status(page, WRITING).get_by_role("link")).to_have_attribute("href", re.compile("/responses/"))
    expect(page.locator(f"{WRITING} textarea")).to_have_value("")
    assert focused(page) == "Send comment"
    comment = Comment.objects.get()
    assert (comment.text, comment.state, len(sent)) == ("Typed by a person.", State.PENDING, 1)

    write(page, "A further one.")
    send(page)
    expect(page.locator(f"{WRITING} textarea")).to_have_value("")
    assert Comment.objects.count() == 2
    assert workers == []  # nobody asked for a proof of work
    page.reload()
    expect(page.locator("#comments")).to_contain_text("2 comments of yours wait")


def test_what_was_typed_stays_whatever_is_answered(open_page, article, monkeypatch):
    page = open_page(article.url)
    text = page.locator(f"{WRITING} textarea")
    write(page, "Not yet.")
    page.locator(f"{WRITING} input[name=name]").fill("Moderator")
    send(page)
    expect(status(page, WRITING)).to_contain_text("Please choose another name")
    expect(text).to_have_value("Not yet.")
    page.locator(f"{WRITING} [data-answer-here] a").click()
    assert focused(page) == "name"
    page.locator(f"{WRITING} input[name=name]").fill("Ruth")

    def is_busy(**_):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr("ratings.actions.comment", is_busy)
        send(page)
        expect(status(page, WRITING)).to_contain_text("send it again")
    expect(text).to_have_value("Not yet.")

    bucket = draw_from_bucket(article, limits.Doing.COMMENT, share=1.5)
    send(page)
    expect(status(page, WRITING)).to_contain_text("nothing is lost")
    expect(text).to_have_value("Not yet.")
    assert not Comment.objects.exists()

    bucket.delete()
    send(page)
    expect(text).to_have_value("")
    assert Comment.objects.get().text == "Not yet."


def test_form_is_sent_natively_where_the_script_cannot(open_page, article):
    page = open_page(article.url)
    page.route(
        "**/responses/**", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    choose_stars(page, 3)
    page.locator(f"{RATING} button").click()

    expect(page).to_have_url(re.compile(r"/responses/[0-9a-f-]{36}/"))
    assert Rating.objects.get().stars == 3


def test_notice_is_seen_before_the_comment_is_sent(open_page, article):
    page = open_page(article.url)
    write(page, "After that my arm was numb.")
    send(page)

    expect(page).to_have_url(re.compile("/responses/comment/"))
    assert not Comment.objects.exists()
    send(page)
    expect(page).to_have_url(OWN_PAGE)
    assert Comment.objects.get().text == "After that my arm was numb."


def test_browser_proves_its_work_under_pressure(open_page, article):
    draw_from_bucket(article, limits.Doing.COMMENT, share=0.75)
    page = open_page(article.url)
    workers = []
    page.on("worker", lambda worker: workers.append(worker.url))
    write(page, "Sent in a rush.")
    send(page)
    expect(page.locator(f"{WRITING} textarea")).to_have_value("")
    assert len(workers) == 1

    plain = open_page(article.url, java_script_enabled=False)
    write(plain, "Sent without a proof.")
    send(plain)
    send(plain)

    found = {comment.text: {finding["rule"] for finding in comment.trace} for comment in Comment.objects.all()}
    assert "proof" not in found["Sent in a rush."]
    assert "proof" in found["Sent without a proof."]


def test_helpful_is_pressed_kept_and_taken_back(open_page, article):
    comment = publish(article, "Descale it.")
    page = open_page(article.url)
    form = f"#comment-{comment.public_id} form[action*='/helpful/']"
    button = page.locator(f"{form} button")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(status(page, form)).not_to_be_empty()
    assert HelpfulVote.objects.count() == 1

    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert not HelpfulVote.objects.exists()


def test_news_come_without_moving_anything(open_page, article):
    first = publish(article, "The first.")
    page = open_page("/")
    page.clock.install()
    page.goto(article.url)
    publish(article, "The second.")
    publish(article, "The third.", parent=first)
    before = page.evaluate(PLACES)
    page.clock.fast_forward(61_000)

    link = page.locator("[data-news] a")
    expect(link).to_have_text("2 new comments")
    assert page.evaluate(PLACES) == before
    link.click()
    expect(page.locator("#comments")).to_contain_text("The third.")


def test_news_are_not_asked_for_behind_other_windows(open_page, article):
    page = open_page("/")
    page.clock.install()
    page.add_init_script("Object.defineProperty(document, 'hidden', { get: () => window.isBehind ?? false })")
    page.goto(article.url)
    turn = "behind => { window.isBehind = behind; document.dispatchEvent(new Event('visibilitychange')) }"
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/responses/news/" in request.url else None)
    page.evaluate(turn, True)
    page.clock.fast_forward(3_600_000)
    assert asked == []

    with page.expect_response("**/responses/news/**"):
        page.evaluate(turn, False)
        page.clock.run_for(1)


def test_rest_of_a_conversation_comes_into_the_page(open_page, article):
    first = publish(article, "The first.")
    replies = [publish(article, f"Reply {number}.", parent=first) for number in range(1, 6)]
    page = open_page(article.url)
    page.get_by_role("link", name="Show 3 more replies").dblclick()

    texts = page.locator(".replies .comment-text")
    expect(texts).to_have_text([f"Reply {number}." for number in range(1, 6)])
    assert page.evaluate("document.activeElement.id") == f"comment-{replies[2].public_id}"
    expect(page.get_by_role("link", name="more replies")).to_have_count(0)
    page.locator(f"#comment-{replies[4].public_id} form[action*='/helpful/'] button").click()
    expect(page.locator(f"#comment-{replies[4].public_id} button")).to_have_attribute("aria-pressed", "true")


def test_very_long_conversation_comes_in_parts(open_page, article):
    first = publish(article, "The first.")
    for number in range(1, 54):
        publish(article, f"Reply {number}.", parent=first)
    page = open_page(article.url)
    page.get_by_role("link", name="Show 51 more replies").click()
    texts = page.locator(".replies .comment-text")
    expect(texts).to_have_count(50)

    page.get_by_role("link", name="More replies").click()
    expect(texts).to_have_count(53)
    expect(texts.last).to_have_text("Reply 53.")
    expect(page).to_have_url(re.compile(re.escape(article.url) + "$"))


def test_browser_that_keeps_nothing_can_answer(open_page, article):
    page = open_page("/")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })")
    page.goto(article.url)
    choose_stars(page, 5)
    page.locator(f"{RATING} button").click()

    expect(status(page, RATING)).to_contain_text("5")


def test_rating_and_comment_are_given_by_keyboard_alone(open_page, article):
    page = open_page(article.url)
    reach(page, "stars")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert not Rating.objects.exists()  # choosing is not sending
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(status(page, RATING)).to_contain_text("2")

    for name, words in (("text", "Without a mouse."), ("name", "Ruth"), ("email", "ruth@example.org")):
        reach(page, name)
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(status(page, WRITING).get_by_role("link")).to_be_visible()
    assert page.evaluate("document.activeElement.name") == "email"
    assert (Rating.objects.get().stars, Comment.objects.get().text) == (2, "Without a mouse.")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing_wherever_readers_answer(open_page, article, color_scheme):
    first = publish(article, "The first.", stars=4)
    publish(article, "An answer.", parent=first)
    publish(article, "Another.")
    page = open_page(article.url, color_scheme=color_scheme)
    assert_accessible(page)
    page.goto(f"{article.url}?thread={first.public_id}")
    assert_accessible(page)

    page.goto(article.url)
    choose_stars(page, 4)
    page.evaluate(f"document.querySelector('{RATING}').submit()")
    expect(page).to_have_url(OWN_PAGE)
    assert_accessible(page)

    page.goto(f"/responses/comment/{article.pk}/")
    assert_accessible(page)
    write(page, "")
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    write(page, "My arm was numb.")
    send(page)
    expect(page.locator(".comment-preview")).to_be_visible()
    assert_accessible(page)
    send(page)
    expect(page).to_have_url(OWN_PAGE)
    assert_accessible(page)

    own = page.url
    for address in (f"{own}edit/", f"{own}delete/", "/responses/"):
        page.goto(address)
        assert_accessible(page)
    page.goto(f"/responses/helpful/{first.public_id}/")
    assert_accessible(page)
    page.goto(f"/responses/report/{first.public_id}/")
    assert_accessible(page)
    page.get_by_role("button", name="Send report").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Send report").click()
    expect(page).to_have_url(OWN_PAGE)
    assert_accessible(page)


def test_hostile_words_stay_words_in_a_browser(open_page, article):
    words = hostile_strings(FOLDER / "markup.txt", FOLDER / "links.txt")
    for start in range(0, len(words), 12):
        publish(article, "\n\n".join(words[start : start + 12]), name=words[start][:80])
    page = open_page("/")
    complaints = []
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.route(re.compile(re.escape(article.url)), under_policy)
    page.goto(article.url)
    page.locator(".comment").last.scroll_into_view_if_needed()
    page.locator(".comment-text a").first.hover()
    page.locator("[name=helpful]").first.evaluate("field => field.form.querySelector('button').click()")

    expect(page.locator(".comment [data-answer-here]").first).not_to_be_empty()
    assert page.locator(".comment").count() == -(-len(words) // 12)
    assert page.evaluate("'touched' in window") is False
    assert (
        page.locator(
            ".comment-text :is(script, img, svg, iframe, style, form, input, object, [onclick], [style])"
        ).count()
        == 0
    )
    assert complaints == []
