"""“Did you mean”: words of what readers may find, for words that nobody wrote."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import SearchWord
from pages.search import dictionary
from pages.search.dictionary import Dictionary, Learning, learn_words
from pages.search.readable import Readable
from pictures.actions import store_picture
from tests.pictures.drawing import photograph

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
    article.save_revision()
    assert not learning.learn(), "A draft is nothing that readers find."
    article.unpublish()
    assert learning.learn()
    assert not SearchWord.objects.filter(word="vertigo").exists()


def test_learning_costs_as_many_queries_for_one_article_as_for_many(write, author):
    def publish(title: str) -> None:
        picture = store_picture(title="Teal", name="teal.png", description="Teal", data=photograph("PNG"))
        figure = {"type": "figure", "value": {"image": picture.pk, "alt": "", "caption": "", "credit": ""}}
        article = write(title, figure, {"type": "quote", "value": {"text": "Words.", "profile": author.pk}})
        article.tags.add("limescale")
        article.save_revision().publish()

    def queries() -> int:
        readable = Readable.now()
        SearchWord.objects.all().delete()
        with CaptureQueriesContext(connection) as captured:
            learn_words(readable)
        return len(captured)

    publish("Kettles")
    for_one = queries()
    publish("Pots")
    publish("Pans")

    assert queries() == for_one
    assert SearchWord.objects.get(word="limescale").pages == 3


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
