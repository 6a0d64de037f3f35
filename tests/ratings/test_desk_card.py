"""One comment at a time: what its card shows, the way through the list, and who is looking at it."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from ratings import actions
from ratings.desk.cards import PLACES, places_in, thread_around
from ratings.desk.filters import Sort
from ratings.desk.listing import CommentListing
from ratings.desk.way import Way
from ratings.models import CannedText, Comment, Decision, Ground, Lease, Report, State
from ratings.moderation.judge import Verdict
from tests.conftest import NOON


@pytest.fixture
def desk(client, moderator) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def other(make_user):
    return make_user("ada", "Comment moderators")


@pytest.fixture
def way(moderator):
    """Return a function that makes the way through what waits, for a moderator at noon."""
    return lambda **asked: Way(listing=CommentListing(view="card", **asked), user=moderator, now=NOON)


def address(comment: Comment, door: str = "", query: str = "") -> str:
    return f"/admin/reader-comments/{comment.pk}/{door}{query}"


def words_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split()).replace(" ,", ",")


class TestPlaces:
    @given(st.text(max_size=300), st.lists(st.tuples(st.integers(-9, 400), st.integers(-9, 400)), max_size=9))
    def test_only_what_the_text_has_is_marked(self, text, spans):
        places = list(places_in(text, spans))

        assert len(places) <= PLACES
        for place in places:
            assert place.struck
            assert place.struck in text
            assert place.before.removeprefix("…") + place.struck + place.after.removesuffix("…") in text

    @pytest.mark.django_db
    def test_they_are_marked_in_the_card_as_they_were_written(self, desk, make_comment):
        comment = make_comment(text="Buy <b>cheap</b> pills *now*")
        finding = {"rule": "words", "points": 60, "reason": "A banned word.", "spans": [[7, 12], [16, 999], [5, 3]]}
        Comment.objects.update(trace=[finding], spam_score=0.876)

        page = desk.get(address(comment)).content.decode()

        assert "Buy &lt;b&gt;<mark>cheap</mark>&lt;/b&gt; pills *now*" in page
        assert "&lt;/b&gt;<mark> pills *now*</mark>" in page
        assert "88 % likely to be spam" in page

    @pytest.mark.django_db
    def test_nothing_is_marked_in_words_that_a_moderator_changed(self, desk, make_comment, moderator):
        comment = make_comment(text="Call 555-0100 for cheap pills")
        Comment.objects.update(trace=[{"rule": "words", "points": 60, "reason": "Banned.", "spans": [[18, 23]]}])
        actions.redact(comment=comment, version=1, text="Call for cheap pills", now=NOON, moderator=moderator)

        assert "<mark>" not in desk.get(address(comment)).content.decode()


@pytest.mark.django_db
class TestCard:
    def test_it_shows_the_comment_in_its_thread(self, desk, make_comment):
        first = make_comment(State.PUBLISHED, text="Why does it whistle?")
        answers = [make_comment(State.PUBLISHED, parent=first, text=f"Answer {number}") for number in range(9)]

        page = words_of(desk.get(address(answers[4])))

        assert [answer for answer in range(9) if f"Answer {answer}" in page] == [1, 2, 3, 4, 5, 6, 7]
        assert "In reply to Reader 1 (Published) Why does it whistle?" in page

    def test_thread_of_a_first_comment_takes_two_queries(self, make_comment, django_assert_num_queries):
        first = make_comment(State.PUBLISHED)
        replies = [make_comment(State.PUBLISHED, parent=first) for _ in range(5)]

        with django_assert_num_queries(2):
            assert thread_around(first) == [first, *replies[:3]]
        with django_assert_num_queries(2):
            assert thread_around(replies[4]) == [first, *replies[1:]]

    def test_it_tells_why_it_waits_who_reported_it_and_what_was_decided(
        self, desk, make_comment, make_reader, moderator, move
    ):
        comment = make_comment(State.PUBLISHED)
        why = {"ground": Ground.ABUSE, "reason": "Please be kind.", "note": "Third time."}
        move(comment, State.HIDDEN, moderator=moderator, **why)
        move(comment, State.PUBLISHED, moderator=moderator)
        actions.report(comment=comment, reader=make_reader(), reason=Report.Reason.ABUSE, now=NOON, note="Rude!")

        page = words_of(desk.get(address(comment)))

        assert "Published → Hidden, moderator, Insults or threats: Please be kind. Note: Third time." in page
        assert "It insults or threatens (1) Rude!" in page
        assert "weight 1" in page
        assert "right in 0 of 1" in page

    @pytest.mark.parametrize("state", State)
    def test_it_opens_in_every_state(self, desk, make_comment, state):
        assert desk.get(address(make_comment(state))).status_code == 200

    def test_it_takes_the_same_queries_for_1_and_for_many(self, desk, make_comment, django_assert_num_queries):
        comment = make_comment()
        make_comment()
        desk.get(address(comment))

        # The admin's own are eight, and here the lease is five. Ours: the comment with its article, parent and lease;
        # its decisions, wordings and reports; the sections in three; everybody's history; the thread in two; the way
        # before and behind it in four, and what is left; topics, views, texts, the counts on top, what waits
        # too long, the last check.
        for _ in range(2):
            with django_assert_num_queries(9 + 5 + 21):
                desk.get(address(comment))
            for _ in range(5):
                make_comment()


@pytest.mark.django_db
class TestWay:
    def test_it_goes_through_the_list_in_its_order_and_begins_again_behind_the_last(self, way, make_comment):
        late, early, middle = (make_comment(now=NOON + timedelta(hours=hour)) for hour in (3, 1, 2))

        assert way().first() == early
        assert [way().after(each) for each in (early, middle, late)] == [middle, late, early]
        assert [way().before(each) for each in (early, middle, late)] == [None, early, middle]
        assert way().left() == 3

    @pytest.mark.parametrize("sort", Sort)
    def test_it_passes_every_comment_once_in_any_order(self, way, make_comment, sort):
        for number in range(4):
            make_comment(now=NOON)
            Comment.objects.filter(text=f"Comment {number}").update(points=number % 2, spam_score=number % 2 or None)

        asked = way(sort=sort)
        here, passed = asked.first(), []
        while here not in passed:
            passed.append(here)
            here = asked.after(here)

        assert len(passed) == 4
        assert passed == list(asked.found)

    def test_what_others_look_at_comes_when_nothing_else_is_left(self, way, make_comment, other):
        held, free, mine = make_comment(), make_comment(), make_comment()
        actions.lease(comment=held, moderator=other, now=NOON)

        assert way().first() == free
        assert way().after(mine) == free
        assert way().left() == 3
        for comment in (free, mine):
            actions.decide(comment=comment, version=1, to=State.SPAM, now=NOON)
        assert way().first() == held

    def test_the_only_comment_is_followed_by_none(self, way, make_comment):
        assert way().after(make_comment()) is None

    def test_list_leads_to_its_first_card_and_a_decision_to_the_next(self, desk, make_comment):
        first, second = make_comment(), make_comment()

        answer = desk.get("/admin/reader-comments/?view=card")
        assert answer["Location"] == address(first, query="?state=pending&view=card")
        for comment, following in ((first, address(second)), (second, "/admin/reader-comments/")):
            place = address(comment, "decide/", "?state=pending&view=card")
            answer = desk.post(place, {"to": "published", "version": 1})
            assert answer["Location"] == f"{following}?state=pending&view=card"

        assert desk.get("/admin/reader-comments/?view=card").status_code == 200


@pytest.mark.django_db
class TestLease:
    def test_opening_a_card_tells_others_for_five_minutes_and_keeps_nobody_out(self, desk, make_comment, other):
        comment = make_comment()
        desk.get(address(comment))

        lease = Lease.objects.get()
        assert lease.moderator.username == "moderator"
        assert timedelta(minutes=4) < lease.until - timezone.now() <= timedelta(minutes=5)
        desk.force_login(other)
        page = words_of(desk.get("/admin/reader-comments/"))
        assert "moderator is looking at this, until" in page
        assert "Waiting for review (1)" in page
        assert desk.post(address(comment, "decide/"), {"to": "published", "version": 1}).status_code == 302
        assert not Lease.objects.exists()

    def test_it_is_taken_by_the_first_prolonged_by_them_and_free_when_it_ran_out(self, make_comment, moderator, other):
        comment, later = make_comment(), NOON + timedelta(minutes=4)
        for who, now, holder, until in (
            (moderator, NOON, moderator, NOON),
            (other, later, moderator, NOON),
            (moderator, later, moderator, later),
            (other, later + timedelta(minutes=5), other, later + timedelta(minutes=5)),
        ):
            lease = actions.lease(comment=comment, moderator=who, now=now)
            assert (lease.moderator, lease.until) == (holder, until + timedelta(minutes=5))

    def test_only_who_has_it_can_end_it(self, desk, make_comment, moderator, other):
        mine, theirs = make_comment(), make_comment()
        actions.lease(comment=mine, moderator=moderator, now=NOON)
        actions.lease(comment=theirs, moderator=other, now=NOON)

        for comment in (mine, theirs):
            assert desk.post(address(comment, "release/")).status_code == 302

        assert [lease.comment for lease in Lease.objects.all()] == [theirs]

    def test_card_opens_even_if_the_database_is_busy(self, desk, make_comment, monkeypatch):
        def busy(**_arguments):
            raise OperationalError("database is locked")

        monkeypatch.setattr(actions, "lease", busy)

        assert desk.get(address(make_comment())).status_code == 200


@pytest.mark.django_db
class TestReasons:
    @pytest.mark.parametrize(
        ("fields", "stored"),
        [
            ({"to": "rejected", "ground": "off_topic"}, "Your comment is not about this article."),
            ({"to": "rejected", "ground": "abuse"}, "Be kind, please."),
            ({"to": "rejected", "ground": "abuse", "reason": "Not like this."}, "Not like this."),
            ({"to": "rejected", "ground": "other"}, ""),
            ({"to": "published", "ground": "abuse"}, ""),
        ],
    )
    def test_empty_reason_is_the_text_that_goes_with_the_ground(self, desk, make_comment, fields, stored):
        for text in ("Be kind, please.", "Another text."):
            CannedText.objects.create(ground=Ground.ABUSE, text=text)
        comment = make_comment()

        desk.post(address(comment, "decide/"), fields | {"version": 1, "note": "For Ada."})

        decision = Decision.objects.get()
        assert decision.reason == stored
        assert decision.note == "For Ada."
        assert decision.ground == ("" if fields["to"] == "published" else fields["ground"])

    @pytest.mark.parametrize(
        "fields", [{"ground": "taste"}, {"to": "famous"}, {"version": 2**40}, {"note": "n" * 1001}, {"reason": "a\0b"}]
    )
    def test_what_cannot_be_read_is_not_stored_and_not_lost(self, desk, make_comment, fields):
        comment = make_comment()
        typed = {"to": "rejected", "version": 1, "reason": "Long thought.", "note": "For <Ada>."} | fields

        answer = desk.post(address(comment, "decide/"), typed)

        assert answer.status_code == 422
        assert 'value="For &lt;Ada&gt;."' in answer.content.decode() or "note" in fields
        assert not Decision.objects.exists()

    def test_loser_can_send_the_same_again_on_the_present_version(self, desk, make_comment, other, move):
        comment = make_comment()
        move(comment, State.PUBLISHED, moderator=other, note="Looks fine.")
        typed = {"to": "rejected", "version": 1, "ground": "dangerous", "reason": "It burns.", "note": "Sure?"}

        answer = desk.post(address(comment, "decide/"), typed)

        page = answer.content.decode()
        assert answer.status_code == 409
        assert re.search(r"ada decided on [^<]*: Published\.", page)
        assert "Looks fine." in page
        assert '<option value="dangerous" data-text="' in page
        again = {
            name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1] for name in ("reason", "note", "version")
        }
        assert again == {"reason": "It burns.", "note": "Sure?", "version": "2"}
        assert desk.post(address(comment, "decide/"), typed | again).status_code == 302

    @pytest.mark.parametrize("state", [State.DELETED, State.ERASED])
    def test_comment_that_is_gone_is_told(self, desk, make_comment, move, state):
        comment = make_comment()
        move(comment, state)

        answer = desk.post(address(comment, "decide/"), {"to": "published", "version": 1, "reason": "Fine."})

        assert answer.status_code == 409
        assert str(state.label) in words_of(answer)


@pytest.mark.django_db
class TestRedactionAndCheck:
    def test_words_are_taken_out_and_kept_for_moderators(self, desk, make_comment):
        comment = make_comment(State.PUBLISHED, text="Dr Who lives at 5 Low Road.")

        desk.post(address(comment, "redact/"), {"version": 1, "text": "Dr Who lives at […]."})

        comment.refresh_from_db()
        assert comment.text == "Dr Who lives at […]."
        assert "5 Low Road" in desk.get(address(comment)).content.decode()
        assert Decision.objects.get().ground == Ground.PERSONAL

    @pytest.mark.parametrize(("text", "status"), [("", 422), ("a\0b", 422), ("x" * 5001, 422), ("As it is.", 409)])
    def test_words_that_nobody_can_read_are_refused_and_come_back(self, desk, make_comment, text, status):
        comment = make_comment(State.PUBLISHED, text="As it is.")

        answer = desk.post(address(comment, "redact/"), {"version": 1, "text": text})

        assert answer.status_code == status
        assert text.replace("\0", "") in answer.content.decode().replace("\0", "")
        comment.refresh_from_db()
        assert comment.text == "As it is."

    def test_comment_is_marked_as_checked_and_no_longer(self, desk, make_comment):
        comment = make_comment(State.PUBLISHED)

        for version, checked in ((1, "1"), (2, "0")):
            assert desk.post(address(comment, "check/"), {"version": version, "checked": checked}).status_code == 302
            comment.refresh_from_db()
            assert comment.is_checked is (checked == "1")
        assert desk.post(address(comment, "check/"), {"version": 1, "checked": "1"}).status_code == 409
        assert desk.post(address(comment, "check/"), {"version": 3, "checked": "maybe"}).status_code == 422


@pytest.mark.django_db
class TestScripts:
    def test_script_is_told_what_was_stored_and_where_it_goes_on(self, desk, make_comment):
        first, second = make_comment(name="Ruth"), make_comment()

        answer = desk.post(
            address(first, "decide/", "?view=card"), {"to": "spam", "version": 1}, headers={"x-requested-with": "fetch"}
        )

        assert answer.json() == {
            "ok": True,
            "message": "Ruth’s comment: Spam.",
            "undo_url": f"/admin/reader-comments/decisions/{Decision.objects.get().pk}/undo/?state=pending&view=card",
            "next_url": address(second, query="?state=pending&view=card"),
            "state": "spam",
        }

    @pytest.mark.parametrize(("fields", "status"), [({"to": "famous"}, 422), ({"version": 9}, 409)])
    def test_script_is_told_why_nothing_was_stored(self, desk, make_comment, fields, status):
        answer = desk.post(
            address(make_comment(), "decide/"),
            {"to": "spam", "version": 1} | fields,
            headers={"accept": "application/json"},
        )

        assert (answer.status_code, answer.json()["ok"], answer.json()["status"]) == (status, False, status)
        assert answer.json()["message"]
        assert (answer.json()["state"], answer.json()["version"]) == ("pending", 1)


@pytest.mark.django_db
def test_decision_on_words_that_their_author_changed_says_so(desk, make_comment):
    comment = make_comment(text="Harmless")
    verdict = Verdict(state=State.PENDING)
    actions.edit(comment=comment, reader=comment.reader, text="Harmful", verdict=verdict, version=1, now=NOON)

    answer = desk.post(address(comment, "decide/"), {"to": "published", "version": 1})

    assert answer.status_code == 409
    assert "Harmful" in answer.content.decode()
    assert "decided on" not in answer.content.decode()
