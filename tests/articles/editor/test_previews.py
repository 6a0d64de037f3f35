"""How editors see an article before readers do, and that nobody else does."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.test import Client

from articles.models import ArticlePage
from articles.previews import MODES
from articles.previews.read_aloud import read_aloud
from articles.previews.search_result import cut
from freshness.models import Change
from tests.articles.editor.posting import article_form, quote, signed_in

pytestmark = pytest.mark.django_db

EVERY = [name for name, _ in MODES]


def preview(article: ArticlePage, mode: str = "") -> str:
    return f"/admin/pages/{article.pk}/edit/preview/?mode={mode}"


def text_of(answer) -> str:
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


@pytest.fixture
def seen(editor, make_article):
    """An editor's browser, and a draft with text in it that was typed and not saved."""
    draft = make_article("A Draft Canary", live=False)
    client = signed_in(editor)
    typed = article_form(draft, quote("Not saved yet."), title="A Typed Canary")
    assert client.post(preview(draft), typed).json() == {"is_valid": True, "is_available": True}
    return client, draft


@pytest.mark.parametrize("mode", EVERY)
def test_every_way_shows_what_was_typed_and_is_kept_by_nobody(seen, mode):
    client, draft = seen

    answer = client.get(preview(draft, mode))

    assert answer.status_code == 200
    assert "A Typed Canary" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert "style=" not in answer.content.decode()


@pytest.mark.parametrize("mode", EVERY)
def test_no_way_writes_or_counts_anything(seen, mode):
    client, draft = seen
    before = (Change.objects.count(), draft.revisions.count())

    client.get(preview(draft, mode))

    assert (Change.objects.count(), draft.revisions.count()) == before
    assert ArticlePage.objects.get(pk=draft.pk).title == "A Draft Canary"


@pytest.mark.parametrize("mode", EVERY)
def test_without_signing_in_there_is_no_preview(seen, mode):
    client, draft = seen
    address = preview(draft, mode)

    assert Client().get(address)["Location"].startswith("/admin/login/")
    client.logout()
    assert client.get(address)["Location"].startswith("/admin/login/")
    assert not Session.objects.exists()


def test_moderator_sees_no_preview(seen, moderator):
    _, draft = seen
    client = signed_in(moderator)

    for address in (preview(draft), f"/admin/pages/{draft.pk}/view_draft/", f"/admin/articles/{draft.pk}/card.png"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("asked", ["?preview=1", "?mode=dark", "?is_preview=true&in_preview_panel=true"])
def test_public_address_knows_no_preview(seen, make_article, asked):
    client, draft = seen
    live = make_article("In Public")
    live.title = "A Draft Canary"
    live.save_revision()

    for visitor in (Client(), client):
        answer = visitor.get(live.url + asked, headers={"X-Article-Preview": "1", "X-Preview": "1"})
        assert "In Public" in answer.content.decode()
        assert "Canary" not in answer.content.decode()
        assert "noindex" not in answer.content.decode()
        assert visitor.get(draft.get_url() + asked).status_code == 404


def test_dark_and_print_are_the_page_with_another_stylesheet(seen):
    client, draft = seen
    files = {
        mode: [
            tag.get("href") or tag.get("src")
            for tag in BeautifulSoup(client.get(preview(draft, mode)).content, "html.parser").select(
                "link[rel=stylesheet], script[src]"
            )
        ]
        for mode in ("", "dark", "print")
    }

    assert set(files["dark"]) - set(files[""]) == {"/static/articles/previews/dark.css"}
    assert set(files["print"]) - set(files[""]) == {
        "/static/articles/previews/print.css",
        "/static/articles/previews/print.js",
    }


def test_read_aloud_names_headings_pictures_and_links_in_order(make_article):
    article = make_article(
        body=[
            {"type": "heading", "value": {"text": "Steam", "level": "2"}},
            {
                "type": "text",
                "value": '<p>Read <a href="https://example.org">the manual</a>.</p><ul><li>Fill</li></ul>',
            },
        ]
    )

    entries = [(entry.kind, entry.level, entry.text) for entry in read_aloud(article)]

    assert entries == [
        ("heading", 1, "Why the Kettle Whistles"),
        ("heading", 2, "Steam"),
        ("text", 0, "Read the manual."),
        ("link", 0, "the manual"),
        ("list", 0, ""),
        ("text", 0, "Fill"),
    ]


def test_search_result_shows_what_is_cut(seen):
    client, draft = seen
    long = "Every word of this description counts. " * 6
    client.post(preview(draft), article_form(draft, search_description=long))

    text = text_of(client.get(preview(draft, "search")))

    assert f"{len(long.strip())} of about 155 characters; cut off:" in text


@pytest.mark.parametrize(
    ("text", "shown", "rest"),
    [
        ("short", "short", ""),
        ("one two three", "one two", " three"),
        ("one twothree four", "one", " twothree four"),
        ("unbreakable", "unbreaka", "ble"),
    ],
)
def test_texts_are_cut_between_words(text, shown, rest):
    found = cut(text, 8)

    assert (found.shown, found.rest) == (shown, rest)


def test_social_card_is_drawn_of_the_draft_and_kept_nowhere(editor, make_article):
    draft = make_article("Drawn Before Published", live=False)

    answer = signed_in(editor).get(f"/admin/articles/{draft.pk}/card.png")

    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "private, no-store"
    assert not hasattr(ArticlePage.objects.get(pk=draft.pk), "social_card")
