"""The moderators' list in the admin."""

import re
from html import unescape

import pytest
from django.test import Client

from ratings import actions
from ratings.models import Comment, Decision, State
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, moderator) -> Client:
    client.force_login(moderator)
    return client


def decide(client: Client, comment: Comment, to: str, **fields):
    return client.post(f"/admin/reader-comments/{comment.pk}/decide/", {"to": to, "version": 1} | fields)


def test_list_shows_what_waits_with_the_reasons(desk, make_comment):
    waiting = make_comment(text="I *wait*", name="Ruth")
    Comment.objects.filter(pk=waiting.pk).update(trace=[{"rule": "links", "points": 20, "reason": "Two links."}])
    make_comment(State.PUBLISHED, text="already shown")

    page = desk.get("/admin/reader-comments/").content.decode()

    assert "I <em>wait</em>" in page
    assert "Two links." in page
    assert "already shown" not in page


@pytest.mark.parametrize("state", list(State))
def test_list_of_each_state_opens(desk, make_comment, state):
    make_comment(state, text="a comment in its state")

    assert "a comment in its state" in desk.get(f"/admin/reader-comments/?state={state}").content.decode()


@pytest.mark.parametrize("query", ["state=famous", "p=99999", "p=x", "state=%00"])
def test_address_typed_wrong_still_shows_a_list(desk, query):
    assert desk.get(f"/admin/reader-comments/?{query}").status_code == 200


def test_every_comment_can_be_reached_by_the_links_of_the_list(desk, make_comment, reader):
    for number in range(51):
        make_comment(State.SPAM, text=f"number-{number:02}", reader=reader)

    first = desk.get("/admin/reader-comments/?state=spam").content.decode()
    link = re.search(r'<li class="next">\s*<a href="([^"]+)"', first)[1]
    second = desk.get("/admin/reader-comments/" + unescape(link)).content.decode()

    assert "number-50" not in first
    assert "number-50" in second


@pytest.mark.parametrize("to", ["published", "rejected", "spam"])
def test_each_button_moves_the_comment(desk, make_comment, moderator, to):
    comment = make_comment()

    answer = decide(desk, comment, to, reason="Read and judged.")

    assert answer.status_code == 302
    comment.refresh_from_db()
    assert comment.state == to
    assert list(Decision.objects.values_list("moderator__username", "reason")) == [("moderator", "Read and judged.")]


def test_second_moderator_gets_told_who_was_first_and_keeps_the_reason(desk, make_comment, make_user):
    comment = make_comment()
    first = make_user("first-moderator")
    actions.decide(comment=comment, version=1, to=State.PUBLISHED, moderator=first, now=NOON)

    answer = decide(desk, comment, "spam", reason="My long note.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "first-moderator" in page
    assert "Published" in page
    assert "My long note." in page
    comment.refresh_from_db()
    assert comment.state == State.PUBLISHED


@pytest.mark.parametrize(
    "fields", [{"to": "erased"}, {"to": ""}, {"version": "x"}, {"version": ""}, {"reason": "x" * 301}]
)
def test_decision_that_cannot_be_read_changes_nothing(desk, make_comment, fields):
    comment = make_comment()

    answer = decide(desk, comment, **({"to": "published"} | fields))

    assert answer.status_code == 422
    assert fields.get("reason", "") in answer.content.decode()
    comment.refresh_from_db()
    assert (comment.state, comment.version) == (State.PENDING, 1)


def test_decision_by_get_does_not_exist(desk, make_comment):
    assert desk.get(f"/admin/reader-comments/{make_comment().pk}/decide/").status_code == 405


def test_decision_needs_the_token_of_the_admin(make_comment, moderator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator)
    comment = make_comment()

    assert decide(client, comment, "published").status_code == 403
    comment.refresh_from_db()
    assert comment.state == State.PENDING


@pytest.mark.parametrize("comments", [1, 3])
def test_list_takes_the_same_queries_for_one_and_for_three(desk, make_comment, django_assert_num_queries, comments):
    for _ in range(comments):
        make_comment()
    desk.get("/admin/reader-comments/")  # fills the caches of content types and sites

    # The admin's own (session, account, permissions, profile, locales, what the account may explore) are eight; ours
    # are the counts by state, the count of the page, the comments with their articles, and the decisions.
    with django_assert_num_queries(12):
        desk.get("/admin/reader-comments/")
