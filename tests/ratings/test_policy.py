"""When comments close under an article, and how they open again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ratings import actions
from ratings.models import Comment, DiscussionPolicy, Rating, State
from ratings.models.policy import closing_time
from ratings.thread import Selection, responses_to
from tests.conftest import NOON
from tests.ratings.posting import GUEST, comment, edit, rate, stamped, text_area, written

pytestmark = pytest.mark.django_db

ARTICLES = "articles.articlepage"
READER = actions.Sender(network="digest")


def close_after(days: int | None, article_type: str = ARTICLES) -> DiscussionPolicy:
    return DiscussionPolicy.objects.create(article_type=article_type, closes_after_days=days)


class TestClosingTime:
    def test_it_is_so_many_days_after_publication(self, article, dated):
        close_after(30)

        assert closing_time(dated(article, NOON)) == NOON + timedelta(days=30)

    def test_revision_of_substance_begins_the_time_anew(self, article, dated):
        close_after(30)
        dated(article, NOON, revised_on=NOON.date() + timedelta(days=100))

        assert closing_time(article) == datetime(2026, 11, 2, tzinfo=UTC) + timedelta(days=130)

    def test_revision_before_publication_changes_nothing(self, article, dated):
        close_after(30)
        dated(article, NOON, revised_on=NOON.date() - timedelta(days=100))

        assert closing_time(article) == NOON + timedelta(days=30)

    def test_without_a_number_or_without_a_policy_it_never_comes(self, article, dated):
        dated(article, NOON)
        assert closing_time(article) is None
        close_after(None)
        assert closing_time(article) is None

    def test_policy_of_another_type_does_not_concern_it(self, article, dated):
        close_after(1, "articles.recipepage")

        assert closing_time(dated(article, NOON)) is None

    def test_article_that_was_never_published_does_not_close(self, make_article):
        close_after(1)

        assert closing_time(make_article(live=False)) is None

    def test_page_knows_it(self, article, dated):
        close_after(30)

        assert responses_to(dated(article, NOON), Selection()).closes_at == NOON + timedelta(days=30)

    @pytest.mark.parametrize("days", [0, -1])
    def test_database_refuses_less_than_a_day(self, db, days):
        with pytest.raises(IntegrityError), transaction.atomic():
            close_after(days)

    def test_database_refuses_two_policies_for_a_type(self, db):
        close_after(1)
        with pytest.raises(IntegrityError), transaction.atomic():
            close_after(2)


class TestCommenting:
    @pytest.fixture(autouse=True)
    def _closes_at_noon(self, article, dated):
        close_after(30)
        dated(article, NOON - timedelta(days=30))

    def test_until_the_last_moment_it_is_open(self, make_comment):
        assert make_comment(sender=READER, now=NOON - timedelta(seconds=1)).pk

    def test_from_then_on_it_is_closed_and_says_since_when(self, make_comment):
        with pytest.raises(actions.Closed) as closed:
            make_comment(sender=READER, now=NOON)

        assert closed.value.since == NOON
        assert not Comment.objects.exists()

    def test_replies_are_closed_as_well(self, make_comment):
        parent = make_comment(State.PUBLISHED)
        with pytest.raises(actions.Closed):
            make_comment(sender=READER, parent=parent)

    def test_revision_opens_it_again(self, make_comment, article, dated):
        dated(article, NOON - timedelta(days=30), revised_on=NOON.date())

        assert make_comment(sender=READER).pk

    def test_import_is_not_held_up(self, make_comment):
        assert make_comment().pk

    def test_form_that_was_sent_in_time_is_answered_the_same_when_it_is_sent_again(self, make_comment, reader):
        fields = {"sender": READER, "reader": reader, "submission_key": "form", "name": "Ruth", "text": "In time"}
        first = make_comment(now=NOON - timedelta(seconds=1), **fields)

        assert make_comment(now=NOON + timedelta(seconds=1), **fields) == first


class TestOverHttp:
    @pytest.fixture
    def closed(self, article, dated):
        close_after(1)
        return dated(article, timezone.now() - timedelta(days=2))

    def test_comment_is_refused_in_words_and_the_text_kept(self, client, closed):
        answer = comment(client, closed, **stamped(closed))

        assert (answer.status_code, text_area(answer)) == (409, GUEST["text"])
        assert "closed since" in answer.content.decode()
        assert not Comment.objects.exists()

    def test_stars_are_still_taken(self, client, closed):
        assert rate(client, closed).status_code == 303
        assert Rating.objects.count() == 1

    def test_slip_of_the_pen_can_still_be_corrected(self, client, article, dated):
        own = written(client, article)
        close_after(1)
        dated(article, timezone.now() - timedelta(days=2))

        assert edit(client, own, "Better words").status_code == 303

    def test_comments_that_are_there_are_still_read(self, client, closed, make_comment):
        make_comment(State.PUBLISHED, text="It still stands.")

        page = client.get(closed.url).content.decode()

        assert "It still stands." in page
        assert f'action="/responses/comment/{closed.pk}/"' not in page

    def test_revision_opens_it_again(self, client, closed, dated):
        dated(closed, closed.first_published_at, revised_on=timezone.now().date())

        assert comment(client, closed, **stamped(closed)).status_code == 303
