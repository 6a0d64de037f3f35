"""The list of articles: what it tells, by what it is narrowed down, and the file it becomes."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from openpyxl import load_workbook

from articles.models import ArticleIndexPage, Contributor, Examination, TopicPage
from pages.desk.listing import EXPORT
from ratings import actions
from tests.pages.desk.conftest import schedule, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/"
QUERIES = 15
FILTERED = {
    "status=live": ["Good", "Poor"],
    "status=draft": ["Draft"],
    "status=mine": [],
    "review=never": ["Draft"],
    "review=lapsed": ["Poor"],
    "review=soon": ["Poor"],
    "review=holds": ["Good"],
    "due_before=2099-01-01": ["Good", "Poor"],
    "findings=errors": ["Poor"],
    "findings=placeholders": ["Poor"],
    "rating=none": ["Draft"],
    "rating=fallen": [],
    "rating_below=4.5": ["Poor"],
    "more_words=1000": ["Good"],
    "fewer_words=400&more_words=100": ["Poor"],
    "q=Goo": ["Good"],
    "q=Goo&ordering=words": ["Good"],
}
ORDERED = {
    "words": ["Poor", "Good", "Draft"],
    "-words": ["Good", "Poor", "Draft"],
    "rating": ["Poor", "Good", "Draft"],
    "-errors": ["Poor", "Good", "Draft"],
    "due": ["Poor", "Good", "Draft"],
    "title": ["Draft", "Good", "Poor"],
}


def titles(client, query: str = "", path: str = LIST) -> list[str]:
    page = BeautifulSoup(client.get(f"{path}?{query}").content, "html.parser")
    return [" ".join(title.get_text().split()) for title in page.select("td.title .title-wrapper a")]


def cells(client, title: str) -> list[str]:
    page = BeautifulSoup(client.get(LIST).content, "html.parser")
    row = next(row for row in page.select("table.listing tbody tr") if title in row.select_one("td.title").get_text())
    return [" ".join(cell.get_text(" ").split()) for cell in row.select("td")][2:-1]


def examine(article, **found) -> None:
    Examination.objects.update_or_create(
        article=article, defaults={"revision_id": 1, "examined_at": timezone.now()} | found
    )


@pytest.fixture
def shelf(make_article, author, other_author, sign):
    """Three articles that differ in all that a list can tell."""
    good, poor, draft = make_article("Good"), make_article("Poor"), make_article("Draft", live=False)
    good.contributors = [Contributor(author=author), Contributor(author=other_author, role="expert")]
    good.save_revision().publish()
    topic, below = TopicPage(title="Kettles"), TopicPage(title="Spouts")
    TopicPage.objects.get().add_child(instance=topic)
    topic.add_child(instance=below)
    good.topics.add(below)
    good.save()
    sign(good, due_in=90)
    sign(poor, due_in=-2, reviewer=other_author, kind="editorial")
    actions.set_legacy_total(article=good, mean=5, count=40)
    actions.set_legacy_total(article=poor, mean=2, count=4)
    examine(good, words=1200, errors=0, warnings=0)
    examine(poor, words=300, errors=2, warnings=1, placeholders=1)
    draft.save_revision()
    return good, poor, draft


def test_row_tells_how_it_stands_with_an_article(shelf, editor):
    client = signed_in(editor)
    due = (timezone.localdate() + timedelta(days=90)).strftime("%m/%d/%Y")

    assert cells(client, "Good")[1:] == [
        "Ada Brook, Bo Lake",
        f"Ada Brook , due {due}",
        "1,200",
        "★ 5.0 (40 votes)",
        "ready",
    ]
    assert cells(client, "Poor")[4:] == ["★ 2.0 (4 votes)", "2 errors, 1 warning"]
    Examination.objects.all().delete()
    assert cells(client, "Draft")[1:] == ["", "never", "–", "–", "not examined yet"]


def test_filters(shelf, editor):
    client = signed_in(editor)

    assert {query: sorted(titles(client, query)) for query in FILTERED} == FILTERED


def test_list_is_narrowed_down_by_topic_and_people(shelf, editor, author, other_author):
    client = signed_in(editor)

    assert titles(client, f"topic={TopicPage.objects.get(title='Kettles').pk}") == ["Good"]
    assert titles(client, f"author={other_author.pk}") == ["Good"]
    assert titles(client, f"reviewer={other_author.pk}") == ["Poor"]
    schedule(shelf[2], timezone.now() + timedelta(days=1))
    assert titles(client, "status=scheduled") == ["Draft"]


@pytest.mark.parametrize("path", [LIST, "/admin/reports/findings/"])
def test_page_that_no_database_could_hold_is_no_error(path, editor):
    assert signed_in(editor).get(f"{path}?topic=99999999999999999999").status_code == 200


def test_what_has_no_value_comes_last(shelf, editor):
    Examination.objects.filter(article=shelf[2]).delete()
    client = signed_in(editor)

    assert {ordering: titles(client, f"ordering={ordering}") for ordering in ORDERED} == ORDERED


def test_tree_of_pages_lists_articles_alike(shelf, editor):
    below = f"/admin/pages/{ArticleIndexPage.objects.get().pk}/"

    assert titles(signed_in(editor), "findings=errors", below) == ["Poor"]
    assert titles(signed_in(editor), "ordering=-words", below)[0] == "Good"


def test_list_is_for_who_works_on_pages(make_user, article):
    statuses = {"Writers": 200, "Editors": 200, "Medical reviewers": 302, "Comment moderators": 302}
    for number, (group, status) in enumerate(statuses.items()):
        client = signed_in(make_user(f"user{number}", group))

        assert client.get(LIST).status_code == client.get(f"{LIST}?export=csv").status_code == status
        assert (f'"{LIST}"' in client.get("/admin/").content.decode()) == (status == 200)


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_for_one_and_for_many(make_article, author, sign, admin, django_assert_num_queries, number):
    for each in range(number):
        article = make_article(f"Article {each}")
        article.contributors = [Contributor(author=author)]
        article.save_revision().publish()
        sign(article, due_in=9)
        actions.set_legacy_total(article=article, mean=4, count=9)
    client = signed_in(admin)
    client.get(f"{LIST}results/")

    with django_assert_num_queries(QUERIES) as asked:
        client.get(f"{LIST}results/")

    assert not any('"articles_articlepage"."body"' in query["sql"] for query in asked.captured_queries)


def test_file_holds_no_formula(make_article, editor):
    make_article("=cmd()|' /C calc'!A0")
    client = signed_in(editor)

    text = b"".join(client.get(f"{LIST}?export=csv").streaming_content).decode()
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{LIST}?export=xlsx").streaming_content)))

    heading, row = csv.reader(io.StringIO(text))
    assert heading == [str(label) for label in EXPORT.values()]
    assert row[0] == "'=cmd()|' /C calc'!A0"
    cell = book.active["A2"]
    assert (cell.data_type, cell.value) == ("s", "=cmd()|' /C calc'!A0")
