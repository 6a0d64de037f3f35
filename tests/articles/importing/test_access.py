"""Who may import, and what only somebody who publishes may bring in."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect

from articles.actions import topic_named
from articles.models import ArticlePage, ImportedFrom, ImportItem, ImportRun, TopicPage
from authors.actions import author_named
from tests.articles.importing.conftest import TEXT, address, decide, paste, the_item, upload

pytestmark = pytest.mark.django_db

NEW = "/admin/articles/import/"


@pytest.fixture
def writer(make_user):
    return make_user("writer", "Writers")


@pytest.mark.parametrize(
    ("group", "status"),
    [("Writers", 200), ("Editors", 200), ("Medical reviewers", 302), ("Comment moderators", 302), (None, 302)],
)
def test_only_who_adds_articles_imports(as_user, make_user, group, status):
    client = as_user(make_user("somebody", group))

    assert client.get(NEW).status_code == status
    assert client.get("/admin/articles/imports/").status_code == status
    paste(client)
    assert ImportRun.objects.exists() == (status == 200)


def test_menu_leads_only_those_there(as_user, writer, moderator):
    assert NEW in as_user(writer).get("/admin/").content.decode()
    assert NEW not in as_user(moderator).get("/admin/").content.decode()


def test_writer_sees_their_own_imports_and_editors_all(as_user, writer, make_user, editor):
    paste(as_user(writer))
    item = the_item()
    other = as_user(make_user("other", "Writers"))

    assert as_user(writer).get(address(item)).status_code == 200
    assert as_user(editor).get(address(item)).status_code == 200
    assert other.get(address(item)).status_code == 302
    assert decide(other, item, "drop", 3, 3).status_code == 302
    assert str(item.run.public_id) in as_user(editor).get("/admin/articles/imports/").content.decode()
    assert str(item.run.public_id) not in other.get("/admin/articles/imports/").content.decode()
    item.refresh_from_db()
    assert item.version == 1


def test_nothing_is_written_by_reading_nor_without_the_token(as_user, writer, client):
    paste(as_user(writer))
    item = the_item()
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(writer)

    assert as_user(writer).get(address(item, "decide/")).status_code == 405
    assert as_user(writer).get(f"/admin/articles/imports/{item.run.public_id}/move/").status_code == 405
    assert decide(strict, item, "make").status_code == 403
    assert not ArticlePage.objects.exists()


def test_writer_changes_no_article_of_another_by_importing_it(as_user, writer, editor):
    paste(as_user(editor))
    decide(as_user(editor), the_item(), "make")
    article = ArticlePage.objects.get()
    before = article.latest_revision_id
    paste(as_user(writer), TEXT)
    item = ImportItem.objects.order_by("-pk").select_related("run").first()
    ImportedFrom.objects.update(foreign_id=item.foreign_id)
    decide(as_user(writer), item, "drop", 7, 7)
    item.refresh_from_db()

    response = decide(as_user(writer), item, "make")

    assert response.status_code == 422
    assert "which you may not edit" in response.content.decode()
    article.refresh_from_db()
    assert article.latest_revision_id == before


def test_writer_brings_neither_a_rating_nor_new_topics(as_user, writer):
    front = "---\ncategories: [Brand New]\n---\n"
    text = f"{front}# Why Kettles Whistle\n\n★ 5.0 (40 reviews)\n\nSteam sings here.\n"
    upload(as_user(writer), text.encode(), "kettle.md")
    item = the_item()

    decide(as_user(writer), item, "make")

    item.refresh_from_db()
    assert "The rating was left out: you may not publish." in item.report["notes"]
    assert not TopicPage.objects.filter(title="Brand New").exists()


def test_writer_brings_no_topic_on_the_way_to_one_that_is_known_and_no_redirect(as_user, writer):
    known = topic_named(name="Kitchen")
    front = "---\naliases: [/free-prize/]\n---\n"
    upload(as_user(writer), f"{front}# Why Kettles Whistle\n\nSteam sings here.\n".encode(), "kettle.md")
    item = the_item()
    # As a WordPress export gives the topics: the way to each.
    item.document["details"]["topics"] = [["Forged", "Kitchen"], ["kitchen"]]
    item.save()
    count = TopicPage.objects.count()

    decide(as_user(writer), item, "make")

    item.refresh_from_db()
    assert item.report["notes"] == [
        "New topics were left out: Forged › Kitchen.",
        "Redirects from its old addresses were left out: you may not publish.",
    ]
    assert TopicPage.objects.count() == count
    assert list(item.article.specific.get_latest_revision_as_object().topics.all()) == [known]
    assert not Redirect.objects.exists()


def test_writer_gives_no_biography_to_an_author_who_has_a_page(as_user, writer):
    author = author_named(name="Ada Brook", publish=True)
    front = "---\nauthors:\n  - {name: ada brook, bio: Sells kettles at ada.example.}\n---\n"
    upload(as_user(writer), f"{front}# Why Kettles Whistle\n\nSteam sings here.\n".encode(), "kettle.md")
    item = the_item()

    decide(as_user(writer), item, "make")

    item.refresh_from_db()
    author.refresh_from_db()
    assert item.report["notes"] == ["What it says about an author who has a page was left out: you may not publish."]
    assert author.biography == ""
    assert item.article is not None


def test_export_of_the_site_is_refused_before_anything_of_it_is_tried(by_editor, monkeypatch):
    monkeypatch.setattr("articles.exchange.reading.almanac.OwnRecord.restore", None)
    export = b'[\n{"kind":"almanac","version":1},\n{"kind":"topic","title":"Kitchen"}\n]\n'

    response = upload(by_editor, export, "almanac.json")

    assert response.status_code == 422
    assert "Only a superuser can bring back" in response.content.decode()
    assert not ImportItem.objects.exists()
