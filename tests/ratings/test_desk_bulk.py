"""Bulk decisions at the desk: preview, progress, stop and undo, and what is refused."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import OperationalError
from django.test import Client
from django_tasks_db.models import DBTaskResult

from ratings import actions, tasks
from ratings.actions import bulks
from ratings.desk import selecting
from ratings.models import Bulk, Comment, Decision, ModeratedSection, State
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

BULKS = "/admin/reader-comments/bulks/"
SPAM = {"to": "spam", "ground": "spam", "reason": "It <b>advertises</b>.", "note": "One wave."}


@pytest.fixture
def desk(client, moderator) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def preview(desk):
    return lambda query="", **fields: desk.post(f"{BULKS}preview/{query}", SPAM | fields)


@pytest.fixture
def confirm(desk):
    """Return a function that sends the preview's form, and returns the page that it leads to."""

    def send(page) -> str:
        answer = desk.post(f"{BULKS}begin/", {"preview": sealed(page)}, follow=True)
        assert answer.status_code == 200
        return words(answer)

    return send


@pytest.fixture
def only_pots(moderator, make_article):
    """An article that is the only one that the moderator looks after."""
    article = make_article("Pots")
    ModeratedSection.objects.create(group=moderator.groups.get(), page=article)
    return article


def sealed(page) -> str:
    return unescape(re.search(r'name="preview" value="([^"]*)"', page.content.decode())[1])


