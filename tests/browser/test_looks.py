"""What no page may do, whatever its look: scroll sideways, fail axe, or need scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.models import TopicPage
from authors.models import AuthorPage

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
    }


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, full_site, color_scheme):
    page = open_page("/", color_scheme=color_scheme)
    for name, address in addresses(full_site).items():
        page.goto(address)
        violations = Axe().run(page).response["violations"]
        assert [(found["id"], [node["target"] for node in found["nodes"]]) for found in violations] == [], name


def test_axe_finds_nothing_in_the_answers_to_a_reader(open_page, article):
    page = open_page(article.url, java_script_enabled=False)
    page.locator("#comments form textarea[name=text]").last.fill("Without a name.")
    page.locator("#comments form button[type=submit]").last.click()
    page_with_scripts = open_page("/")
    page_with_scripts.set_content(page.content())
    page_with_scripts.evaluate(
        "url => { document.head.insertAdjacentHTML('afterbegin', `<base href='${url}'>`) }", page.url
    )

    violations = Axe().run(page_with_scripts).response["violations"]
    assert [found["id"] for found in violations] == []


@pytest.mark.parametrize("width", [320, 768, 1280, 1920])
def test_no_page_scrolls_sideways(open_page, full_site, width):
    page = open_page("/", viewport={"width": width, "height": 900})
    for name, address in addresses(full_site).items():
        page.goto(address)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, name


def test_long_words_do_not_widen_the_page(open_page, make_article):
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    article = make_article(
        word,
        body=[{"type": "heading", "value": {"text": word, "level": "2"}}, {"type": "text", "value": f"<p>{word}</p>"}],
    )
    page = open_page(article.url, viewport={"width": 320, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_page_zoomed_to_twice_its_size_still_fits(open_page, full_site):
    page = open_page(full_site.url, viewport={"width": 640, "height": 450}, device_scale_factor=2)

    assert page.evaluate("document.documentElement.scrollWidth") <= 640
