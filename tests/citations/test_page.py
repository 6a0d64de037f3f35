"""Citations on the page of an article: numbers in reading order, one list, and ways there and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail import blocks

from articles.blocks.registry import kinds
from articles.chosen import keys_in
from articles.citations.numbering import citing
from articles.models import ArticlePage, Source
from freshness import tags
from freshness.collecting import collecting
from freshness.models import Change
from prose.sanitize import clean_rich_text
from tests.articles.test_blocks import body_of, every_kind, rendered, sample
from tests.citations.conftest import cited

pytestmark = pytest.mark.django_db


@pytest.fixture
def article_citing(make_article, unger, kettles) -> ArticlePage:
    return make_article(
        body=[
            {"type": "heading", "value": {"text": "Steam", "level": "2"}},
            {"type": "heading", "value": {"text": "And its noise", "level": "3"}},
            {"type": "text", "value": f"<p>Steam whistles{cited(unger)}, they say{cited(kettles)}.</p>"},
            {"type": "tip", "value": {"variant": "tip", "title": "", "body": f"<p>Listen{cited(unger)}.</p>"}},
        ]
    )


def page_of(article: ArticlePage) -> BeautifulSoup:
    return BeautifulSoup(Client().get(article.url).content, "html.parser")


def test_same_source_has_the_same_number_wherever_it_is_cited(article_citing):
    page = page_of(article_citing)

    links = page.select(".article-body [role=doc-noteref]")

    assert [link.get_text() for link in links] == ["[1]", "[2]", "[1]"]
    assert [link["href"] for link in links] == ["#source-1", "#source-2", "#source-1"]
    assert [link["id"] for link in links] == ["cite-1-1", "cite-2-1", "cite-1-2"]
    assert links[1]["aria-label"] == "Source 2: Kettles of the World"


def test_list_tells_of_each_source_and_leads_back_to_every_place(article_citing, unger):
    page = page_of(article_citing)

    first, second = page.select("#sources > ol > li")

    assert " ".join(first.get_text().split()) == (
        "Unger D. L. Does Knuckle Cracking Lead to Arthritis? Arthritis & Rheumatism, 1998. Study · PMID 9588755"
        f" · {unger.address} · read on Nov. 2, 2026 ↩ a b"
    )
    assert [link["href"] for link in first.select("[role=doc-backlink]")] == ["#cite-1-1", "#cite-1-2"]
    assert "ISBN 9780306406157" in second.get_text()
    assert not second.select("a[href^=http]")
    assert page.select_one(".contents a[href='#sources']").get_text() == "Sources"
    assert {each["href"] for each in page.select("a[href^='#cite-']")} <= {
        f"#{each['id']}" for each in page.select("[id]")
    }


def test_page_without_citations_has_no_list(article):
    assert not page_of(article).select("#sources, a[href='#sources']")


def test_source_that_is_gone_takes_its_number_and_leaves_no_hole(article_citing, unger):
    Source.objects.filter(pk=unger.pk).delete()

    page = page_of(article_citing)

    assert [link.get_text() for link in page.select("[role=doc-noteref]")] == ["[1]"]
    assert "Steam whistles, they say[1]." in page.select_one(".article-body").get_text()


def with_citations(block: blocks.Block, value: Any, marks: Iterator[str]) -> Any:
    """Return the sample `value` with a citation in every rich text, in the order in which the fields are declared."""
    if isinstance(block, blocks.RichTextBlock):
        return f"<p>Words{next(marks)}.</p>"
    if isinstance(block, blocks.StructBlock):
        return value | {
            name: with_citations(child, value.get(name), marks) for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [with_citations(block.child_block, item.get("value", item), marks) for item in value]
    return value


@every_kind
def test_every_kind_shows_its_citations_in_the_order_of_the_numbers(name, make_source):
    sources = [make_source(f"Source {number}") for number in range(8)]
    body = body_of((name, with_citations(kinds()[name], sample(name), map(cited, sources))))

    with citing(body):
        shown = re.findall(r"\[[0-9]\]", rendered(body))

    assert shown == [f"[{number}]" for number in range(1, len(keys_in(body).sources) + 1)]


@pytest.mark.parametrize("count", [1, 3])
def test_citations_cost_one_query_for_one_source_and_for_many(count, make_article, make_source, article):
    sources = [make_source(f"Source {number}") for number in range(count)]
    other = make_article("Citing", body=[{"type": "text", "value": f"<p>Steam{cited(*sources)}.</p>"}])
    client = Client()
    client.get(article.url)

    with CaptureQueriesContext(connection) as without:
        client.get(article.url)
    with CaptureQueriesContext(connection) as with_sources:
        client.get(other.url)

    assert len(with_sources) == len(without) + 1


def test_page_is_made_again_when_a_source_it_cites_changes_and_only_then(article_citing, unger, make_source):
    request = RequestFactory().get(article_citing.url)
    with collecting() as shown:
        article_citing.specific.serve(request).render()
    Change.objects.all().delete()

    make_source("Cited nowhere")
    unger.title = "Knuckles"
    unger.save()
    tag = tags.source(unger.pk)
    unger.delete()

    assert [change.tag for change in Change.objects.all()] == [tag, tag]
    assert tag in shown


def test_citation_lets_itself_be_stored_again_and_again(article_citing):
    stored = article_citing.body[2].value.source

    article_citing.save_revision().publish()
    copy = ArticlePage.objects.get(pk=article_citing.pk).copy(update_attrs={"slug": "copy", "title": "Copy"})

    assert ArticlePage.objects.get(pk=article_citing.pk).body[2].value.source == stored
    assert copy.body[2].value.source == clean_rich_text(stored) == stored
