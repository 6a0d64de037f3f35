"""What blocks do in a browser: play, open by a link, keep ticks, print a card."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.blocks.registry import kinds

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PLAYER = "https://www.youtube-nocookie.com/embed/Ke77leSteam"


@pytest.fixture
def kettle(make_article):
    """An article with a checklist, questions, steps and a video."""
    samples = {name: kinds()[name] for name in ("checklist", "faq", "steps", "video")}
    body = [{"type": name, "value": kind.get_prep_value(kind.get_preview_value())} for name, kind in samples.items()]
    return make_article(body=body)


def test_video_comes_from_elsewhere_only_after_the_click_and_moves_nothing(browser, live_server, kettle):
    context = browser.new_context(base_url=live_server.url)
    asked = []
    # Answers for the provider, so that nothing leaves the machine.
    context.route(
        lambda address: not address.startswith(live_server.url),
        lambda route: asked.append(route.request) or route.fulfill(body="Player", content_type="text/html"),
    )
    page = context.new_page()
    page.goto(kettle.url)
    stage = page.locator(".video-stage")
    place, height = stage.bounding_box(), page.evaluate("document.documentElement.scrollHeight")
    assert asked == []

    page.get_by_role("button", name="Play: loads from youtube-nocookie.com").click()
    player = page.get_by_title("How a kettle finds its note")
    expect(player.content_frame.get_by_text("Player")).to_be_visible()

    assert [request.url.partition("?")[0] for request in asked] == [PLAYER]
    assert asked[0].all_headers().get("referer") == f"{live_server.url}/"  # the site, and not the page
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert stage.bounding_box()["width"] == place["width"]
    assert stage.bounding_box()["height"] == place["height"]
    context.close()


def test_without_scripts_the_video_is_a_link_and_nothing_asks_for_scripts(open_page, kettle):
    page = open_page(kettle.url, java_script_enabled=False)

    expect(page.get_by_role("link", name="Watch on YouTube")).to_be_visible()
    expect(page.get_by_role("button", name="Play")).to_be_hidden()
    expect(page.get_by_role("button", name="Print this routine")).to_be_hidden()
    page.get_by_text("Transcript").click()
    expect(page.get_by_text("The water hums, then sings.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_question_opens_by_its_link(open_page, kettle, scripts):
    (faq,) = (part.value for part in kettle.body if part.block_type == "faq")
    first, last = (f"question-{item.id[:8]}" for item in faq["items"].bound_blocks)
    page = open_page(f"{kettle.url}#{last}", java_script_enabled=scripts, viewport={"width": 400, "height": 500})

    expect(page.locator(f"#{last}")).to_be_in_viewport()
    expect(page.get_by_text("How often should I clean it?")).to_be_in_viewport()
    expect(page.locator(f"#{first}")).to_be_hidden()

    page.goto(f"{kettle.url}#{first}")
    expect(page.locator(f"#{first}")).to_be_in_viewport()
    expect(page.locator(f"#{last}")).to_be_hidden()


def test_ticks_stay_on_the_device_and_paper_has_empty_boxes(open_page, kettle):
    page = open_page(kettle.url)
    page.get_by_label("Check that there is water").check()
    page.reload()

    box = page.get_by_label("Check that there is water")
    expect(box).to_be_checked()
    page.emulate_media(media="print")
    assert box.evaluate("box => getComputedStyle(box, '::before').content") == "none"


def test_routine_is_printed_alone(open_page, kettle):
    page = open_page(kettle.url)
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print this routine").click()
    page.emulate_media(media="print")

    assert page.evaluate("window.printed")
    expect(page.get_by_text("Warm the pot")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_hidden()
    expect(page.locator(".checklist")).to_be_hidden()

    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".checklist")).to_be_visible()
