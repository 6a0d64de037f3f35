"""What counts as the same word. The same on every database: run it on PostgreSQL too."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.search import question as asking
from pages.search.finding import find, suggest
from pages.search.question import Question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Inflammation of the joint", "inflammations"),
        ("Runners and their knees", "runner's knee"),
        ("After Covid-19", "covid-19"),
        ("After Covid-19", "covid 19"),
        ("Type 2 diabetes", "type-2"),
        ("Ménière’s disease", "meniere"),
        ("Meniere disease", "Ménière's"),
        ("Ménière disease", "Me\u0301nie\u0300re"),
        ("Crohn’s disease", "crohns disease"),
        ("Crohn's disease", "CROHN"),
        ("ﬂu and ﬁtness", "flu fitness"),
        ("ألم في الظهر", "الظهر"),
        ("כאבי גב", "\u202eגב"),
        ("背中", "背中"),
        ("Take 500 mg", "500 MG"),
        ("Ice 🧊 on it", "ice 🧊"),
        ("A sprained ankle", '"sprained ankle'),
        ("A sprained ankle", "sprained\0ankle"),
        ("A sprained ankle", "sprained AND (ankle) NOT"),
        ("A sprained ankle", "-ankle* NEAR(sprained) {"),
        ("A sprained ankle", "ankle' | & ! :* <-> \\"),
        ("A sprained ankle", "what is a sprained ankle?"),
    ],
)
def test_word_is_found_however_it_is_written(write, titles, text, question):
    article = write("Found", text)
    write("Another", "Nothing of the kind.")

    assert titles(question) == [article.title]


@pytest.mark.parametrize("question", ["", "   ", "\0", "😀", '"', "* - ( )", "\u202e", "_"])
def test_question_without_words_finds_nothing(write, ask, question):
    write("Anything")

    answer = ask(question)

    assert (answer.results, answer.only_small_words, answer.meant) == ([], False, None)


def test_question_of_small_words_says_so(write, ask):
    write("To Be", "To be or not to be.")

    answer = ask("to be or NOT to be")

    assert (answer.results, answer.only_small_words) == ([], True)


def test_words_beyond_the_twelfth_and_letters_beyond_the_200th_are_not_searched(write, ask):
    write("Kettles", " ".join(f"word{number}" for number in range(12)))

    answer = ask(" ".join(f"word{number}" for number in range(12)) + " absent")

    assert [result.page.title for result in answer.results] == ["Kettles"]
    assert answer.question.is_cut
    assert not Question.of("kettles " * 12).is_cut
    assert Question.of("x" * 100_000) == Question(text="x" * 200, is_cut=True)


@pytest.mark.parametrize("letters", ["x", "a ", " ", "e\u0301", "\ufdfa", "\0", "\u202e", "a-"])
def test_hostile_question_is_cut_before_any_work(monkeypatch, letters):
    lengths = {}

    def watched(name):
        work = getattr(asking, name)

        def measure(text):
            lengths.setdefault(name, []).append(len(text))
            return work(text)

        return measure

    for name in ("shown_text", "folded_words"):
        monkeypatch.setattr(asking, name, watched(name))

    question = Question.of(letters * (100_000 // len(letters)))

    assert question.is_cut
    assert len(question.text) <= 200
    assert len(question.words) <= 12
    assert max(lengths["shown_text"]) <= 2000
    assert max(lengths["folded_words"], default=0) <= 200


def test_words_of_a_text_that_is_too_long_for_an_index_do_not_keep_it_from_being_saved(write, titles):
    write("Long", "beginning", *(" ".join(f"{part:x}g{number:x}" for number in range(6000)) for part in range(20)))

    assert titles("beginning") == ["Long"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.text(alphabet="ab'\"*&|!()<>:{}^-+\\\0ﷺ", max_size=60))
def test_no_question_is_an_error(db, text):
    find(Question.of(text))
    suggest(text)
