"""“Did you mean”: words of what readers may find, for words that nobody wrote."""

from __future__ import annotations

import pytest

from pages.models import SearchWord
from pages.search import dictionary
from pages.search.dictionary import Dictionary, Learning, learn_words
from pages.search.readable import Readable

pytestmark = pytest.mark.django_db


def test_words_of_published_pages_are_learned_as_they_are_written(write):
    write("Ménière 2026", "vertigo vertigo an")
    write("Draft", "secret", live=False)

    learn_words(Readable.now())

    words = SearchWord.objects.filter(word__in=["meniere", "ménière", "vertigo", "secret", "2026", "an"])
    assert sorted(words.values_list("word", "shown", "pages")) == [("meniere", "ménière", 1), ("vertigo", "vertigo", 1)]


def test_words_are_learned_again_only_when_what_readers_find_has_changed(write):
    article = write("Kettles", "vertigo")
    learning = Learning()

    assert [learning.learn(), learning.learn()] == [True, False]
    article.unpublish()
    assert learning.learn()
    assert not SearchWord.objects.filter(word="vertigo").exists()


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("vertgo", "vertigo"),
        ("Vertigo and inflamation", "Vertigo and inflammation"),
        ("meneire", "ménière"),
        ("inflammations", ""),
        ("an", ""),
        ("xylophone", ""),
        ("1234", ""),
        ("bakc pain", "back pain"),
    ],
)
def test_word_that_no_page_holds_is_replaced_by_the_nearest(asked, meant):
    words = ["pain", "back", "vertigo", "inflammation", "bark", "ménière"]

    assert Dictionary(words={"meniere" if word == "ménière" else word: word for word in words}).meant(asked) == meant


def test_of_two_words_as_near_the_one_on_more_pages_is_meant():
    assert Dictionary(words={"heart": "heart", "heard": "heard"}).meant("hearx") == "heart"


def test_what_was_meant_is_offered_only_if_it_finds_something(write, ask):
    write("Kettles", "vertigo")
    SearchWord.objects.create(word="vertigo", shown="vertigo", pages=1)
    SearchWord.objects.create(word="whales", shown="whales", pages=9)
    dictionary.forget()

    assert ask("vertgo").meant.text == "vertigo"
    assert ask("whalez").meant is None
    assert ask("vertigo").meant is None
