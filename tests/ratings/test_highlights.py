"""What the editors lift out: the pinned comment, and their picks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import PageLogEntry

from ratings import actions
from ratings.models import Act, Comment, State
from ratings.moderation.judge import Verdict
from ratings.selection import Selection
from ratings.thread import responses_to
from tests.conftest import NOON
from tests.ratings.reading import page_of

OTHER_STATES = [state for state in State if state != State.PUBLISHED]


def pinned() -> list[str]:
    return list(Comment.objects.filter(is_pinned=True).values_list("text", flat=True))


class TestPin:
    @pytest.fixture
    def pin(self, moderator):
        return lambda comment, pinned=True: actions.pin(now=NOON, comment=comment, pinned=pinned, moderator=moderator)

    def test_one_comment_of_an_article_is_pinned_the_latest(self, make_comment, pin):
        first, second = (make_comment(State.PUBLISHED, text=text) for text in ("first", "second"))
        pin(first)
        pin(second)

        assert pinned() == ["second"]

    def test_every_article_has_its_own(self, make_comment, make_article, pin):
        pin(make_comment(State.PUBLISHED, text="here"))
        pin(make_comment(State.PUBLISHED, text="there", article=make_article("Another One")))

        assert sorted(pinned()) == ["here", "there"]

    def test_it_can_be_let_go(self, make_comment, pin):
        comment = make_comment(State.PUBLISHED)
        pin(comment)
        pin(comment, pinned=False)

        assert pinned() == []

    def test_letting_go_of_what_is_not_pinned_leaves_the_other(self, make_comment, pin):
        first, second = (make_comment(State.PUBLISHED, text=text) for text in ("first", "second"))
        pin(first)
        pin(second, pinned=False)

        assert pinned() == ["first"]

    @pytest.mark.parametrize("state", OTHER_STATES)
    def test_what_is_not_published_is_not_pinned(self, make_comment, pin, state):
        comment = make_comment(state)
        with pytest.raises(actions.ParentGone):
            pin(comment)

    def test_reply_is_not_pinned(self, make_comment, pin):
        reply = make_comment(State.PUBLISHED, parent=make_comment(State.PUBLISHED))
        with pytest.raises(actions.ParentGone):
            pin(reply)

    @pytest.mark.parametrize("state", OTHER_STATES)
    def test_what_goes_out_of_sight_is_pinned_no_more_not_even_when_it_comes_back(self, make_comment, pin, move, state):
        comment = make_comment(State.PUBLISHED)
        pin(comment)
        move(comment, state)

        assert pinned() == []

    def test_history_of_the_article_tells_who_did_it_and_once(self, make_comment, pin, moderator):
        comment = make_comment(State.PUBLISHED)
        pin(comment)
        pin(comment)
        pin(comment, pinned=False)

        found = PageLogEntry.objects.filter(action__startswith="ratings.").order_by("pk")
        assert list(found.values_list("action", "user")) == [
            ("ratings.pin", moderator.pk),
            ("ratings.unpin", moderator.pk),
        ]

    def test_pin_that_takes_another_away_is_one_decision_that_entails_another(self, make_comment, pin):
        first, second = (make_comment(State.PUBLISHED, text=text) for text in ("first", "second"))
        pin(first)
        decision = pin(second)

        entailed = decision.entailed.get()
        assert (entailed.comment, entailed.act, entailed.before) == (first, Act.UNPIN, {"is_pinned": True})
        assert list(Comment.objects.order_by("pk").values_list("version", flat=True)) == [3, 2]

    def test_database_refuses_two(self, make_comment, article):
        for _ in range(2):
            make_comment(State.PUBLISHED)
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.update(is_pinned=True)


class TestPick:
    @pytest.fixture
    def pick(self, moderator):
        return lambda comment, reason="Names its sources.": actions.pick(
            now=NOON, comment=comment, reason=reason, moderator=moderator
        )

    def test_reason_is_shown_with_the_comment(self, make_comment, article, pick):
        pick(make_comment(State.PUBLISHED))

        assert responses_to(article, Selection()).threads[0].comment.pick_reason == "Names its sources."
        assert "Names its sources." in Client().get(article.url).content.decode()

    def test_replies_are_picked_as_well_and_as_many_as_are_good(self, make_comment, pick):
        first = make_comment(State.PUBLISHED)
        for comment in (first, make_comment(State.PUBLISHED, parent=first)):
            pick(comment)

        assert Comment.objects.exclude(pick_reason="").count() == 2

    def test_without_a_reason_it_is_no_pick_any_more(self, make_comment, pick):
        comment = make_comment(State.PUBLISHED)
        pick(comment)
        pick(comment, "")

        assert not Comment.objects.exclude(pick_reason="").exists()

    @pytest.mark.parametrize("state", OTHER_STATES)
    def test_what_is_not_published_is_not_picked(self, make_comment, pick, state):
        comment = make_comment(state)
        with pytest.raises(actions.ParentGone):
            pick(comment)

    def test_reason_of_what_is_hidden_meanwhile_is_not_shown(self, make_comment, article, pick, move):
        first = make_comment(State.PUBLISHED)
        make_comment(State.PUBLISHED, parent=first)
        pick(first)
        move(first, State.HIDDEN)

        assert "Names its sources." not in Client().get(article.url).content.decode()

    def test_history_of_the_article_tells_who_and_why(self, make_comment, pick, moderator):
        comment = make_comment(State.PUBLISHED)
        pick(comment)
        pick(comment, "")

        found = PageLogEntry.objects.filter(action__startswith="ratings.").order_by("pk")
        assert [(entry.action, entry.user, entry.data["reason"]) for entry in found] == [
            ("ratings.pick", moderator, "Names its sources."),
            ("ratings.unpick", moderator, ""),
        ]


class TestVersions:
    @pytest.mark.parametrize(("door", "fields"), [("pin", {"pinned": "1"}), ("pick", {"reason": "Names its sources."})])
    def test_other_words_than_the_moderator_saw_are_neither_pinned_nor_picked(
        self, client, make_comment, moderator, door, fields
    ):
        comment = make_comment(State.PUBLISHED)
        client.force_login(moderator)
        card = page_of(client.get(f"/admin/reader-comments/{comment.pk}/"))
        form = card.select_one(f"form[action*='/{door}/']")
        fields |= {"version": form.select_one("[name=version]")["value"]}
        published = Verdict(state=State.PUBLISHED)
        actions.edit(comment=comment, reader=comment.reader, text="Pills!", verdict=published, version=1, now=NOON)

        answer = client.post(f"/admin/reader-comments/{comment.pk}/{door}/", fields)

        page = answer.content.decode()
        assert (answer.status_code, "Pills!" in page, "data-decision" in page) == (409, True, False)
        assert fields.get("reason", "") in page
        assert list(Comment.objects.values_list("is_pinned", "pick_reason")) == [(False, "")]
