"""What lies outside the body: title and what surrounds it, author, rating, navigation."""

from decimal import Decimal

import pytest

from articles.exchange.findings import RatingTotal
from articles.exchange.recognition import recognize
from articles.exchange.source import Refused, source_of

BODY = "\n\nA first paragraph of the body, which is long enough.\n\n"


def read(text):
    recognized = recognize(source_of(text))
    assert (recognized.words.lost, recognized.words.invented) == ((), ())
    return recognized


def outside(text):
    return [(part.kind, part.text) for part in read(text).outside]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A Title" + BODY, "A Title"),
        ("# **A Title**" + BODY, "A Title"),
        ("Home > Health\n\nOctober 7, 2025\n6 min read\nA Title" + BODY, "A Title"),
        ("Menu\nOur Magazine\n\n# A Title" + BODY, "A Title"),
        ("By Nora Price\n\nA Title" + BODY, "A Title"),
        ("\u200b\ufeff\n\n\u202aA Title\u202c" + BODY, "A Title"),
        ("5 Ways to Rest" + BODY, "5 Ways to Rest"),
    ],
)
def test_title_is_the_first_line_that_is_nothing_else(text, title):
    assert read(text).title == title


@pytest.mark.parametrize(
    "text", ["* * *", "• An item\n\nA title", "One. Two sentences here." * 20, "Home > Health", "1. An item"]
)
def test_text_without_a_title_is_refused(text):
    with pytest.raises(Refused, match="no title"):
        recognize(source_of(text))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Nora Price", [("author", "By Nora Price")]),
        ("Written by Nora Price, MD", [("author", "Written by Nora Price, MD")]),
        ("*By Nora Price*", [("author", "By Nora Price")]),
        ("Published March 3, 2026", [("date", "Published March 3, 2026")]),
        ("Updated: 2026-03-03", [("date", "Updated: 2026-03-03")]),
        ("Last reviewed on 3 March 2026", [("date", "Last reviewed on 3 March 2026")]),
        ("Medically reviewed by Dr. Sam Poe, MD", [("reviewer", "Medically reviewed by Dr. Sam Poe, MD")]),
        ("Fact-checked by Sam Poe on May 1, 2026", [("reviewer", "Fact-checked by Sam Poe on May 1, 2026")]),
        ("6 min read", [("navigation", "6 min read")]),
        ("By Nora Price | 6 min read", [("author", "By Nora Price"), ("navigation", "6 min read")]),
        ("By Nora Price on May 1, 2026", [("author", "By Nora Price"), ("date", "on May 1, 2026")]),
        ("May 1, 2026 by Nora Price", [("date", "May 1, 2026"), ("author", "by Nora Price")]),
        ("Nora Price\nMay 1, 2026", [("author", "Nora Price"), ("date", "May 1, 2026")]),
        ("Written by\nNora Price", [("label", "Written by"), ("author", "Nora Price")]),
        ("In plain words\n\nBy Nora Price", [("subtitle", "In plain words"), ("author", "By Nora Price")]),
    ],
)
def test_lines_below_the_title_say_who_and_when(line, expected):
    assert outside(f"A Title\n\n{line}{BODY}") == expected


@pytest.mark.parametrize("line", ["By the second week, it hurts.", "A short first paragraph.", "March is cold."])
def test_other_lines_below_the_title_belong_to_the_body(line):
    assert outside(f"A Title\n\n{line}{BODY}") == []


@pytest.mark.parametrize(
    "end",
    [
        "Nora Price\n\nNora Price\n\nI write about rest.",
        "About the author\n\nNora Price\n\nI write about rest.",
        "About the Author: Nora Price\n\nI write about rest.",
        "Nora Price\n\nNora Price writes about rest.",
        "About Nora Price\n\nNora writes about rest.",
        "★ 4.0 (3 reviews)\nNora Price\n\nI write about rest.",
        "★ 4.0 (3 reviews)\n\nNora Price is a writer.",
    ],
)
def test_author_stands_at_the_end_with_a_biography(end):
    recognized = read(f"A Title{BODY}{end}")
    assert (recognized.author, recognized.biography) == ("Nora Price", end.split("\n\n")[-1])


