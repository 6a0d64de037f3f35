"""Taking decisions back at the desk: after each, from a card, and from the list of one's own."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from ratings import actions
from ratings.models import Act, Comment, Decision, State
from ratings.moderation.judge import Verdict
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

DECISIONS = "/admin/reader-comments/decisions/"


@pytest.fixture
def desk(client, moderator) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def decide(desk):
    """Return a function that decides at the desk, and returns the decision."""

    def to(comment: Comment, state: str = "rejected") -> Decision:
        desk.post(f"/admin/reader-comments/{comment.pk}/decide/", {"to": state, "version": comment.version})
        return Decision.objects.order_by("-pk")[0]

    return to


def undo(desk: Client, decision: Decision, query: str = "", **options):
    return desk.post(f"{DECISIONS}{decision.pk}/undo/{query}", **options)


def test_message_after_a_decision_has_a_button_that_undoes_it(desk, make_comment, decide):
    comment = make_comment(name="<i>Ruth</i>")
    decision = decide(comment)

    page = desk.get("/admin/reader-comments/?state=spam").content.decode()

    assert "&lt;i&gt;Ruth&lt;/i&gt;’s comment: Rejected." in page
    address = unescape(re.search(r'form="desk-undo" formaction="([^"]+)"', page)[1])
    assert address.startswith(f"{DECISIONS}{decision.pk}/undo/")
    assert re.search(r'<form method="post" id="desk-undo" hidden><input type="hidden" name="csrfmiddlewaretoken"', page)
    assert desk.post(address).status_code == 302
    comment.refresh_from_db()
    assert comment.state == State.PENDING


def test_undoing_can_be_undone(desk, make_comment, decide):
    comment = make_comment()
    decision = decide(comment)

    for state in (State.PENDING, State.REJECTED):
        assert undo(desk, decision)["Location"].startswith("/admin/reader-comments/")
        comment.refresh_from_db()
        assert comment.state == state
        decision = Decision.objects.order_by("-pk")[0]

    assert [each.act for each in Decision.objects.order_by("pk")] == [Act.MOVE, Act.UNDO, Act.UNDO]


def test_card_offers_to_undo_the_latest_decision_alone(desk, make_comment, decide):
    comment = make_comment()
    first = decide(comment, "published")
    comment.refresh_from_db()
    second = decide(comment, "hidden")

    page = desk.get(f"/admin/reader-comments/{comment.pk}/").content.decode()

    card = page[page.index("<article") :]
    assert f"{DECISIONS}{second.pk}/undo/" in card
    assert f"{DECISIONS}{first.pk}/undo/" not in card


def test_what_somebody_has_built_upon_is_not_undone_and_told(desk, make_comment, decide, move, make_user):
    comment = make_comment()
    decision = decide(comment)
    move(comment, State.PUBLISHED, moderator=make_user("ada"))

    answer = undo(desk, decision)

    assert answer.status_code == 409
    assert re.search(r"ada decided on [^<]*: Published\.", answer.content.decode())


def test_pin_does_not_come_back_over_another_and_nothing_is_offered_to_be_decided(desk, make_comment, moderator):
    first, second = make_comment(State.PUBLISHED), make_comment(State.PUBLISHED, text="Another one.")
    pin = {"now": NOON, "moderator": moderator}
    actions.pin(comment=first, pinned=True, **pin)
    unpinned = actions.pin(comment=first, pinned=False, **pin)
    actions.pin(comment=second, pinned=True, **pin)

    answer = undo(desk, unpinned)

    page = answer.content.decode()
    assert (answer.status_code, "Another comment of this article is pinned" in page) == (409, True)
    assert ("data-decision" in page, "Another one." in page) == (False, False)


def test_what_no_moderator_did_is_not_undone(desk, make_comment):
    comment = make_comment(State.PUBLISHED)
    actions.delete(comment=comment, reader=comment.reader, now=NOON)

    assert undo(desk, Decision.objects.get()).status_code == 409
    comment.refresh_from_db()
    assert comment.state == State.DELETED


def test_guessed_decision_is_not_found(desk):
    for key in (0, 424242, 2**63, 10**30):
        assert desk.post(f"{DECISIONS}{key}/undo/").status_code == 404


def test_script_is_told_what_was_undone_and_can_undo_that(desk, make_comment, decide):
    comment = make_comment(name="Ruth")
    decision = decide(comment)

    answer = undo(desk, decision, "?view=card", headers={"x-requested-with": "fetch"})

    undone = Decision.objects.get(undoes=decision)
    assert answer.json() == {
        "ok": True,
        "message": "Undone. Ruth’s comment: Waiting for review.",
        "undo_url": f"{DECISIONS}{undone.pk}/undo/?state=pending&view=card",
        "next_url": f"/admin/reader-comments/{comment.pk}/?state=pending&view=card",
        "state": "pending",
    }
    answer = undo(desk, decision, headers={"x-requested-with": "fetch"})
    assert (answer.status_code, answer.json()["ok"]) == (409, False)


class TestMyDecisions:
    def test_they_are_listed_latest_first_each_with_undo_if_it_can_be(
        self, desk, make_comment, decide, move, make_user
    ):
        mine, edited = decide(make_comment(name="Ruth")), make_comment(name="Paul")
        decide(edited, "published")
        verdict = Verdict(state=State.PUBLISHED)
        actions.edit(comment=edited, reader=edited.reader, text="New", verdict=verdict, version=2, now=NOON)
        move(make_comment(name="Theirs"), State.SPAM, moderator=make_user("ada"))

        page = desk.get(DECISIONS).content.decode()

        table = page[page.index('<table class="listing') :]
        assert table.index("Paul") < table.index("Ruth")
        assert "Theirs" not in table
        assert re.findall(r'action="([^"]+)\?back=decisions"', page) == [f"{DECISIONS}{mine.pk}/undo/"]
        assert undo(desk, mine, "?back=decisions")["Location"] == DECISIONS

    @pytest.mark.parametrize(("query", "seen"), [("", True), ("?moderator=ada", True), ("?moderator=x%00", False)])
    def test_superuser_sees_everybodys_and_one_moderators(
        self, client, admin, make_comment, move, make_user, query, seen
    ):
        move(make_comment(name="Theirs"), State.SPAM, moderator=make_user("ada"))
        client.force_login(admin)

        assert ("Theirs" in client.get(DECISIONS + query).content.decode()) is seen

    @pytest.mark.parametrize("comments", [1, 9])
    def test_they_take_the_same_queries_for_any_number(
        self, desk, make_comment, decide, django_assert_num_queries, comments
    ):
        for _ in range(comments):
            decide(make_comment())
        desk.get(DECISIONS)

        # The admin's own are eight; ours are the sections, the count, the decisions, the counts on top, what waits too
        # long, the last check.
        with django_assert_num_queries(9 + 6):
            desk.get(DECISIONS)
