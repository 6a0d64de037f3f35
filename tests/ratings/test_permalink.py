"""The lasting address of a comment, and how many are new."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from ratings import actions
from ratings.models import Comment, State
from ratings.thread import REPLIES_AT_ONCE, REPLIES_PER_PAGE, THREADS_PER_PAGE
from tests.conftest import NOON


def follow(client: Client, comment: Comment) -> str:
    """Open the lasting address, and return the page that it leads to; the comment must be on it."""
    answer = client.get(f"/comments/{comment.public_id}/")
    assert answer.status_code == 302
    address = urlsplit(answer["Location"])
    assert address.fragment == f"comment-{comment.public_id}"
    page = client.get(f"{address.path}?{address.query}")
    assert page.status_code == 200
    assert f'id="comment-{comment.public_id}"' in page.content.decode()
    return page.content.decode()


class TestPermalink:
    def test_every_comment_in_the_list_stands_where_its_address_leads(self, client, make_comment, reader, move):
        first = make_comment(State.PUBLISHED, reader=reader)
        comments = [first, *(make_comment(State.PUBLISHED, parent=first) for _ in range(REPLIES_AT_ONCE + 2))]
        comments.append(make_comment(State.PUBLISHED, parent=comments[-1]))
        comments += [make_comment(State.PUBLISHED, reader=reader) for _ in range(THREADS_PER_PAGE + 1)]
        move(comments[0], State.HIDDEN)
        move(comments[4], State.DELETED)

        listed = Comment.objects.listed()
        assert listed.count() == len(comments)
        for comment in listed:
            follow(client, comment)

    def test_reply_in_a_long_thread_is_on_the_page_as_well(self, client, make_comment, reader):
        first = make_comment(State.PUBLISHED)
        replies = [make_comment(State.PUBLISHED, parent=first, reader=reader) for _ in range(REPLIES_PER_PAGE + 2)]

        for reply in (replies[0], replies[REPLIES_PER_PAGE - 1], replies[REPLIES_PER_PAGE], replies[-1]):
            follow(client, reply)

    def test_it_costs_the_same_in_any_thread(self, client, make_comment, reader, django_assert_num_queries):
        first = make_comment(State.PUBLISHED)
        replies = [make_comment(State.PUBLISHED, parent=first, reader=reader) for _ in range(REPLIES_PER_PAGE + 2)]
        client.get(f"/comments/{first.public_id}/")  # fills the caches of sites
        for reply in (replies[0], replies[-1]):
            with django_assert_num_queries(3):
                client.get(f"/comments/{reply.public_id}/")

    def test_it_may_be_kept_only_after_asking_and_sets_no_cookie(self, client, make_comment):
        answer = client.get(f"/comments/{make_comment(State.PUBLISHED).public_id}/")

        assert answer["Cache-Control"] == "no-cache"
        assert not answer.cookies

    @pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
    def test_comment_that_is_not_listed_is_not_found(self, client, make_comment, state):
        assert client.get(f"/comments/{make_comment(state).public_id}/").status_code == 404

    def test_comment_of_an_article_that_is_not_for_everybody_is_not_found(self, client, make_comment, article):
        address = f"/comments/{make_comment(State.PUBLISHED).public_id}/"
        restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
        assert client.get(address).status_code == 404
        restriction.delete()
        assert client.get(address).status_code == 302

        article.unpublish()

        assert client.get(address).status_code == 404

    @pytest.mark.parametrize("key", ["00000000-0000-0000-0000-000000000000", "1", "x", "%00"])
    def test_comment_that_there_is_not_is_not_found(self, client, db, key):
        assert client.get(f"/comments/{key}/").status_code == 404

    def test_it_is_only_read(self, client, make_comment):
        assert client.post(f"/comments/{make_comment(State.PUBLISHED).public_id}/").status_code == 405


class TestNews:
    def new(self, client, article, since: str) -> int:
        answer = client.get(f"/responses/news/{article.pk}/", {"since": since})
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
        return answer.json()["new"]

    def test_it_counts_what_was_published_since(self, client, article, make_comment, move):
        for minutes in (-1, 0, 1, 2):
            make_comment(State.PUBLISHED, now=NOON + timedelta(minutes=minutes))
        late = make_comment(now=NOON - timedelta(days=1))
        assert self.new(client, article, NOON.isoformat()) == 2

        move(late, State.PUBLISHED, now=NOON + timedelta(minutes=3))

        assert self.new(client, article, NOON.isoformat()) == 3

    def test_what_was_hidden_is_not_new(self, client, article, make_comment, move):
        move(make_comment(State.PUBLISHED, now=NOON + timedelta(minutes=1)), State.HIDDEN)

        assert self.new(client, article, NOON.isoformat()) == 0

    @pytest.mark.parametrize(
        "since", ["2026-11-02T12:00:00Z", "2026-11-02T13:00:00+01:00", "2026-11-02 12:00:00+00:00"]
    )
    def test_moment_is_read_in_any_zone(self, client, article, make_comment, since):
        make_comment(State.PUBLISHED, now=NOON)
        make_comment(State.PUBLISHED, now=NOON + timedelta(seconds=1))

        assert self.new(client, article, since) == 1

    @pytest.mark.parametrize("since", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
    def test_moment_that_is_beyond_the_calendar_in_utc_is_refused(self, client, article, since):
        assert client.get(f"/responses/news/{article.pk}/", {"since": since}).status_code == 400

    @pytest.mark.parametrize("since", ["0001-01-01T00:00:00-14:00", "9999-12-31T23:59:59+14:00"])
    def test_first_and_last_day_of_the_calendar_are_moments(self, client, article, since):
        assert self.new(client, article, since) == 0

    @pytest.mark.parametrize(
        "since", ["", "yesterday", "2026-11-02T12:00:00", "2026-13-40T12:00:00Z", "\x00", "9" * 99]
    )
    def test_moment_that_is_none_is_refused(self, client, article, since):
        assert client.get(f"/responses/news/{article.pk}/", {"since": since}).status_code == 400

    def test_article_that_is_not_for_everybody_is_not_found(self, client, article, make_article):
        PageViewRestriction.objects.create(page=article, restriction_type="login")
        for hidden in (article.pk, make_article("A Draft", live=False).pk, 999_999, 2**80):
            assert client.get(f"/responses/news/{hidden}/", {"since": NOON.isoformat()}).status_code == 404


def test_address_that_a_page_holds_is_the_lasting_one(client, article, make_comment):
    comment = make_comment(State.PUBLISHED)

    assert f'href="/comments/{comment.public_id}/"' in client.get(article.url).content.decode()


def test_pinned_comment_is_found_by_its_address(client, make_comment, moderator):
    comment = make_comment(State.PUBLISHED)
    actions.pin(now=NOON, comment=comment, pinned=True, moderator=moderator)

    follow(client, comment)
