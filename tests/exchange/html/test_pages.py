"""Saved pages, in the manner of sites and word processors: the article is found, all around it is listed."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from articles.exchange.documents import Document, Writer
from articles.exchange.formats import read_file
from articles.exchange.html.encoding import decoded
from articles.exchange.recognition import recognize
from articles.exchange.source import Refused

PAGES = Path(__file__).parent / "pages"


def read(name: str) -> Document:
    """Return the one article of the page `name`."""
    [document] = read_file(PAGES / f"{name}.html")
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.html")))
def test_every_word_of_the_lines_has_its_place(name):
    recognized = recognize(read(name).source)
    assert recognized.words.lost == ()
    assert recognized.words.invented == ()


@pytest.mark.parametrize(
    ("name", "title", "kinds"),
    [
        (
            "health_service",
            "Heat exhaustion and heatstroke",
            "text heading text heading text warning checklist heading text heading video",
        ),
        (
            "wordpress",
            "7 Ways to Sleep Better",
            "text heading text figure quote table heading text figure tip",
        ),
        ("google_docs", "Staying hydrated at work", "text heading text heading table"),
        ("word", "Caring for your knees", "text heading text table"),
        ("ghost", "Is coffee bad for you?", "text tip heading text video text figure conclusion"),
        ("encyclopedia", "Iron Deficiency Anemia", "text heading heading text heading text heading text"),
    ],
)
def test_the_article_is_found(name, title, kinds):
    recognized = recognize(read(name).source)
    assert recognized.title == title
    assert [block.kind for block in recognized.blocks] == kinds.split()


def test_what_is_left_out_is_listed():
    removed = {each.what for each in read("wordpress").removed}
    assert {"navigation", "contents", "share buttons", "comments", "sidebar", "page footer"} <= removed
    assert {"script attribute", "text for screen readers"} <= removed


def test_what_the_page_says_of_the_article_is_kept():
    document = read("wordpress")
    details = document.details
    assert document.foreign_id == "https://calm.example/sleep-better/"
    assert details.authors == (Writer(name="Dr. Ana Ruiz"),)
    assert details.published_at == datetime(2024, 3, 5, 8, 30, tzinfo=UTC)
    assert details.revised_on == date(2024, 6, 1)
    assert details.tags == ("Sleep",)
    assert details.topics == (("Wellness",),)
    assert details.hero == "https://calm.example/wp-content/uploads/2024/03/bed.jpg"


def test_lists_of_word_processors_nest():
    assert "\n".join(read("google_docs").source.lines[6:9]) == (
        "- Men: 3.7 litres\n    - more in summer\n- Women: 2.7 litres"
    )
    lines = read("word").source.lines
    assert lines[6:12] == ("- Squats", "    - ten a day", "- Lunges", "", "1. Warm up", "2. Stretch")


def test_an_impossible_date_is_a_sentence(tmp_path):
    page = tmp_path / "old.html"
    page.write_text('<title>Old</title><meta name="date" content="0000-13-01"><h1>Old</h1><p>Long ago.')
    [document] = read_file(page)
    assert document.details.published_at is None
    assert document.details.notes == ("The page gives a date that is none: “0000-13-01”.",)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve".encode("utf-8-sig"), "naïve"),
        (b"\xff\xfe" + "naïve".encode("utf-16-le"), "naïve"),
        ("naïve “x”".encode("windows-1252"), "naïve “x”"),
        (b'<meta charset="iso-8859-2">' + "źle".encode("iso-8859-2"), '<meta charset="iso-8859-2">źle'),
        (b'<meta charset="windows-1252">' + "naïve".encode(), '<meta charset="windows-1252">naïve'),
        (b'<meta charset="rot13">abc', '<meta charset="rot13">abc'),
        (b"caf\xe9 \x81", "café \x81"),
    ],
)
def test_encodings_are_told_apart(data, text):
    assert decoded(data) == text


def test_a_binary_file_is_refused():
    with pytest.raises(Refused, match="binary"):
        decoded(b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 4)
