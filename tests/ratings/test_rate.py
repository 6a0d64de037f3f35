"""Rating an article."""

import pytest
from django.db import IntegrityError, transaction

from ratings import actions
from ratings.models import Rating, RatingSummary


def histogram(article) -> dict[int, int]:
    return RatingSummary.objects.get(article=article).histogram


def recount(article) -> dict[int, int]:
    stars = list(Rating.objects.filter(article=article).values_list("stars", flat=True))
    return {number: stars.count(number) for number in range(1, 6)}


def test_first_rating_is_counted(article, reader):
    rating = actions.rate(article=article, reader=reader, stars=4)

    assert histogram(article) == {1: 0, 2: 0, 3: 0, 4: 1, 5: 0}
    assert rating.revision_id == article.live_revision_id


def test_rating_again_replaces_the_first(article, reader):
    first = actions.rate(article=article, reader=reader, stars=4)
    second = actions.rate(article=article, reader=reader, stars=2)

    assert second.pk == first.pk
    assert histogram(article) == {1: 0, 2: 1, 3: 0, 4: 0, 5: 0} == recount(article)


def test_rating_twice_alike_counts_once(article, reader):
    actions.rate(article=article, reader=reader, stars=5)
    actions.rate(article=article, reader=reader, stars=5)

    assert histogram(article) == {1: 0, 2: 0, 3: 0, 4: 0, 5: 1} == recount(article)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_other_stars_are_refused(article, reader, stars):
    with pytest.raises(ValueError, match="1 to 5"):
        actions.rate(article=article, reader=reader, stars=stars)


def test_draft_cannot_be_rated(make_article, reader):
    with pytest.raises(actions.NotOpen):
        actions.rate(article=make_article(live=False), reader=reader, stars=5)


def test_rating_an_article_that_is_unpublished_meanwhile_leaves_no_trace(article, reader):
    article.unpublish()

    with pytest.raises(actions.NotOpen):
        actions.rate(article=article, reader=reader, stars=5)

    assert not Rating.objects.exists()
    assert not RatingSummary.objects.exists()


def test_database_refuses_a_second_rating_of_a_reader(article, reader):
    actions.rate(article=article, reader=reader, stars=5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(article=article, reader=reader, stars=1)


def test_database_refuses_six_stars(article, reader):
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(article=article, reader=reader, stars=6)


def test_legacy_total_invents_no_votes(article):
    actions.set_legacy_total(article=article, mean="4.80", count=25)

    summary = RatingSummary.objects.get(article=article)
    assert (summary.count, summary.own_count, str(summary.mean)) == (25, 0, "4.8")
    assert not Rating.objects.exists()


def test_join_keeps_the_later_vote_and_an_exact_histogram(make_article, make_reader):
    both, only_guest = make_article("Both"), make_article("Guest alone")
    guest, member = make_reader(), make_reader()
    actions.rate(article=both, reader=guest, stars=1)
    actions.rate(article=only_guest, reader=guest, stars=2)
    actions.rate(article=both, reader=member, stars=5)

    actions.join(reader=guest, into=member)

    assert list(Rating.objects.order_by("article__title").values_list("reader", "stars")) == [
        (member.pk, 5),
        (member.pk, 2),
    ]
    assert histogram(both) == recount(both)
    assert histogram(only_guest) == recount(only_guest)
