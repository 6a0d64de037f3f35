"""A citation in a text: what is stored, what the editor makes of it, and what machines are told."""

from __future__ import annotations

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import ReferenceIndex

from articles.actions import sign_off
from articles.citations.numbering import Citations
from articles.citations.reading import cited_in
from articles.models import Source
from articles.twin import markdown_of
from prose.fields import CITING
from prose.sanitize import clean_rich_text, plain_text
from tests.citations.conftest import cited

CITATION = '<embed embedtype="source" id="7"/>'


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (f"<p>Steam{CITATION}.</p>", f"<p>Steam{CITATION}.</p>"),
        ('<p><embed id="07" embedtype="source"></p>', f"<p>{CITATION}</p>"),
        ('<p><embed embedtype="source" id="7" src="//a.test/x" onload="alert(1)"/></p>', f"<p>{CITATION}</p>"),
        (f'<p><a href="https://a.test/">Steam{CITATION}</a></p>', f'<p><a href="https://a.test/">Steam</a>{CITATION}</p>'),
        ('<p>a<embed embedtype="image" id="7"/>b<embed embedtype="source" id="x">c<embed src="x"></p>', "<p>abc</p>"),
        ('<p>&lt;embed embedtype="source" id="7"/&gt;</p>', '<p>&lt;embed embedtype="source" id="7"/&gt;</p>'),
        ('<p><a href="https://a.test/<embed>">x</a></p>', '<p><a href="https://a.test/&lt;embed&gt;">x</a></p>'),
    ],
)  # fmt: skip
def test_exactly_a_citation_is_let_through(typed, stored):
    assert clean_rich_text(typed) == stored
    assert clean_rich_text(stored) == stored


pieces = st.sampled_from(
    ["<p>", "</p>", "<a href='https://a.test/'>", "</a>", "<b>", "</b>", "word", CITATION, "<embed", ">", '"', "&lt;",
     "<embed embedtype='source' id='9'>", "<embed id=1>", "<li>", "<ul>", "</ul>"]
)  # fmt: skip


@given(st.lists(pieces, max_size=20).map("".join))
def test_cleaning_is_done_once_and_loses_no_citation_and_keeps_none_inside_a_link(typed):
    stored = clean_rich_text(typed)

    page = BeautifulSoup(stored, "html.parser")
    assert clean_rich_text(stored) == stored
    assert len(cited_in(stored)) == len(page.find_all("embed"))
    assert not page.select("a embed")
    assert all(set(embed.attrs) == {"embedtype", "id"} for embed in page.find_all("embed"))


def test_text_without_its_citations_has_no_trace_of_them():
    assert plain_text(clean_rich_text(f"<p>Steam{CITATION}, they say{CITATION}.</p>")) == "Steam, they say."


@given(st.lists(st.integers(1, 6)))
def test_numbers_follow_the_order_of_reading_and_places_are_counted(keys):
    citations = Citations([Source(pk=key) for key in dict.fromkeys(keys)])

    found = [citations.cite(key) for key in keys]

    assert [each.source.pk for each in found] == keys
    firsts = list(dict.fromkeys(each.number for each in found))
    assert firsts == list(range(1, len(set(keys)) + 1))
    assert len({each.anchor for each in found}) == len(keys)
    assert [back.anchor for entry in citations.entries() for back in entry.citations] == sorted(
        (each.anchor for each in found), key=lambda anchor: [int(number) for number in anchor.split("-")[1:]]
    )
    assert citations.cite(99) is None


def test_editor_shows_what_the_source_is_called_now_and_stores_the_key_alone(unger):
    converter = ContentstateConverter(CITING)
    stored = f'<p data-block-key="a1">Steam <b>whistles</b>{cited(unger)}, they say {cited(unger)}</p>'
    unger.year = 1999
    unger.save()

    state = json.loads(converter.from_database_format(stored))

    assert state["blocks"][0]["text"] == "Steam whistles[Unger 1999], they say [Unger 1999]"
    assert {entity["mutability"] for entity in state["entityMap"].values()} == {"IMMUTABLE"}
    assert clean_rich_text(converter.to_database_format(json.dumps(state))) == stored


def test_editor_shows_that_a_source_is_gone_and_keeps_the_citation(db):
    converter = ContentstateConverter(CITING)

    state = converter.from_database_format(f'<p data-block-key="a1">Steam{CITATION}</p>')

    assert json.loads(state)["blocks"][0]["text"] == "Steam[deleted source]"
    assert converter.to_database_format(state) == f'<p data-block-key="a1">Steam{CITATION}</p>'


@pytest.fixture
def citing(make_article, unger, kettles):
    text = f"<p>Steam whistles{cited(kettles)}, <b>they say{cited(unger)}</b>.</p>"
    return make_article(body=[{"type": "text", "value": text}, {"type": "conclusion", "value": {
        "title": "", "body": f"<p>So{cited(kettles)}.</p>", "question": "",
    }}])  # fmt: skip


def test_reference_index_knows_what_is_cited(citing, unger):
    assert [row.object_id for row in ReferenceIndex.get_references_to(unger)] == [str(citing.pk)]


def test_markdown_has_footnotes_that_define_no_links(citing, unger):
    found = markdown_of(citing, date(2026, 11, 2))

    assert "Steam whistles[^1], **they say[^2]**." in found
    assert "So[^1]." in found
    assert "## Sources\n\n[^1]: Brook A. Kettles of the World. Steam Press. Textbook. ISBN 9780306406157.\n\n" in found
    assert "[^2]: Unger D. L. Does Knuckle Cracking Lead to Arthritis? Arthritis &" in found
    assert "[^1]: Brook A" in BeautifulSoup(MarkdownIt().render(found), "html.parser").get_text()


def test_api_gives_the_sources_and_their_numbers_in_the_texts(citing, kettles, unger):
    data = Client().get(f"/api/articles/{citing.pk}/").json()

    assert [(source["number"], source["title"]) for source in data["sources"]] == [(1, kettles.title), (2, unger.title)]
    assert data["sources"][1]["doi"] == unger.doi
    assert data["sources"][1]["url"] == unger.address
    assert data["body"][0]["data"] == (
        '<p>Steam whistles<sup><a href="#source-1">[1]</a></sup>, '
        '<b>they say<sup><a href="#source-2">[2]</a></sup></b>.</p>'
    )


def test_json_ld_names_what_the_article_cites(citing, unger, author):
    sign_off(article=citing, reviewer=author, kind="medical", signed_by=None, today=timezone.localdate(), due_on=None)
    page = BeautifulSoup(Client().get(citing.url).content, "html.parser")
    graph = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
    assert graph[0]["@type"] == "MedicalWebPage"
    assert graph[0]["citation"] == [{"@id": f"{citing.full_url}#source-{number}"} for number in (1, 2)]
    (article,) = [node for node in graph if node["@type"] == "Article"]

    book, paper = article["citation"]

    assert (book["@type"], book["isbn"]) == ("Book", "9780306406157")
    assert (paper["@type"], paper["url"], paper["datePublished"]) == ("ScholarlyArticle", unger.address, "1998")
    assert {each["propertyID"]: each["value"] for each in paper["identifier"]} == {"doi": unger.doi, "pmid": unger.pmid}
