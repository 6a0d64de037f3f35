"""What an article says of itself before its first sentence: who wrote it, who checked it, how old it is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from articles.models import Contributor, SignOff
from authors.models import AuthorIndexPage, AuthorPage, Credential

YEAR = timedelta(days=365)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def reviewer(db) -> AuthorPage:
    page = AuthorPage(title="Ines Calderon", job_title="Family physician")
    page.credentials = [Credential(degree="Doctor of Medicine")]
    AuthorIndexPage.objects.get().add_child(instance=page)
    return page


@pytest.fixture
def sign_off(article, reviewer, today):
    """Return a factory of sign-offs of the article: made yesterday and due in a year, unless told otherwise."""

    def sign(**fields) -> SignOff:
        given = {"reviewer": reviewer, "signed_on": today - timedelta(days=1), "due_on": today + YEAR} | fields
        return SignOff.objects.create(article=article, **given)

    return sign


@pytest.fixture
def head(client, article):
    """Return a function that reads the head of the article."""

    def read() -> BeautifulSoup:
        return BeautifulSoup(client.get(article.url).content, "html.parser").select_one(".article-head")

    return read


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


class TestReviewer:
    """Only a sign-off makes somebody the reviewer of an article."""

    def test_stands_in_the_byline_with_credential_and_day(self, head, sign_off, reviewer):
        sign_off(signed_on=date(2026, 3, 12), due_on=None)

        assert "Medically reviewed by Ines Calderon Doctor of Medicine · March 12, 2026" in words(head())
        assert head().select_one(f'.byline a[href="{reviewer.url}"]')

    def test_of_the_words_is_no_reviewer_of_the_medicine(self, head, sign_off):
        sign_off(kind=SignOff.Kind.EDITORIAL)

        assert "Reviewed by Ines Calderon" in words(head())

    def test_is_named_once_for_several_sign_offs_by_the_latest(self, article, sign_off, today):
        sign_off(signed_on=today - YEAR)
        latest = sign_off(signed_on=today)

        assert article.reviews_in_force(today) == [latest]

    def test_goes_when_the_sign_off_ends(self, article, sign_off, reviewer, today):
        ended = [
            sign_off(signed_on=today - YEAR, due_on=today - timedelta(days=1)),
            sign_off(withdrawn_at=timezone.now()),
        ]

        assert len(ended) == 2
        assert article.reviews_in_force(today) == []

    def test_goes_with_the_page_that_tells_who_it_is(self, article, sign_off, reviewer, today):
        sign_off()
        reviewer.unpublish()

        assert article.reviews_in_force(today) == []

    def test_follows_from_a_sign_off_and_not_from_being_named_as_a_reviewer(self, article, head, sign_off, reviewer):
        article.contributors = [
            Contributor(author=reviewer, role="reviewer"),
            Contributor(author=reviewer, role="editor"),
        ]
        article.save_revision().publish()
        assert "review" not in words(head()).lower().replace("no reviews yet", "")
        assert "Editor:" in words(head())

        sign_off()

        assert "Medically reviewed by" in words(head())

    def test_takes_two_queries_for_any_number(self, article, sign_off, today, django_assert_num_queries):
        for number in range(3):
            page = AuthorPage(title=f"Reviewer {number}")
            AuthorIndexPage.objects.get().add_child(instance=page)
            sign_off(reviewer=page)

        with django_assert_num_queries(2):
            assert [list(review.reviewer.credentials.all()) for review in article.reviews_in_force(today)] == [[]] * 3


class TestDates:
    """Each date says what happened on it."""

    def test_days_of_publication_of_the_last_revision_and_of_the_next_review(self, article, head, sign_off):
        article.first_published_at = datetime(2026, 3, 10, 12, tzinfo=UTC)
        article.revised_on = date(2026, 9, 2)
        article.save_revision().publish()
        sign_off(due_on=date(2099, 3, 12))

        facts = [words(fact) for fact in head().select(".facts li:has(time)")]
        assert facts == ["Published March 10, 2026", "Revised Sept. 2, 2026", "Next review due March 12, 2099"]

    def test_no_review_is_due_where_nobody_reviewed(self, head):
        assert "Next review due" not in words(head())


def test_paper_says_where_it_came_from(article, head):
    assert head().select_one(".printed-from").text == article.full_url
