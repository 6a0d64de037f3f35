"""The pictures of the docs, taken from the demo. `make pictures` writes them; the test sees that each can be taken."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page
from wagtail.models import Revision

from articles.models import ArticlePage, SignOff
from demo.accounts import PASSWORD, make_accounts
from pages.models import SearchTerm
from pages.search.dictionary import learn_words
from pages.search.readable import Readable

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
ARTICLE = "/articles/why-do-my-legs-cramp-at-night/"
DESK = "/admin/reader-comments/"
SHOTS = {
    "article-desktop": (ARTICLE, 1280, 900, "light"),
    "article-phone-dark": (ARTICLE, 390, 844, "dark"),
    "discussion-desktop": (f"{ARTICLE}#comments", 1280, 1000, "light"),
    "discussion-phone-dark": (f"{ARTICLE}#rating", 390, 844, "dark"),
    "home-desktop": ("/", 1280, 900, "light"),
    "home-phone": ("/", 390, 844, "light"),
    "topic-desktop": ("/topics/body-and-movement/", 1280, 1000, "light"),
    "author-desktop": ("/authors/maren-holloway/", 1280, 1000, "light"),
    "search-desktop": ("/search/?q=leg+pain", 1280, 800, "light"),
    "missing-phone-dark": ("/articles/why-do-my-leg-cramp/", 390, 844, "dark"),
    "style-guide": ("/style-guide/", 1280, 1000, "light"),
    "reader-comments": (DESK, 1280, 900, "light"),
    "reported-comments": (f"{DESK}?reported=1", 1280, 900, "light"),
    "desk-card": (f"{DESK}?view=card", 1280, 900, "light"),
    "desk-card-phone-dark": (f"{DESK}?view=card", 390, 844, "dark"),
    "desk-grounds": (f"{DESK}?view=card", 1280, 900, "light"),
    "desk-filter": (DESK, 1280, 900, "light"),
    "desk-bulk": (f"{DESK}?state=published", 1280, 900, "light"),
    "shift-board": (f"{DESK}board/", 1280, 900, "light"),
    "my-desk": ("/admin/", 1280, 1000, "light"),
    "articles-list": ("/admin/articles/", 1280, 900, "light"),
    "calendar": ("/admin/calendar/", 1280, 1000, "light"),
    "editor": ("/admin/pages/{article}/edit/", 1280, 1000, "light"),
}
BY_AN_EDITOR = {"my-desk", "articles-list", "calendar", "editor"}
"""What an editor sees; the rest of the admin is taken as a moderator."""
KEYS = {"desk-grounds": "r", "desk-filter": "f"}
"""What is pressed before the picture is taken."""


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state("networkidle")


def preview_a_bulk(page: Page) -> None:
    page.locator("[data-bulk] summary").click()
    page.locator("[data-all]").check()
    page.locator("[data-bulk] button[value=hidden]").click()
    page.wait_for_load_state("networkidle")


def plan_a_week() -> ArticlePage:
    """Have something to do at the editors' desk, and return the article of the pictures."""
    editor = User.objects.get(username="editor")
    noon = timezone.now().replace(hour=12, minute=0)
    articles = list(ArticlePage.objects.filter(live=True).order_by("pk"))
    for article in articles[:2]:
        article.save_revision(user=editor)
    for days, article in enumerate(articles[2:4], start=1):
        revision = article.save_revision()
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=noon + timedelta(days=days))
    SignOff.objects.filter(article__in=articles[4:6]).update(due_on=noon.date() + timedelta(days=3))
    for words, searches in (("restless arms", 12), ("baby sleep", 7)):
        SearchTerm.objects.create(day=noon.date(), words=words, searches=searches)
    return ArticlePage.objects.get(url_path__endswith=ARTICLE)


def test_every_picture_of_the_docs_can_be_taken(open_page, tmp_path, capsys):
    folder = IMAGES if os.environ.get("WRITE_PICTURES") else tmp_path
    call_command("load_demo", "--yes")
    make_accounts()
    learn_words(Readable.now())
    article = plan_a_week()
    states = {}
    for name, (path, width, height, scheme) in SHOTS.items():
        size = {"width": width, "height": height}
        who = "editor" if name in BY_AN_EDITOR else "moderator"
        path = path.format(article=article.pk)
        options = {"color_scheme": scheme, "reduced_motion": "reduce", "storage_state": states.get(who)}
        page = open_page(path, viewport=size, **options)
        if "/admin/login/" in page.url:
            sign_in(page, who)
            states[who] = page.context.storage_state()
        if key := KEYS.get(name):
            page.keyboard.press(key)
        if name == "desk-bulk":
            preview_a_bulk(page)
        page.screenshot(path=folder / f"{name}.png")
        page.context.close()
        with Image.open(folder / f"{name}.png") as picture:
            # A page that did not come is of few colors.
            assert len(picture.getcolors(width * height)) > 100, name


def test_docs_show_exactly_these():
    assert {picture.stem for picture in IMAGES.glob("*.png")} == set(SHOTS)
