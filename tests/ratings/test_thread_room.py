"""How much of a page the comments may take: whatever readers write, it ends in time, and goes on elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from articles.models import Contributor
from authors.models import Credential
from ratings import actions
from ratings.markup import LARGEST
from ratings.models import Comment, Kind, Reader, State
from ratings.selection import Order, Selection
from ratings.thread import REPLIES_AT_ONCE, ROOM, THREADS_PER_PAGE, place_of, responses_to
from tests.conftest import NOON
from tests.ratings.crowd import read, store, store_replies
from tests.ratings.heavy import HEAVY, filled
from tests.ratings.test_thread import pages

pytestmark = pytest.mark.django_db

LARGEST_PAGE = 120_000
LONG = filled("&")
TEXTS = st.sampled_from(["short", LONG, LONG[:2000], HEAVY[0]])


def say(comments: list[Comment], texts: list[str]) -> None:
    """Let `comments` say `texts`, again and again."""
    for number, comment in enumerate(comments):
        comment.text = texts[number % len(texts)]
    Comment.objects.bulk_update(comments, ["text"])


def size(article, selection: Selection) -> int:
    return len(Client().get(article.url + selection.query()).content)


class TestLargest:
    @pytest.mark.parametrize("text", [*HEAVY, "short", filled("word ")[:400]])
    def test_page_is_never_larger_whatever_readers_write(self, article, reader, text):
        firsts = store(article, reader, [{"kind": Kind.QUESTION, "helpful_count": 9}] * (THREADS_PER_PAGE + 1))
        replies = [store_replies(first, REPLIES_AT_ONCE + 1) for first in firsts]
        Comment.objects.update(text=text, name=filled('"&<')[:80], edited_at="2026-01-31T12:00Z")
        Comment.objects.filter(pk=firsts[0].pk).update(is_pinned=True)
        for answered, answering, *_ in replies:
            Comment.objects.filter(pk=answering.pk).update(parent=answered)

        for selection in (Selection(), Selection(order=Order.OLDEST), Selection(thread=firsts[3].public_id)):
            assert size(article, selection) <= LARGEST_PAGE

    @pytest.mark.parametrize("text", HEAVY)
    def test_page_of_a_thread_is_never_larger(self, article, reader, text):
        (first,) = store(article, reader, [{}])
        say([first, *store_replies(first, 60)], [text])

        assert size(article, Selection(thread=first.public_id)) <= LARGEST_PAGE

    def test_there_is_room_for_two_of_the_largest(self):
        assert 2 * (LARGEST + 4000) <= ROOM

    def test_comments_of_a_usual_length_are_not_cut(self, article, reader):
        for first in store(article, reader, [{}] * (THREADS_PER_PAGE + 1)):
            store_replies(first, REPLIES_AT_ONCE)
        Comment.objects.update(text=filled("a few words ")[:300])

        threads = responses_to(article, Selection()).threads

        assert [len(thread.replies) for thread in threads] == [REPLIES_AT_ONCE] * THREADS_PER_PAGE


class TestPages:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        texts=st.lists(TEXTS, min_size=1, max_size=30),
        order=st.sampled_from(Order),
        pinned=st.booleans(),
    )
    def test_every_thread_stands_on_exactly_one_page(self, article, reader, texts, order, pinned):
        firsts = store(article, reader, [{"stars": 1 + number % 5} for number in range(len(texts))])
        say(firsts, texts)
        Comment.objects.filter(pk=firsts[0].pk).update(is_pinned=pinned)

        shown = [thread.comment.pk for page in pages(article, Selection(order=order)) for thread in page.threads]

        assert sorted(shown) == [first.pk for first in firsts]

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(first_text=TEXTS, texts=st.lists(TEXTS, min_size=1, max_size=60))
    def test_every_reply_stands_on_exactly_one_page_and_where_its_address_leads(
        self, article, reader, first_text, texts
    ):
        (first,) = store(article, reader, [{}])
        replies = store_replies(first, len(texts))
        say([first], [first_text])
        say(replies, texts)

        found = pages(article, Selection(thread=first.public_id))

        assert [part.comment for page in found for part in page.threads[0].replies] == replies
        for reply in replies[:: 1 + len(replies) // 5]:
            place = place_of(Comment.objects.select_related("thread").get(pk=reply.pk))
            (thread,) = responses_to(article, Selection.read(read(place.query()))).threads
            assert reply in [part.comment for part in thread.replies]

    def test_replies_without_room_are_announced(self, article, reader):
        firsts = store(article, reader, [{}] * 3)
        for first in firsts:
            say([first, *store_replies(first, REPLIES_AT_ONCE)], [LONG])

        threads = responses_to(article, Selection()).threads

        assert [thread.comment for thread in threads] == firsts[::-1]
        assert {len(thread.replies) + thread.more_replies for thread in threads} == {REPLIES_AT_ONCE}
        assert [len(thread.replies) for thread in threads] == [0, 0, 0]

    def test_first_thread_stands_beside_a_pinned_one_of_any_length(self, article, reader, moderator):
        firsts = store(article, reader, [{}] * 9)
        say(firsts, [HEAVY[3]])
        actions.pin(now=NOON, comment=firsts[0], pinned=True, moderator=moderator)

        assert [thread.comment for thread in responses_to(article, Selection()).threads][:2] == [firsts[0], firsts[-1]]


class TestCredentials:
    @pytest.fixture
    def answer(self, make_comment, make_user, article, author) -> Comment:
        author.account = make_user("ada", first_name="Ada", last_name="Brook")
        author.credentials = [Credential(degree="MD", body="A University")]
        author.save_revision().publish()
        article.contributors = [Contributor(author=author, role=Contributor.Role.REVIEWER)]
        article.save_revision().publish()
        return make_comment(State.PUBLISHED, reader=Reader.objects.create(user=author.account), name="Ada Brook")

    def degrees(self, article) -> list[str]:
        (shown,) = responses_to(article, Selection()).threads
        return [credential.degree for credential in shown.credentials]

    def test_person_whose_page_is_not_for_everybody_is_shown_without(self, answer, article, author):
        assert self.degrees(article) == ["MD"]
        for page in (author, author.get_parent()):
            restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
            assert self.degrees(article) == []
            restriction.delete()

    def test_page_beside_it_says_nothing_of_it(self, answer, article):
        PageViewRestriction.objects.create(page=article, restriction_type="login")

        assert self.degrees(article) == ["MD"]
