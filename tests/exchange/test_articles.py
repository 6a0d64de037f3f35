"""Whole articles in many manners, each beside what a reader would expect of it.

An expectation names the blocks in order (consecutive text merged), their facts and the words they start and end with,
and some of what lies outside the body. Labels ("Checklist:", "Tip:") may stay in a block's text or not.
"""

import json
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from articles.exchange.findings import Found, Recognized
from articles.exchange.recognition import recognize
from articles.exchange.source import read_source
from prose.words import words

ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.txt"))


@pytest.fixture(params=ARTICLES, ids=lambda path: path.stem)
def article(request: pytest.FixtureRequest) -> tuple[Recognized, dict[str, Any]]:
    path: Path = request.param
    return recognize(read_source(path)), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def blocks_with_merged_text(recognized: Recognized) -> list[list[Found]]:
    runs = [list(run) for _, run in groupby(recognized.blocks, key=lambda block: block.kind == "text")]
    return [group for run in runs for group in ([run] if run[0].kind == "text" else [[block] for block in run])]


def without_label(text: str) -> str:
    first, *others = text.strip().split("\n")
    label, colon, rest = first.partition(":")
    if not colon or len(label.split()) > 5:
        label, colon, rest = first.partition(". ")
    return "\n".join([rest if colon and len(label.split()) <= 5 else first, *others])


def starts_with(text: str, expected: str) -> bool:
    start = words(expected)
    return start in (words(text)[: len(start)], words(without_label(text))[: len(start)])


def test_article_has_the_expected_kinds_in_order(article):
    recognized, expected = article
    assert [group[0].kind for group in blocks_with_merged_text(recognized)] == [
        each["kind"] for each in expected["blocks"]
    ]


def test_article_has_the_expected_facts(article):
    recognized, expected = article
    found = [dict(group[0].facts) for group in blocks_with_merged_text(recognized)]
    assert found == [each["facts"] for each in expected["blocks"]]


def test_article_has_blocks_that_start_and_end_where_expected(article):
    recognized, expected = article
    for group, each in zip(blocks_with_merged_text(recognized), expected["blocks"], strict=True):
        assert starts_with(group[0].text, each["starts"]), (group[0].text[:80], each["starts"])
        end = words(each["ends"])
        assert words(group[-1].text)[-len(end) :] == end


def test_table_of_article_has_the_expected_cells(article):
    recognized, expected = article
    for group, each in zip(blocks_with_merged_text(recognized), expected["blocks"], strict=True):
        if "cells" in each:
            table = group[0].value["table"]
            assert [row["values"] for row in table["rows"]] == each["cells"]


def test_article_has_the_expected_title_author_and_rating(article):
    recognized, expected = article
    rating = recognized.rating and {"mean": float(recognized.rating.mean), "count": recognized.rating.count}
    found = {"title": recognized.title, "author": recognized.author, "rating": rating}
    assert found == {name: expected[name] for name in found}


def test_article_has_outside_the_body_what_is_expected_there(article):
    recognized, expected = article
    for each in expected["outside"]:
        texts = [part.text for part in recognized.outside if part.kind == each["kind"]]
        assert any(each["contains"] in text for text in texts), each


def test_article_has_nothing_but_the_expected_kinds_outside_the_body(article):
    recognized, expected = article
    kinds = {part.kind for part in recognized.outside} - {"label", "ornament"}
    assert kinds == {each["kind"] for each in expected["outside"]} - {"label", "ornament"}


def test_article_keeps_every_word_once(article):
    recognized, _ = article
    assert (recognized.words.lost, recognized.words.invented) == ((), ())
    assert recognized.words.source == recognized.words.placed
