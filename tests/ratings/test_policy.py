"""What holds for comments under an article: which policy decides, when comments close, and how they open again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from articles.models import TopicPage
from ratings import actions
from ratings.models import Comment, DiscussionPolicy, Rating, State
from ratings.models.policy import closing_time, policies_of, policy_for, reopening_time
from ratings.moderation.policy import Mode, Policy, resolve, sources
from ratings.selection import Selection
from ratings.thread import responses_to
from tests.conftest import NOON
from tests.ratings.posting import GUEST, comment, edit, rate, stamped, text_area, written

ARTICLES = "articles.articlepage"
CLOCK = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
READER = actions.Sender(network="digest")


def close_after(days: int | None, article_type: str = ARTICLES) -> DiscussionPolicy:
    return DiscussionPolicy.objects.create(article_type=article_type, closes_after_days=days)


NIGHT = Policy(closed_from=time(22), closed_until=time(7))
BERLIN = ZoneInfo("Europe/Berlin")

VALUES = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["", "before", "after"]),
        "holds_first": st.none() | st.booleans(),
        "trusted_after": st.none() | st.integers(0, 3),
    }
)
ROWS = st.lists(
    VALUES.map(lambda values: SimpleNamespace(**dict.fromkeys(Policy.__dataclass_fields__) | values)), max_size=4
)


@pytest.fixture
def make_topic(db):
    """Return a factory of topics, below another one or the topmost."""

    def make(title: str, under: TopicPage | None = None) -> TopicPage:
        above = under or TopicPage.objects.order_by("depth")[0]
        return above.add_child(instance=TopicPage(title=title))

    return make


@contextmanager
def site_in(zone: str) -> Iterator[None]:
    """Let the clock of the site be that of `zone`."""
    with override_settings(TIME_ZONE=zone):
        yield


class TestWhichPolicyDecides:
    @given(ROWS)
    def test_each_value_is_that_of_the_first_row_that_has_one(self, rows):
        policy, deciding = resolve(rows), sources(rows)
        for name in ("mode", "holds_first", "trusted_after"):
            said = [getattr(row, name) for row in rows if getattr(row, name) not in (None, "")]
            assert getattr(policy, name) == (said[0] if said else getattr(Policy(), name))
            assert (name in deciding) == bool(said)

    def test_topic_goes_before_type_and_type_before_the_site(self, article, make_topic):
        upper = make_topic("Health")
        lower = make_topic("Sleep", under=upper)
        article.topics = [lower]
        article.save()
        rows = [
            DiscussionPolicy.objects.create(mode="before", links_new=4),
            DiscussionPolicy.objects.create(article_type=ARTICLES, links_new=3, hold_from=50),
            DiscussionPolicy.objects.create(topic=upper, links_new=2, mode="after"),
            DiscussionPolicy.objects.create(topic=lower, links_new=0),
            DiscussionPolicy.objects.create(topic=make_topic("Kettles"), links_new=9),
        ]

        assert policies_of(article) == [rows[3], rows[2], rows[1], rows[0]]
        assert policy_for(article) == Policy(links_new=0, mode=Mode.AFTER, hold_from=50)

    def test_it_takes_one_query_and_a_second_where_topics_have_policies(
        self, article, make_topic, django_assert_num_queries
    ):
        close_after(30)
        with django_assert_num_queries(1):
            policy_for(article)
        DiscussionPolicy.objects.create(topic=make_topic("Health"), links_new=2)
        with django_assert_num_queries(2):
            policy_for(article)


class TestClosingHours:
    @pytest.mark.parametrize(
        ("clock", "opens"),
        [
            ("2026-11-02 21:59:59.999999", None),
            ("2026-11-02 22:00", "2026-11-03 07:00"),
            ("2026-11-03 00:00", "2026-11-03 07:00"),
            ("2026-11-03 06:59:59.999999", "2026-11-03 07:00"),
            ("2026-11-03 07:00", None),
        ],
    )
    def test_over_midnight_they_begin_and_end_on_the_minute(self, clock, opens):
        opens_at = reopening_time(NIGHT, datetime.fromisoformat(clock).replace(tzinfo=UTC))

        assert opens_at == (datetime.fromisoformat(opens).replace(tzinfo=UTC) if opens else None)

    def test_within_a_day_only_that_day_is_closed(self):
        noon = Policy(closed_from=time(11, 30), closed_until=time(12, 30))

        assert reopening_time(noon, NOON) == NOON + timedelta(minutes=30)
        assert reopening_time(noon, NOON + timedelta(hours=1)) is None

    def test_they_are_those_of_the_site_whatever_zone_somebody_has_chosen(self):
        with site_in("Europe/Berlin"), timezone.override("Asia/Tokyo"):
            assert reopening_time(NIGHT, datetime(2026, 11, 2, 21, 30, tzinfo=UTC)) == datetime(
                2026, 11, 3, 6, tzinfo=UTC
            )

    @pytest.mark.parametrize("day", ["2026-03-28", "2026-10-24"])
    def test_night_in_which_the_clock_is_set_ends_at_seven_all_the_same(self, settings, day):
        settings.TIME_ZONE = "Europe/Berlin"
        evening = datetime.fromisoformat(day).replace(hour=23, tzinfo=BERLIN)

        opens_at = reopening_time(NIGHT, evening)

        assert opens_at is not None
        assert opens_at.astimezone(BERLIN).time() == time(7)
        assert opens_at.astimezone(BERLIN).date() == evening.date() + timedelta(days=1)

    @given(
        CLOCK,
        CLOCK,
        st.datetimes(datetime(2026, 3, 28), datetime(2026, 3, 30))
        | st.datetimes(datetime(2026, 10, 24), datetime(2026, 10, 26)),
    )
    def test_from_any_moment_it_stays_closed_until_it_says_and_opens_then(self, begins, ends, moment):
        policy, now = Policy(closed_from=begins, closed_until=ends), moment.replace(tzinfo=UTC)
        with site_in("Europe/Berlin"):
            opens_at = reopening_time(policy, now)
            if opens_at is not None:
                assert now < opens_at <= now + timedelta(hours=25)
                assert reopening_time(policy, opens_at - timedelta(microseconds=1)) == opens_at
                assert reopening_time(policy, opens_at) is None

    def test_without_hours_it_is_always_open(self):
        assert reopening_time(Policy(), NOON) is None

    def test_comment_is_refused_until_they_end_and_an_import_is_not(self, make_comment):
        DiscussionPolicy.objects.create(closed_from=time(11), closed_until=time(13))
        with pytest.raises(actions.Closed) as closed:
            make_comment(sender=READER, now=NOON)

        assert closed.value.until == NOON + timedelta(hours=1)
        assert make_comment(now=NOON).pk

    def test_hour_without_an_end_is_refused_by_the_database(self, db):
        with pytest.raises(IntegrityError), transaction.atomic():
            DiscussionPolicy.objects.create(closed_from=time(22))


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
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

    @pytest.fixture
    def closed_now(self, article):
        begins = timezone.now() - timedelta(hours=1)
        ends = begins + timedelta(hours=2)
        DiscussionPolicy.objects.create(closed_from=begins.time(), closed_until=ends.time())
        return article, ends

    def test_in_closing_hours_it_is_refused_with_the_time_to_come_back_and_the_text_kept(self, client, closed_now):
        article, ends = closed_now
        moment = date_format(ends, "TIME_FORMAT")
        for fields in ({}, stamped(article)):
            answer = comment(client, article, **fields)

            assert (answer.status_code, text_area(answer)) == (409, GUEST["text"])
            assert f"Comments open again at {moment}." in answer.content.decode()
            assert 3_500 < int(answer["Retry-After"]) <= 3_600
        assert not Comment.objects.exists()

    def test_in_closing_hours_ratings_are_taken_and_the_kept_page_says_the_rule(self, client, closed_now):
        article, _ends = closed_now
        DiscussionPolicy.objects.update(closed_from=time(22), closed_until=time(7))

        assert rate(client, article).status_code == 303
        page = client.get(article.url).content.decode()
        assert "No comments are taken each day from 10:00 PM to 7:00 AM" in page

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
