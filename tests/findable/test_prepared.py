"""A query that is built once finds what the same query finds when it is built anew."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Thread
from unittest.mock import Mock

import pytest
from django.db import connection, connections
from django.db.models import Q, Value
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from articles.models import ArticlePage
from findable.prepared import LARGEST, SIZES, Prepared

pytestmark = pytest.mark.django_db


def titles(pages) -> list[str]:
    return sorted(page.title for page in pages)


@pytest.fixture
def articles(make_article) -> list[ArticlePage]:
    return [make_article(f"Kettle {number}") for number in range(6)]


@pytest.mark.parametrize("number", [0, 1, 2, 5, 6])
def test_it_finds_the_rows_of_any_number_of_keys(articles, number):
    by_keys = Prepared(lambda keys: ArticlePage.objects.filter(pk__in=keys))

    for wanted in (articles[:number], articles[::-1][:number]):
        assert titles(by_keys(keys=[article.pk for article in wanted])) == titles(wanted)


def test_it_takes_text_days_and_moments(articles):
    now = timezone.now()
    ArticlePage.objects.filter(pk=articles[0].pk).update(revised_on=now.date(), first_published_at=now)
    found = Prepared(
        lambda title, day, moment: ArticlePage.objects.filter(
            Q(title=title) | Q(revised_on=day) & Q(first_published_at__lt=moment)
        )
    )
    later = now + timedelta(seconds=1)

    assert titles(found(title="Kettle 3", day=now.date(), moment=later)) == ["Kettle 0", "Kettle 3"]
    assert titles(found(title="Kettle 4", day=now.date(), moment=now)) == ["Kettle 4"]
    assert titles(found(title="Kettle 4' OR '1'='1", day=later.date() + timedelta(1), moment=later)) == []


def test_it_is_built_once_and_joins_and_annotates_as_ever(articles):
    build = Mock(
        side_effect=lambda key: ArticlePage.objects.filter(pk=key).select_related("hero").annotate(same=Q(pk=key))
    )
    prepared = Prepared(build)

    found = [next(iter(prepared(key=article.pk))) for article in articles]

    assert found == articles
    assert all(article.same and article.body for article in found)
    assert build.call_count == 2  # with two rows of marks, and for no article


def test_two_of_them_do_not_mix_up_their_values(articles):
    prepared = Prepared(lambda key: ArticlePage.objects.filter(pk=key))
    first, second = prepared(key=articles[0].pk), prepared(key=articles[1].pk)

    assert (list(second), list(first)) == ([articles[1]], [articles[0]])


def test_all_that_pages_ask_for_is_the_same_when_it_is_asked_plainly(full_site, monkeypatch):
    """Whatever the database, and whatever Django has made of these queries."""
    asked = []
    prepared_rows = Prepared.__call__

    def compare(self, **values):
        found, plain = prepared_rows(self, **values), self.anew(**values)
        asked.append(self)
        if found and hasattr(found[0], "__dict__"):
            assert [_columns(row) for row in found] == [_columns(row) for row in plain]
        assert found == plain
        return found

    monkeypatch.setattr(Prepared, "__call__", compare)
    for address in (full_site.url, "/", "/articles/", "/topics/kettles/"):
        assert Client().get(address).status_code == 200

    assert len({id(query) for query in asked}) >= 7
    assert all(compiled for query in asked for compiled in query._compiled.values()), "one of them is always built anew"


def _columns(row) -> dict:
    return {name: value for name, value in vars(row).items() if not name.startswith("_") and name != "body"}


class TestWhatIsNotSafe:
    """Such a query is built anew each time, as Django would."""

    @pytest.mark.parametrize(
        ("build", "values"),
        [
            (lambda part: ArticlePage.objects.filter(title__contains=part), {"part": "tle 3"}),
            (lambda part: ArticlePage.objects.filter(title=part.title()), {"part": "kettle 3"}),
            (lambda part: ArticlePage.objects.filter(title=f"Kettle {part}"), {"part": 3}),
            (lambda day: ArticlePage.objects.filter(revised_on__year=day.year, title="Kettle 3"), {"day": "2026"}),
            (lambda hidden: ArticlePage.objects.filter(live=not hidden, title="Kettle 3"), {"hidden": False}),
            (lambda hero: ArticlePage.objects.filter(hero=hero, title="Kettle 3"), {"hero": None}),
            (lambda number: ArticlePage.objects.filter(title="Kettle 3")[:number], {"number": 1}),
        ],
    )
    def test_value_that_does_not_stand_in_it_as_it_is(self, articles, build, values):
        values = {name: date(2026, 1, 1) if value == "2026" else value for name, value in values.items()}
        ArticlePage.objects.filter(title="Kettle 3").update(revised_on=date(2026, 5, 1))
        prepared = Prepared(build)

        assert titles(prepared(**values)) == titles(prepared(**values)) == ["Kettle 3"]
        assert not any(prepared._compiled.values())

    def test_text_that_one_database_would_write_in_another_way(self, articles):
        prepared = Prepared(lambda title: ArticlePage.objects.filter(title__iexact=title))

        assert titles(prepared(title="KETTLE 3")) == ["Kettle 3"]
        assert titles(prepared(title="KETTLE%")) == titles(prepared(title="KETTLE__")) == []

    @pytest.mark.parametrize("key", [LARGEST, -LARGEST - 1, 10**40])
    def test_number_beyond_every_database_finds_nothing(self, articles, key):
        assert Prepared(lambda key: Page.objects.filter(pk=key))(key=key) == []

    def test_query_that_finds_nothing_whatever_the_values(self, articles):
        prepared = Prepared(lambda key: ArticlePage.objects.filter(pk=key, title__in=[]))

        assert prepared(key=articles[0].pk) == []

    def test_query_that_depends_on_the_time_of_asking(self, articles):
        prepared = Prepared(
            lambda key: ArticlePage.objects.filter(pk=key).annotate(asked=Value(timezone.now().isoformat()))
        )
        (first,), (second,) = prepared(key=articles[0].pk), prepared(key=articles[0].pk)

        assert first.asked != second.asked

    def test_more_keys_than_the_largest_size(self, articles):
        keys = [*range(10**6, 10**6 + SIZES[-1]), articles[2].pk]

        assert titles(Prepared(lambda keys: ArticlePage.objects.filter(pk__in=keys))(keys=keys)) == ["Kettle 2"]

    def test_other_database_than_it_was_compiled_for(self, articles, monkeypatch):
        prepared = Prepared(lambda key: ArticlePage.objects.filter(pk=key))
        prepared(key=articles[0].pk)
        (compiled,) = prepared._compiled.values()
        object.__setattr__(compiled, "database", "elsewhere")

        assert prepared(key=articles[1].pk) == [articles[1]]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_thread_asks_through_its_own_connection(articles):
    prepared = Prepared(lambda key: ArticlePage.objects.filter(pk=key))
    found = []

    def ask() -> None:
        found.append((prepared(key=articles[0].pk), connections["default"]))
        connections.close_all()

    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert prepared(key=articles[1].pk) == [articles[1]]
    assert found[0][0] == [articles[0]]
    assert found[0][1] is not connection
    (compiled,) = prepared._compiled.values()
    assert compiled.compiler.connection is None, "a connection outlives its thread"
