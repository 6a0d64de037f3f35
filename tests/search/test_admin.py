"""The search in the Wagtail admin: what editors keep, what they read, and searches of Wagtail's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.models import SearchTerm, Synonyms

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("question", ['"foo', "%00", "foo\\", "a%00b", "'; --", "* ( AND", "%ed%a0%80"])
@pytest.mark.parametrize(
    "path",
    ["/admin/images/", "/admin/documents/", "/admin/pages/search/", "/admin/choose-page/search/"],
)
def test_search_of_the_admin_takes_any_question(client, admin, path, question):
    client.force_login(admin)

    assert client.get(f"{path}?q={question}").status_code == 200


def test_page_is_found_in_the_admin_by_its_title_with_and_without_accents(client, admin, make_article):
    make_article("Ménière’s Disease")
    client.force_login(admin)

    for question in ("ménière", "meniere", "disease meni"):
        assert "Ménière’s" in client.get("/admin/pages/search/", {"q": question}).content.decode(), question


def test_editors_keep_synonyms(client, editor):
    client.force_login(editor)

    client.post(reverse("synonyms:add"), {"words": "backache, back pain"})

    assert Synonyms.objects.get().words == "backache, back pain"
    assert "backache" in client.get(reverse("synonyms:index")).content.decode()
    home = client.get("/admin/").content.decode()
    assert reverse("searches_report") in home
    assert reverse("wagtailsearchpromotions:index") in home


@pytest.fixture
def asked(db):
    """What was searched for: some of it long ago."""
    today = timezone.localdate()
    for words, days, number, found in [
        ("whales", 1, 3, 0),
        ("=cmd()", 1, 1, 0),
        ("steam", 2, 9, 0),
        ("steam", 1, 9, 4),
        ("old", 40, 5, 0),
    ]:
        SearchTerm.objects.create(words=words, day=today - timedelta(days=days), searches=number, results=found)


def test_report_lists_searches_without_result_and_all(client, editor, asked):
    client.force_login(editor)

    def words(**query):
        return [(row["words"], row["number"]) for row in client.get(reverse("searches_report"), query).context["page"]]

    assert words(days=7) == [("whales", 3), ("=cmd()", 1)]
    assert words(days=90) == [("old", 5), ("whales", 3), ("=cmd()", 1)]
    assert words(days=7, show="all") == [("steam", 18), ("whales", 3), ("=cmd()", 1)]


def test_report_is_sent_as_a_table_without_formulas(client, editor, asked):
    client.force_login(editor)

    answer = client.get(reverse("searches_report"), {"days": 7, "as": "csv"})

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ['"Words","Searches","Pages found"', '"whales","3","0"', '"\'=cmd()","1","0"']


def test_report_is_for_those_who_may_read_it(client, moderator):
    client.force_login(moderator)

    assert client.get(reverse("searches_report")).status_code == 302