@pytest.mark.parametrize(
    "byline", ["By Nora Price, MD", "Author: Nora Price", "Words by Nora Price and Tom Hale", "By Nora Price | Editor"]
)
def test_author_is_the_first_name_in_the_byline(byline):
    assert read(f"A Title\n\n{byline}{BODY}").author == "Nora Price"


def test_heading_in_the_shape_of_a_name_is_no_author():
    assert read(f"A Title{BODY}Compost Basics\n\nCompost is decayed matter.").author is None
    assert read(f"A Title{BODY}About Sleep Apnea\n\nSleep apnea is common.").author is None


@pytest.mark.parametrize(
    ("text", "mean", "count"),
    [
        ("Article Rating\n\n★ 5.0 (40 reviews)", "5.0", 40),
        ("Rated 4.7 out of 5 by 23 readers", "4.7", 23),
        ("4.5/5 (120 ratings)", "4.5", 120),
        ("★★★★☆ 4.2 · 31 votes", "4.2", 31),
        ("★★★★☆ (31 votes)", "4", 31),
        ("Average rating: 4.8 (1,204 reviews)", "4.8", 1204),
        ("Readers gave this article 4.4 out of 5 stars (56 votes)", "4.4", 56),
        ("Rating: 4.5 stars from 68 readers", "4.5", 68),
        ("12 readers rated this 4.2 / 5", "4.2", 12),
        ("Rating: 4,5 out of 5 (1.024 votes)", "4.5", 1024),
        ("Overall rating\n4.6\n★★★★★\n(212 ratings)", "4.6", 212),
        ("⭐ 4.9 — 31 reviews", "4.9", 31),
    ],
)
def test_rating_total_is_read_in_many_words(text, mean, count):
    assert read(f"A Title{BODY}{text}").rating == RatingTotal(mean=Decimal(mean), count=count)


@pytest.mark.parametrize(
    "text", ["The 40 reviews gave it 5 stars in all.", "Rated 8.6 out of 10 by 23 readers", "★★★★★"]
)
def test_other_numbers_are_no_rating_total(text):
    assert read(f"A Title{BODY}{text}").rating is None


@pytest.mark.parametrize(
    "text",
    [
        "Advertisement",
        "Share this article",
        "Read more: What Dreams Tell",
        "← Previous: What Dreams Tell",
        "Next article →",
        "Tags: sleep, rest",
        "Subscribe to our newsletter",
        "Back to top",
        "Related articles\n• What Dreams Tell\n• Rest Well",
        "You may also like\n\nWhat Dreams Tell\n\nRest Well",
    ],
)
def test_navigation_is_no_part_of_the_body(text):
    recognized = read(f"A Title{BODY}{text}")
    assert len(recognized.blocks) == 1
    assert {part.kind for part in recognized.outside} == {"navigation"}


def test_contents_are_the_lines_that_repeat_headings():
    text = f"A Title\n\nIn this article\nFirst Part\nSecond Part{BODY}First Part{BODY}Second Part{BODY}"
    recognized = read(text)
    assert [part.text for part in recognized.outside] == ["In this article", "First Part", "Second Part"]
    assert [block.kind for block in recognized.blocks] == ["text", "heading", "text", "heading", "text"]


def test_rules_and_rows_of_signs_are_ornaments():
    assert outside(f"A Title{BODY}* * *{BODY}———{BODY}🌿🌿🌿") == [
        ("ornament", "* * *"),
        ("ornament", "———"),
        ("ornament", "🌿🌿🌿"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "A temperature > 38 is a fever; one > 40 is dangerous.",
        "Boiling an egg is easy <b>and</b> quick.",
        "If A > B and B > C, then:",
    ],
)
def test_sentence_with_signs_of_a_path_is_text(sentence):
    recognized = recognize(source_of(f"A Title\n\n{sentence}\n\nAnother paragraph of the text follows here."))

    assert sentence in "\n".join(block.text for block in recognized.blocks)


def test_byline_whose_link_runs_into_a_word_is_left_in_the_text_word_for_word():
    text = "A Title\n\n_Share this article[a film](https://youtu.be/Ke77leSteam)"
    recognized = recognize(source_of(text))

    assert (recognized.words.lost, recognized.words.invented) == ((), ())
