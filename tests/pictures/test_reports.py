"""The report of pictures that lack words: which, what, where they are shown, for whom, and as a file."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Collection

from pictures.actions import store_picture
from pictures.models import Picture
from tests.pictures.drawing import photograph

pytestmark = pytest.mark.django_db

WORDS = {"description": "A kettle", "credit": "Ada Brook", "license": "CC BY 4.0"}


@pytest.fixture
def make_picture(db):
    """Return a factory of pictures that lack nothing, unless told otherwise."""
    data = photograph("PNG")

    def make(title: str, **fields) -> Picture:
        picture = store_picture(title=title, name="picture.png", data=data)
        Picture.objects.filter(pk=picture.pk).update(**WORDS | fields)
        return Picture.objects.get(pk=picture.pk)

    return make


@pytest.fixture
def report(client, editor):
    """Return a function that reads the rows of the report as an editor sees them, by the title of the picture."""
    client.force_login(editor)

    def report(**asked) -> dict[str, list[str]]:
        html = BeautifulSoup(client.get(reverse("pictures_without_words"), asked).content, "html.parser")
        rows = html.select("table.listing tbody tr")
        cells = ([cell.get_text(" ", strip=True) for cell in row.select("td")][:3] for row in rows)
        return {title: rest for title, *rest in cells}

    return report


def test_report_names_what_each_picture_lacks_and_where_it_is_shown(report, make_picture, make_article):
    make_picture("Whole")
    bare = make_picture("Bare", **dict.fromkeys(WORDS, ""))
    make_picture("Unlicensed", license="")
    figure = {"image": bare.pk, "alt": "Its own words", "caption": "", "credit": ""}
    make_article("Kettles", body=[{"type": "figure", "value": figure}], hero=bare, hero_is_decorative=True)

    assert report() == {"Bare": ["What it shows, Who made it, License", "Kettles"], "Unlicensed": ["License", ""]}
    assert set(report(lacks="description")) == {"Bare"}
    assert set(report(used="true")) == {"Bare"}
    assert set(report(used="false")) == {"Unlicensed"}


def test_file_holds_no_formula(client, editor, make_picture, make_article):
    make_article("=1+1", hero=make_picture("@SUM(A1)", license=""))
    client.force_login(editor)

    answer = client.get(reverse("pictures_without_words"), {"export": "csv"})
    rows = list(csv.reader(StringIO(b"".join(answer).decode())))
    assert rows[1][:3] == ["'@SUM(A1)", "License", "'=1+1"]


@pytest.mark.parametrize("number", [1, 4])
def test_report_asks_as_much_for_one_picture_as_for_many(
    client, editor, make_picture, make_article, number, django_assert_num_queries
):
    for each in range(number):
        make_article(f"Kettle {each}", hero=make_picture(f"Bare {each}", license=""))
    client.force_login(editor)
    client.get(reverse("pictures_without_words_results"))

    with django_assert_num_queries(11):
        client.get(reverse("pictures_without_words_results"))


def test_report_is_for_those_who_may_change_pictures(client, make_user, make_picture, report):
    closed = Collection.get_first_root_node().add_child(name="Closed")
    make_picture("Closed", license="", collection=closed)
    assert set(report()) == {"Closed"}  # editors may use the pictures of all collections

    client.force_login(make_user("moderator", "Comment moderators"))
    assert client.get(reverse("pictures_without_words")).status_code == 302
