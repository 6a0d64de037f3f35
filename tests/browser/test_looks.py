"""What no page may do, whatever its look: scroll sideways, fail axe, or need scripts."""

from __future__ import annotations

from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from articles.blocks.registry import kinds
from articles.models import Contributor, TopicPage
from authors.models import AuthorPage
from pictures.actions import store_picture

AXE = {"rules": {"target-size": {"enabled": True}}}
"""All that is on by default, and the size of what one presses (WCAG 2.2, 2.5.8)."""

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def addresses(article) -> dict[str, str]:
    return {
        "home": "/",
        "articles": "/articles/",
        "article": article.url,
        "topic": TopicPage.objects.get(title="Kettles").url,
        "topics": "/topics/",
        "authors": "/authors/",
        "author": AuthorPage.objects.get().url,
        "privacy": "/privacy/",
        "comment form": f"/responses/comment/{article.pk}/",
        "missing": "/no/such/page/",
        "style guide": "/style-guide/",
    }


def overflow(page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture
def illustrated(make_article, author):
    """An article with a picture wherever one can stand, and enough of everything to scroll through."""
    data = BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(data, "PNG")
    picture = store_picture(title="Teal", name="teal.png", description="Teal", data=data.getvalue())
    author.portrait = picture
    author.save_revision().publish()
    samples = {name: kind.get_prep_value(kind.get_preview_value()) for name, kind in kinds().items()}
    samples["figure"]["image"] = picture.pk
    body = [{"type": name, "value": value} for name, value in samples.items()]
    article = make_article("A Picture Everywhere", body=body, hero=picture)
    article.contributors = [Contributor(author=author)]
    article.save_revision().publish()
    return article


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, full_site, color_scheme):
    page = open_page("/", color_scheme=color_scheme)
    for name, address in addresses(full_site).items():
        page.goto(address)
        violations = Axe().run(page, options=AXE).response["violations"]
        assert [(found["id"], [node["target"] for node in found["nodes"]]) for found in violations] == [], name


def test_axe_finds_nothing_in_the_answers_to_a_reader(open_page, article):
    page = open_page(article.url, java_script_enabled=False)
    page.locator("#comments form textarea[name=text]").last.fill("Without a name.")
    page.locator("#comments form button[type=submit]").last.click()
    page_with_scripts = open_page("/")
    page_with_scripts.set_content(page.content())

    violations = Axe().run(page_with_scripts).response["violations"]
    assert [found["id"] for found in violations] == []


@pytest.mark.parametrize("width", [320, 768, 1280, 1920])
def test_no_page_scrolls_sideways(open_page, full_site, width):
    page = open_page("/", viewport={"width": width, "height": 900})
    for name, address in addresses(full_site).items():
        page.goto(address)
        assert overflow(page) <= 0, name


@pytest.mark.parametrize(
    "word",
    [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
        "أفاستسقيناكموها" * 8,
    ],
    ids=["German", "Arabic"],
)
def test_long_words_do_not_widen_the_page(open_page, make_article, author, word):
    author.title = word
    author.save_revision().publish()
    article = make_article(
        word,
        body=[{"type": "heading", "value": {"text": word, "level": "2"}}, {"type": "text", "value": f"<p>{word}</p>"}]
        * 2,
    )
    article.contributors = [Contributor(author=author)]
    article.save_revision().publish()
    page = open_page(article.url, viewport={"width": 320, "height": 800})

    assert overflow(page) <= 0


def test_page_of_a_language_from_right_to_left_is_mirrored_and_fits(open_page, full_site, settings):
    settings.LANGUAGE_CODE = "ar"
    page = open_page("/", viewport={"width": 320, "height": 800})
    for name, address in addresses(full_site).items():
        page.goto(address)
        assert page.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", "ar"], name
        assert overflow(page) <= 0, name

    mark = page.locator(".wordmark .mark").bounding_box()
    assert mark["x"] > 160


def test_page_zoomed_to_twice_its_size_still_fits(open_page, full_site):
    page = open_page(full_site.url, viewport={"width": 640, "height": 450}, device_scale_factor=2)

    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_while_the_page_appears_and_is_scrolled_through(open_page, illustrated, width):
    page = open_page("/", viewport={"width": width, "height": 700})
    page.add_init_script(
        """
        self.shifts = [];
        new PerformanceObserver((list) => {
            for (const { sources } of list.getEntries()) self.shifts.push(sources.map(({ node }) => node?.outerHTML));
        }).observe({ type: "layout-shift", buffered: true });
        """
    )
    page.goto(illustrated.url)
    for _ in range(12):
        page.mouse.wheel(0, 600)
        page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")

    assert page.evaluate("scrollY") > 0
    assert page.evaluate("self.shifts") == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_reader_on_a_phone_jumps_to_a_section_and_sees_it(open_page, full_site, scripts):
    phone = {"viewport": {"width": 360, "height": 740}, "reduced_motion": "reduce"}
    page = open_page(full_site.url, **phone, java_script_enabled=scripts)
    bar = page.locator(".contents summary")
    entry = full_site.outline[-2]
    heading = page.locator(f"#{entry.anchor} h2")
    page.locator(".article-body .block").nth(3).scroll_into_view_if_needed()
    bar.click()
    page.get_by_role("navigation", name="Contents").get_by_role("link", name=entry.text).click()

    expect(heading).to_be_in_viewport(ratio=1)
    assert bar.bounding_box()["y"] <= 3  # it came along
    if scripts:
        expect(page.locator(".contents-here")).to_have_text(entry.text)
        expect(page.locator(".contents details")).not_to_have_attribute("open", "")
    covered = page.locator(".contents" if scripts else ".contents ol").bounding_box()
    assert heading.bounding_box()["y"] >= covered["y"] + covered["height"]


def test_reading_draws_a_line_except_for_who_wants_no_motion(open_page, full_site):
    moving = open_page(full_site.url)
    still = open_page(full_site.url, reduced_motion="reduce")

    assert moving.evaluate("document.getAnimations().length") == 1
    assert still.evaluate("document.getAnimations().length") == 0


def test_paper_carries_the_text_and_its_address_and_nothing_to_press(open_page, full_site):
    page = open_page(full_site.url)
    page.emulate_media(media="print")

    assert page.locator(".printed-from").is_visible()
    for useless in (".site-nav", ".site-search", ".contents", ".rating-form", ".comments"):
        assert page.locator(useless).first.is_hidden(), useless
