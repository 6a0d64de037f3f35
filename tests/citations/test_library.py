"""The library in the admin: adding, finding and deleting sources, and the reports on them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.menu import reports_menu

from articles.models import Source
from tests.citations.conftest import cited

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(admin, client) -> Client:
    client.force_login(admin)
    return client


def address(name: str, *arguments: object) -> str:
    return reverse(Source.snippet_viewset.get_url_name(name), args=arguments)


def chooser(name: str, *arguments: object) -> str:
    return reverse(f"wagtailsnippetchoosers_articles_source:{name}", args=arguments)


def form(**fields: object) -> dict[str, object]:
    return {"title": "On Steam", "identifiers": "", "authors": "", "publication": "", "year": "", "tier": "study",
            "accessed_on": ""} | fields  # fmt: skip


def words_of(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_source_is_added_by_whatever_names_it(desk):
    typed = "https://doi.org/10.1000/Steam.1\nPMID: 123\nISBN 0-306-40615-2"

    answer = desk.post(address("add"), form(identifiers=typed, year="1998"))

    source = Source.objects.get()
    assert answer.status_code == 302
    assert (source.doi, source.pmid, source.isbn, source.url) == ("10.1000/steam.1", "123", "9780306406157", "")
    assert source.address == "https://doi.org/10.1000/steam.1"


def test_same_source_twice_is_refused_with_the_way_to_the_one_there(desk, unger):
    answer = desk.post(address("add"), form(identifiers="https://pubmed.ncbi.nlm.nih.gov/9588755/"))

    page = BeautifulSoup(answer.content, "html.parser")
    assert "This source is in the library already, with the same PMID: Does Knuckle Cracking" in words_of(answer)
    assert page.find("a", href=address("edit", unger.pk))
    assert (
        page.select_one("textarea[name=identifiers]").get_text().strip() == "https://pubmed.ncbi.nlm.nih.gov/9588755/"
    )
    assert Source.objects.count() == 1


def test_source_without_identifier_is_known_by_title_and_year(desk, make_source):
    make_source("On Steam", year=1912)

    refused = desk.post(address("add"), form(title="ON STEAM", year="1912"))
    taken = desk.post(address("add"), form(title="On Steam", year="1913"))

    assert "with the same title and year" in words_of(refused)
    assert taken.status_code == 302


def test_bad_identifier_says_what_is_wrong_and_keeps_what_was_typed(desk):
    answer = desk.post(address("add"), form(identifiers="978-0-306-40615-8", authors="Brook A."))

    assert "A digit of this ISBN is wrong: after the others, the last would be 7, not 8." in words_of(answer)
    assert b"978-0-306-40615-8" in answer.content
    assert b"Brook A." in answer.content
    assert not Source.objects.exists()


def test_source_may_be_saved_again_as_it_is(desk, unger):
    page = BeautifulSoup(desk.get(address("edit", unger.pk)).content, "html.parser")
    typed = page.select_one("textarea[name=identifiers]").get_text().strip()

    answer = desk.post(address("edit", unger.pk), form(title="Knuckles", identifiers=typed))

    before, doi, pmid = unger, unger.doi, unger.pmid
    before.refresh_from_db()
    assert answer.status_code == 302
    assert (before.title, before.doi, before.pmid) == ("Knuckles", doi, pmid)


def test_listing_tells_how_often_a_source_is_cited_and_is_searched_and_filtered(desk, unger, kettles, make_article):
    make_article(body=[{"type": "text", "value": f"<p>Steam{cited(unger)}{cited(unger)}.</p>"}])

    def found(**query: str) -> list[str]:
        rows = BeautifulSoup(desk.get(address("list"), query).content, "html.parser").select("main table tbody tr")
        return [" ".join(row.get_text(" ").split()) for row in rows]

    assert any("Unger D. L. 1998 Study 1 Not checked yet" in row for row in found())
    assert [len(found(q=words)) for words in ("unger 1998", "knuckle steam", "steam press")] == [1, 0, 1]
    assert [len(found(use=use)) for use in ("used", "unused")] == [1, 1]
    assert (len(found(age="old")), len(found(tier="book")), len(found(link="dead"))) == (1, 1, 0)


def test_source_that_is_cited_is_not_deleted(desk, unger, make_article):
    article = make_article("Steam", body=[{"type": "text", "value": f"<p>Steam{cited(unger)}.</p>"}])

    answer = desk.post(address("delete", unger.pk), follow=True)

    assert "was not deleted: 1 article cites it: “Steam”. Take the citations out first." in words_of(answer)
    article.unpublish()
    article.delete()
    desk.post(address("delete", unger.pk))
    assert not Source.objects.exists()


def test_source_that_only_a_draft_cites_is_not_deleted_either(desk, unger, article):
    article.body = [{"type": "text", "value": f"<p>Steam{cited(unger)}.</p>"}]
    article.save_revision()

    desk.post(address("delete", unger.pk))

    assert Source.objects.exists()


def test_dialog_finds_adds_and_labels(desk, unger):
    def add(**fields: str) -> dict[str, Any]:
        """Send the form of the dialog, whose fields are told from those of the page behind it."""
        sent = {f"source-{name}": value for name, value in form(**fields).items()}
        return json.loads(desk.post(chooser("create"), sent).content)

    found = json.loads(desk.get(chooser("choose")).content)["html"]
    chosen = json.loads(desk.get(chooser("chosen", unger.pk)).content)
    added = add(identifiers="doi:10.1000/new", authors="Brook, A.")
    again = add(identifiers="10.1000/NEW")

    assert "Unger D. L." in found
    assert "identifiers" in found
    assert "Knuckle" not in desk.get(chooser("choose_results"), {"q": "steam"}).content.decode()
    assert chosen["result"]["label"] == "[Unger 1998]"
    assert added["result"] | {"edit_url": ""} == {
        "id": str(Source.objects.get(doi="10.1000/new").pk), "string": "On Steam", "label": "[Brook]", "edit_url": "",
    }  # fmt: skip
    assert again["step"] == "reshow_creation_form"
    assert "in the library already" in again["htmlFragment"]


@pytest.mark.parametrize(("name", "count"), [("old_sources", 1), ("dead_source_links", 3)])
def test_report_tells_which_articles_are_concerned(name, count, desk, unger, make_source, make_article):
    make_source("=1+1", year=2000, link="dead", link_problem="It answers 404.")
    for number in range(count):
        source = make_source(f"Old {number}", year=1950, link="dead", link_problem="It answers 404.")
        make_article(f"Steam {number}", body=[{"type": "text", "value": f"<p>Steam{cited(source)}.</p>"}])

    page = words_of(desk.get(reverse(name)))
    csv = b"".join(desk.get(reverse(name), {"export": "csv"}).streaming_content).decode()

    assert "Old 0 1950 Other Steam 0" in page
    assert "'=1+1," in csv
    assert "Old 0,,1950,other,,Steam 0" in csv


def test_report_takes_the_same_queries_for_one_source_and_for_many(desk, make_source):
    counts = []
    for number in range(3):
        make_source(f"Old {number}", year=1950)
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("old_sources"))
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_menu_of_reports_leads_to_all_three(desk):
    items = {item.name: item.url for item in reports_menu.menu_items_for_request(desk.get("/admin/").wsgi_request)}

    assert items["unsourced-claims"] == "/admin/reports/findings/?rule=unsourced_claim"
    assert [desk.get(items[name]).status_code for name in ("old_sources", "dead_source_links", "unsourced-claims")] == [
        200
    ] * 3


def test_who_may_not_see_sources_sees_no_report(make_user, client):
    client.force_login(make_user("moderator", "Comment moderators"))

    assert client.get(reverse("old_sources")).status_code == 302


def test_listing_is_searched_for_a_whole_page_of_words_too(desk, unger):
    assert desk.get(address("list"), {"q": "word " * 1100}).status_code == 200


def test_address_that_is_none_of_the_web_is_never_a_link(make_source):
    assert make_source(url="javascript:alert(1)").address == ""
