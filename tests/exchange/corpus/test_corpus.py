"""The whole corpus, measured; docs/recognition.md says what came of it. WRITE_RECOGNITION=1 writes the page anew."""

import os
from pathlib import Path

import pytest

from tests.exchange.corpus.manners import MANNERS
from tests.exchange.corpus.measuring import Measured, measure, samples
from tests.exchange.corpus.publishing import page, share_exact, share_right

PUBLISHED = Path(__file__).parents[3] / "docs" / "recognition.md"
FEWEST_ARTICLES = 44
FEWEST_FORMATS = 8


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[Measured]:
    return [measure(sample) for sample in samples(tmp_path_factory.mktemp("corpus"))]


@pytest.fixture(params=["open", "held out"])
def part(request: pytest.FixtureRequest, measured: list[Measured]) -> list[Measured]:
    return [each for each in measured if each.sample.held_out == (request.param == "held out")]


def test_corpus_is_as_large_and_as_varied_as_it_says(measured):
    assert len({each.sample.name for each in measured}) >= FEWEST_ARTICLES
    assert len({manner.name for manner in MANNERS}) >= FEWEST_FORMATS
    assert {manner.name for manner in MANNERS} <= {each.sample.manner for each in measured}


def test_95_of_100_blocks_are_right(part):
    assert share_right(part) >= 0.95


def test_99_of_100_words_are_where_they_belong(part):
    assert share_exact(part) >= 0.99


def test_no_word_is_lost(measured):
    assert {each.sample.path.name: each.lost for each in measured if each.lost} == {}


def test_published_page_says_what_is_measured(measured):
    said = page(measured)
    if os.environ.get("WRITE_RECOGNITION"):
        PUBLISHED.write_text(said, encoding="utf-8")
    assert PUBLISHED.read_text(encoding="utf-8") == said