def words(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", unescape(page.content.decode())))


def post(desk: Client, bulk: Bulk, what: str, **fields) -> str:
    answer = desk.post(f"{BULKS}{bulk.public_id}/{what}/", fields, follow=True)
    assert answer.status_code == 200
    return words(answer)


def states() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


class TestPreview:
    def test_it_tells_how_many_of_what_by_whom_and_where_and_decides_nothing(
        self, make_comment, make_article, preview, reader
    ):
        for _ in range(2):
            make_comment(reader=reader, name="Ruth", text="Buy <i>pots</i>!")
        make_comment(article=make_article("Pots"))
        make_comment(State.DELETED)
        page = preview("?state=any", all="1")

        told = words(page)
        assert "3 comments: Spam" in told
        assert "1 will be left alone" in told
        assert "Waiting for review: 3" in told
        assert "Deleted by its author: 1 (left alone)" in told
        assert "Why the Kettle Whistles: 2" in told
        assert "Ruth: 2" in told
        assert "Buy &lt;i&gt;pots&lt;/i&gt;!" in page.content.decode()
        assert "It <b>advertises</b>." in unescape(page.content.decode())
        assert not Bulk.objects.exists()
        assert not Decision.objects.exists()

    def test_queries_are_as_many_for_one_as_for_many(self, make_comment, preview, django_assert_num_queries):
        make_comment()
        preview(all="1")
        for number in (1, 5):
            for _ in range(number):
                make_comment()
            with django_assert_num_queries(PREVIEW_QUERIES):
                preview(all="1")

    @pytest.mark.parametrize(
        ("fields", "warned"),
        [
            ({"ground": "", "reason": ""}, True),
            ({"ground": "abuse", "reason": ""}, False),
            ({"ground": "", "reason": "Sold kettles."}, False),
            ({"to": "published", "ground": "", "reason": ""}, False),
        ],
    )
    def test_it_warns_if_the_authors_will_read_no_reason(self, make_comment, preview, fields, warned):
        make_comment()

        assert ("will read no reason" in words(preview(all="1", **fields))) == warned


PREVIEW_QUERIES = 15
"""Session, user and permissions 4, sections 1, the summary 5, and what the admin asks for each of its pages 4."""


class TestForged:
    @pytest.mark.parametrize("chosen", [["x"], ["1"], ["1.1.1"], ["-1.1"], ["٣.1"], ["9" * 30 + ".1"], ["0.1", ""]])
    def test_nonsense_is_counted_and_left_alone(self, make_comment, preview, chosen):
        comment = make_comment()
        told = words(preview(chosen=[*chosen, f"{comment.pk}.1"]))

        assert "1 comment: Spam" in told
        assert f"{len(chosen)} will be left alone" in told

    def test_stale_versions_and_states_that_allow_no_way_are_left_alone(self, make_comment, preview, confirm, move):
        stale = move(make_comment(), State.PUBLISHED)
        gone = [make_comment(State.DELETED), move(make_comment(), State.ERASED)]
        good = make_comment()
        chosen = [f"{stale.pk}.1", *(f"{each.pk}.{each.version}" for each in gone), f"{good.pk}.1"]

        told = confirm(preview(chosen=chosen))

        assert "Decided: 1 of 3. Left alone: 2." in told
        assert states() == ["published", "deleted", "erased", "spam"]

    def test_comments_of_other_sections_are_neither_shown_nor_decided(self, make_comment, preview, confirm, only_pots):
        theirs, ours = make_comment(text="Kettle secret"), make_comment(article=only_pots)
        for fields in ({"chosen": [f"{theirs.pk}.1", f"{ours.pk}.1"]}, {"all": "1"}):
            page = preview(**fields)
            assert "Kettle secret" not in words(page)

        confirm(page)

        assert states() == ["pending", "spam"]

    @pytest.mark.parametrize(
        ("fields", "query", "told"),
        [
            ({}, "", "No comments are chosen"),
            ({"chosen": ["1.1"] * 501}, "", "At most 500"),
            ({"all": "1", "to": "erased"}, "", "could not be read"),
            ({"all": "1", "to": "deleted"}, "", "could not be read"),
            ({"all": "1", "reason": "x" * 301}, "", "could not be read"),
            ({"all": "1", "ground": "bad"}, "", "could not be read"),
            ({"all": "1"}, "?points=many", "Points"),
        ],
    )
    def test_what_cannot_be_read_is_refused_in_words(self, make_comment, preview, fields, query, told):
        make_comment()
        page = preview(query, **fields)

        assert page.status_code == 422
        assert told in words(page)

    def test_ten_thousand_keys_are_too_many_for_any_form(self, preview):
        assert preview(chosen=[f"{key}.1" for key in range(10_000)]).status_code == 400

    def test_preview_of_somebody_else_of_yesterday_or_made_up_begins_nothing(
        self, make_comment, preview, desk, make_user, monkeypatch
    ):
        make_comment()
        seal = sealed(preview(all="1"))
        other = Client()
        other.force_login(make_user("other", "Comment moderators"))

        refused = [
            other.post(f"{BULKS}begin/", {"preview": seal}),
            *(desk.post(f"{BULKS}begin/", {"preview": forged}) for forged in ("", "x:y:z", seal[:-1] + "!")),
        ]
        monkeypatch.setattr(selecting, "VALID_FOR", -selecting.VALID_FOR)
        refused.append(desk.post(f"{BULKS}begin/", {"preview": seal}))

        assert [answer.status_code for answer in refused] == [422] * 5
        assert not Bulk.objects.exists()


class TestRunning:
    def test_first_chunks_are_made_at_once_and_the_rest_is_left_to_the_worker(
        self, make_comment, preview, confirm, desk, monkeypatch
    ):
        monkeypatch.setattr(bulks, "CHUNK", 1)
        for _ in range(4):
            make_comment()
        told = confirm(preview(all="1"))

        assert "Decided: 2 of 4." in told
        left = DBTaskResult.objects.filter(task_path=tasks.finish_bulk.module_path)
        assert [task.args_kwargs["args"] for task in left] == [[Bulk.objects.get().pk]]
        assert "Decided: 4 of 4." in post(desk, Bulk.objects.get(), "continue")

        tasks.finish_bulk.func(Bulk.objects.get().pk)
        told = words(desk.get(f"{BULKS}{Bulk.objects.get().public_id}/"))
        assert "Left alone: 0." in told
        assert "Finished." in told

    def test_sending_the_preview_twice_is_one_bulk(self, make_comment, preview, confirm):
        make_comment()
        page = preview(all="1")

        for _ in range(2):
            assert "Decided: 1 of 1." in confirm(page)
        assert (Bulk.objects.count(), Decision.objects.count()) == (1, 1)

    def test_database_that_is_busy_in_the_middle_is_no_error_of_what_has_begun(
        self, make_comment, preview, confirm, monkeypatch
    ):
        make_comment()

        def busy(**values):
            raise OperationalError("deadlock detected")

        with monkeypatch.context() as patch:
            patch.setattr(actions, "continue_bulk", busy)
            told = confirm(preview(all="1"))

        assert "Decided: 0 of 1." in told
        assert "Continue now" in told

    def test_stopped_it_ends_where_it_is(self, make_comment, preview, confirm, desk, monkeypatch):
        monkeypatch.setattr(bulks, "CHUNK", 1)
        for _ in range(4):
            make_comment()
        confirm(preview(all="1"))

        assert "Decided: 2 of 4. Left alone: 2." in post(desk, Bulk.objects.get(), "stop")

    def test_bulk_of_a_former_moderator_stands_still_and_says_so(
        self, make_comment, preview, confirm, desk, moderator, admin, monkeypatch
    ):
        monkeypatch.setattr(bulks, "CHUNK", 1)
        for _ in range(4):
            make_comment()
        confirm(preview(all="1"))
        moderator.groups.clear()
        desk.force_login(admin)

        told = post(desk, Bulk.objects.get(), "continue")

        assert "Decided: 2 of 4." in told
        assert "no moderator any more" in told


class TestUndo:
    @pytest.fixture
    def bulk(self, make_comment, preview, confirm) -> Bulk:
        for _ in range(3):
            make_comment()
        confirm(preview(all="1"))
        return Bulk.objects.get()

    def test_it_is_undone_when_it_is_meant(self, desk, bulk):
        assert "Please confirm" in post(desk, bulk, "undo")
        assert set(states()) == {State.SPAM}

        told = post(desk, bulk, "undo", sure="1")

        assert "Undone: 3 of 3" in told
        assert "Undo all of it" not in told
        assert set(states()) == {State.PENDING}

    def test_any_moderator_of_all_its_sections_may_undo_it_and_nobody_else(
        self, bulk, make_user, only_pots, moderator, article
    ):
        other = make_user("other", "Comment moderators")
        client = Client()
        client.force_login(other)
        address = f"{BULKS}{bulk.public_id}/"
        assert client.get(address).status_code == 403
        for what in ("undo", "stop", "continue"):
            assert client.post(f"{address}{what}/", {"sure": "1"}).status_code == 403
        assert words(client.get(BULKS)).count("It <b>advertises</b>.") == 0
        assert set(states()) == {State.SPAM}

        ModeratedSection.objects.create(group=other.groups.get(), page=article)

        assert "Undone: 3 of 3" in post(client, bulk, "undo", sure="1")

    def test_who_began_it_sees_it_but_needs_its_sections_to_undo_it(self, desk, bulk, only_pots):
        address = f"{BULKS}{bulk.public_id}/"

        assert "Undo all of it" not in words(desk.get(address))
        assert desk.post(f"{address}undo/", {"sure": "1"}).status_code == 403
        assert set(states()) == {State.SPAM}

    def test_list_leads_to_every_bulk(self, desk, bulk):
        page = desk.get(BULKS).content.decode()

        assert f'href="{BULKS}{bulk.public_id}/"' in page
        assert "It &lt;b&gt;advertises&lt;/b&gt;." in page


class TestDoors:
    POSTS = ("preview/", "begin/", "{bulk}/continue/", "{bulk}/stop/", "{bulk}/undo/")
    PAGES = ("", "{bulk}/")

    @pytest.fixture
    def address(self, make_comment, moderator):
        make_comment()
        given = {"seen_at": NOON, "until": 10**9, "now": NOON, "moderator": moderator, "selection": {}}
        bulk = actions.begin_bulk(matching=Comment.objects.all(), to=State.SPAM, **given)
        return lambda door: BULKS + door.format(bulk=bulk.public_id)

    @pytest.mark.parametrize("door", [*POSTS, *PAGES])
    def test_nobody_but_moderators_comes_in(self, client, editor, address, door):
        for user in (None, editor):
            if user:
                client.force_login(user)
            ask = client.post if door in self.POSTS else client.get
            assert ask(address(door), {"sure": "1"}).status_code == 302
        bulk = Bulk.objects.get()
        assert bulk.is_running
        assert not bulk.undo_started_at

    @pytest.mark.parametrize("door", POSTS)
    def test_what_writes_does_not_open_by_reading(self, desk, address, door):
        assert desk.get(address(door)).status_code == 405

    def test_guessed_bulk_is_not_found(self, desk, address):
        assert desk.get(f"{BULKS}{'0' * 8}-0000-4000-8000-{'0' * 12}/").status_code == 404
