"""A query that is built once finds what the same query finds when it is built anew."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db.models import Q
from django.utils import timezone

from articles.models import ArticlePage
from findable.prepared import Prepared

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
    assert build.call_count == 1


def test_two_of_them_do_not_mix_up_their_values(articles):
    prepared = Prepared(lambda key: ArticlePage.objects.filter(pk=key))
    first, second = prepared(key=articles[0].pk), prepared(key=articles[1].pk)

    assert (list(second), list(first)) == ([articles[1]], [articles[0]])
