"""Which articles are rated best."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from ratings.models import RatingSummary
from ratings.models.summary import COLUMNS, MEAN_SHOWN_FROM
from ratings.ranking import WEIGHT, bayesian_mean, site_mean, top_rated
from tests.conftest import NOON

means = st.decimals(1, 5, places=2)
counts = st.integers(1, 10_000)


def ranked(mean: Decimal | float, count: int, prior_mean: Decimal | float, **weight: int) -> float:
    return bayesian_mean(total=Decimal(mean) * count, count=count, prior_mean=prior_mean, **weight)


def test_formula_reads_as_published():
    assert WEIGHT == 10
    assert bayesian_mean(total=196, count=40, prior_mean=4) == (10 * 4 + 196) / (10 + 40)
    assert bayesian_mean(total=5, count=1, prior_mean=3, weight=1) == 4


@given(means, counts, means)
def test_it_lies_between_mean_and_prior(mean, count, prior_mean):
    assert min(mean, prior_mean) <= Decimal(ranked(mean, count, prior_mean)).quantize(Decimal("1e-12"))
    assert max(mean, prior_mean) >= Decimal(ranked(mean, count, prior_mean)).quantize(Decimal("1e-12"))


@given(means)
def test_without_ratings_it_is_the_prior(prior_mean):
    assert bayesian_mean(total=0, count=0, prior_mean=prior_mean) == float(prior_mean)


@given(st.integers(1, 10_000), counts, means)
def test_more_stars_rank_higher(total, count, prior_mean):
    assert bayesian_mean(total=total, count=count, prior_mean=prior_mean) < bayesian_mean(
        total=total + 1, count=count, prior_mean=prior_mean
    )


@given(means, counts, st.integers(1, 10_000), means)
def test_more_ratings_come_nearer_to_their_own_mean(mean, count, more, prior_mean):
    assume(mean != prior_mean)
    fewer, many = (abs(ranked(mean, number, prior_mean) - float(mean)) for number in (count, count + more))

    assert many < fewer


@given(st.decimals(1, "4.88", places=2))
def test_one_perfect_vote_never_outranks_forty_excellent_ones(prior_mean):
    assert ranked(5, 1, prior_mean) < ranked(Decimal("4.9"), 40, prior_mean)


@pytest.fixture
def rated(make_article):
    """Return a factory of articles that are rated: stars → votes, and the total from elsewhere."""

    def make(title: str, votes: dict[int, int], *, legacy: tuple[str, int] = ("0", 0), **fields) -> ArticlePage:
        article = make_article(title, **fields)
        RatingSummary.objects.update_or_create(article=article, defaults=columns(votes, legacy))
        return article

    return make


def columns(votes: dict[int, int], legacy: tuple[str, int]) -> dict[str, int | Decimal]:
    own = {column: votes.get(stars, 0) for stars, column in COLUMNS.items()}
    return own | {"legacy_mean": Decimal(legacy[0]), "legacy_count": legacy[1]}


def titles(*, limit: int = 10, among=None) -> list[str]:
    return [article.title for article in top_rated(ArticlePage.objects.all() if among is None else among, limit=limit)]


def test_list_weighs_many_ratings_more_than_a_few_better_ones(rated):
    rated("Five votes of five", {5: 5})
    rated("Forty of 4.9", {5: 36, 4: 4})
    rated("Middling", {3: 60})

    assert titles() == ["Forty of 4.9", "Five votes of five", "Middling"]


def test_one_perfect_vote_is_not_even_listed_where_all_is_perfect(rated):
    for number in range(3):
        rated(f"Perfect {number}", {5: 1000})
    rated("Forty of 4.9", {5: 36, 4: 4})
    rated("One vote", {5: 1})

    assert titles() == ["Perfect 2", "Perfect 1", "Perfect 0", "Forty of 4.9"]


def test_earlier_ratings_count_like_own_ones(rated):
    rated("Own", {4: 30})
    rated("Earlier", {}, legacy=("4.50", 30))
    rated("Both", {4: 15, 5: 15}, legacy=("4.60", 10))

    found = list(top_rated(ArticlePage.objects.all(), limit=10))

    assert [(article.title, article.rating_count) for article in found] == [("Both", 40), ("Earlier", 30), ("Own", 30)]


def test_list_starts_where_a_mean_is_shown(rated):
    rated("Too few", {5: MEAN_SHOWN_FROM - 1})
    rated("Enough", {1: MEAN_SHOWN_FROM})
    rated("None", {})

    assert titles() == ["Enough"]


def test_tie_goes_to_more_ratings_then_to_the_newer(rated):
    rated("Few", {5: 3})
    rated("Old", {5: 40}, first_published_at=NOON)
    rated("New", {}, legacy=("5", 40), first_published_at=NOON + timedelta(days=1))

    assert titles() == ["New", "Old", "Few"]


def test_same_total_from_elsewhere_and_from_here_is_a_tie(rated):
    # 100 · 4.1 is not 410 in binary fractions.
    rated("Here", {4: 90, 5: 10}, first_published_at=NOON + timedelta(days=1))
    rated("Elsewhere", {}, legacy=("4.10", 100), first_published_at=NOON)
    rated("Newest", {4: 90, 5: 10}, first_published_at=NOON + timedelta(days=2))

    first, second, third = top_rated(ArticlePage.objects.all(), limit=3)

    assert first.bayesian_mean == second.bayesian_mean == third.bayesian_mean
    assert [first.title, second.title, third.title] == ["Newest", "Here", "Elsewhere"]


def test_what_readers_cannot_see_is_neither_listed_nor_in_the_mean(rated):
    rated("Seen", {4: 10})
    rated("Draft", {1: 1000}, live=False)
    members_only = rated("Members only", {1: 1000})
    PageViewRestriction.objects.create(page=members_only, restriction_type=PageViewRestriction.LOGIN)

    assert titles() == ["Seen"]
    assert site_mean() == 4


def test_list_is_of_the_articles_asked_for_with_the_mean_of_the_whole_site(rated):
    chosen = rated("Chosen", {5: 10})
    rated("Other", {1: 10})

    (found,) = top_rated(ArticlePage.objects.filter(pk=chosen.pk), limit=5)

    assert found.bayesian_mean == ranked(5, 10, 3)


def test_site_without_ratings_has_no_mean_and_no_list(article):
    assert site_mean() is None
    assert titles() == []


def test_limit_is_kept(rated):
    for number in range(4):
        rated(f"Article {number}", {5: 5})

    assert len(titles(limit=3)) == 3


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_three_queries(rated, django_assert_num_queries, number):
    for index in range(number):
        rated(f"Article {index}", {5: 5})

    with django_assert_num_queries(3):  # what is restricted, the site's mean, the list
        assert len(titles()) == number


votes_and_legacy = st.tuples(
    st.dictionaries(st.integers(1, 5), st.integers(0, 50)),
    st.one_of(
        st.just(("0", 0)),
        st.tuples(st.integers(100, 500).map(lambda number: f"{number / 100:.2f}"), st.integers(1, 60)),
    ),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(votes_and_legacy, min_size=4, max_size=4))
def test_database_orders_as_the_formula_does(four_articles, rows):
    for article, (votes, legacy) in zip(four_articles, rows, strict=True):
        RatingSummary.objects.update_or_create(article=article, defaults=columns(votes, legacy))
    prior_mean = site_mean()
    summaries = RatingSummary.objects.filter(article__in=four_articles)
    expected = sorted(
        (formula(summary, prior_mean), summary.count, summary.article_id)
        for summary in summaries
        if summary.count >= MEAN_SHOWN_FROM
    )

    found = top_rated(ArticlePage.objects.all(), limit=10)

    assert [(article.bayesian_mean, article.rating_count, article.pk) for article in found] == expected[::-1]


@pytest.fixture
def four_articles(make_article) -> list[ArticlePage]:
    return [make_article(f"Article {number}", first_published_at=NOON) for number in range(4)]


def formula(summary: RatingSummary, prior_mean: Decimal) -> float:
    own = sum(stars * count for stars, count in summary.histogram.items())
    return bayesian_mean(
        total=own + summary.legacy_count * summary.legacy_mean, count=summary.count, prior_mean=prior_mean
    )
