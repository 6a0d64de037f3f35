"""The pictures of the docs, taken from the demo. `make pictures` writes them; the test sees that each can be taken."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page

from articles.models import ArticlePage
from demo.accounts import PASSWORD, make_accounts
from pages.search.dictionary import learn_words
from pages.search.readable import Readable
from tests.browser import scenes

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"
ARTICLE = f"/articles/{scenes.CRAMPS}/"
CORRECTED = f"/articles/{scenes.PLANTS}/"
EDITOR = f"/admin/pages/{{{scenes.CRAMPS}}}/edit/"
DESK = "/admin/reader-comments/"
IMPORT = "/admin/articles/import/"
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
    "my-desk": ("/admin/", 1280, 1060, "light"),
    "articles-list": ("/admin/articles/", 1280, 900, "light"),
    "calendar": ("/admin/calendar/", 1280, 1000, "light"),
    "editor": (EDITOR, 1280, 1000, "light"),
    "import-new": (IMPORT, 1280, 860, "light"),
    "import-review": (IMPORT, 1280, 900, "light"),
    "import-columns": (IMPORT, 1280, 620, "light"),
    "table-grid": (EDITOR, 1280, 900, "light"),
    "cite": (EDITOR, 1280, 800, "light"),
    "sources": ("/admin/snippets/articles/source/", 1280, 700, "light"),
    "ready-to-publish": (EDITOR, 1280, 1000, "light"),
    "review": (f"/admin/articles/{{{scenes.WAKING}}}/review/", 1280, 1000, "light"),
    "correct": (f"/admin/articles/{{{scenes.FOOD}}}/correct/", 1280, 940, "light"),
    "article-corrected": (CORRECTED, 1280, 640, "light"),
    "article-sources": (f"{CORRECTED}#sources", 1280, 400, "light"),
    "article-history": (CORRECTED, 1280, 400, "light"),
}
BY = {"my-desk": "editor", "articles-list": "editor", "calendar": "editor", "editor": "editor", "review": "reviewer"}
BY |= dict.fromkeys(("import-new", "import-review", "import-columns"), "editor")
BY |= dict.fromkeys(("table-grid", "cite", "sources", "ready-to-publish", "correct"), "editor")
"""Who sees it; the rest of the admin is taken as a moderator."""
FIRST: dict[str, Callable[[Page], None]] = {
    "desk-grounds": partial(scenes.press, "r"),
    "desk-filter": partial(scenes.press, "f"),
    "desk-bulk": scenes.preview_a_bulk,
    "editor": scenes.choose_a_block,
    "import-review": scenes.review_an_import,
    "import-columns": scenes.split_columns,
    "table-grid": scenes.go_to_a_cell,
    "cite": scenes.cite,
    "ready-to-publish": scenes.be_refused,
    "correct": scenes.write_a_correction,
    "article-history": scenes.go_to_the_history,
}
"""What is done before the picture is taken."""


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_load_state("networkidle")


def test_every_picture_of_the_docs_can_be_taken(open_page, tmp_path, settings, capsys):
    settings.WARNINGS_NEED_A_REASON = True
    folder = IMAGES if os.environ.get("WRITE_PICTURES") else tmp_path
    make_accounts()
    call_command("load_demo", "--yes")
    learn_words(Readable.now())
    scenes.plan_a_week()
    keys = {slug: str(key) for slug, key in ArticlePage.objects.values_list("slug", "pk")}
    states = {}
    for name, (path, width, height, scheme) in SHOTS.items():
        size = {"width": width, "height": height}
        who = BY.get(name, "moderator")
        path = path.format_map(keys)
        options = {"color_scheme": scheme, "reduced_motion": "reduce", "storage_state": states.get(who)}
        page = open_page(path, viewport=size, **options)
        if "/admin/login/" in page.url:
            sign_in(page, who)
            states[who] = page.context.storage_state()
        if name in FIRST:
            FIRST[name](page)
        page.screenshot(path=folder / f"{name}.png")
        page.context.close()
        with Image.open(folder / f"{name}.png") as picture:
            # A page that did not come is of few colors.
            assert len(picture.getcolors(width * height)) > 100, name


def test_docs_show_exactly_these():
    assert {picture.stem for picture in IMAGES.glob("*.png")} == set(SHOTS)
