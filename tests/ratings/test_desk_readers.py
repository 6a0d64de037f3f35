"""The reader's history at hand, the page of one reader, and sanctions from the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from ratings import actions
from ratings.actions import Sender
from ratings.desk import bulks
from ratings.desk.readers import beside, histories
from ratings.models import Comment, Ground, ModeratedSection, Reader, Report, Sanction, SanctionKind, State
from tests.conftest import NOON
from tests.ratings import posting
from tests.ratings.reading import look, page_of, queries_of, words

pytestmark = pytest.mark.django_db

QUERIES_OF_READER = 20
QUERIES_OF_LIST = 15
HOUSE = Sender(network="abcdefghijklmnopqrstuvwxyz")


def silence(reader: Reader, moderator, kind: SanctionKind = SanctionKind.BAN, **fields) -> Sanction:
    fields = {"ground": Ground.ABUSE, "now": timezone.now()} | fields
    return actions.sanction(reader=reader, kind=kind, moderator=moderator, **fields)


class TestHistory:
    def test_it_counts_what_the_reader_did_and_what_became_of_it(
        self, make_comment, make_reader, reader, vote, move, moderator
    ):
        now = timezone.now()
        make_comment(State.PUBLISHED, reader=reader, now=now)
        make_comment(State.PUBLISHED, reader=reader, now=now - timedelta(days=31))
        make_comment(State.SPAM, reader=reader, now=now)
        for state in (State.REJECTED, State.PUBLISHED):
            about = make_comment(State.PUBLISHED)
            actions.report(comment=about, reader=reader, reason=Report.Reason.FALSE, now=now)
            move(about, state, moderator=moderator)
        vote(5, reader=reader)
        silence(reader, moderator, SanctionKind.BAN)

        history = histories([reader.pk], timezone.now())[reader.pk]

        assert history.states == {State.PUBLISHED: 2, State.SPAM: 1}
        assert (history.comments, history.published_lately, history.refused_lately) == (3, 1, 1)
        assert (history.ratings, history.reports, history.reports_upheld) == (1, 2, 1)
        assert history.sanctions == {SanctionKind.BAN: 1}
        assert history.since == reader.created_at

    def test_who_did_nothing_has_zeros(self, reader):
        history = histories([reader.pk], timezone.now())[reader.pk]

        assert (history.comments, history.ratings, history.reports, history.siblings) == (0, 0, 0, 0)
        assert (history.states, history.sanctions) == ({}, {})

    def test_others_who_wrote_from_the_same_networks_are_counted_once_each(self, make_comment, make_reader, reader):
        sibling = make_reader()
        for writer in (reader, reader, sibling, sibling, make_reader()):
            make_comment(reader=writer, sender=HOUSE)
        make_comment(sender=Sender(network="elsewhere"))
        make_comment()

        assert histories([reader.pk], timezone.now())[reader.pk].siblings == 2

    def test_who_wrote_without_a_network_has_no_siblings(self, make_comment, reader):
        make_comment(reader=reader)
        make_comment()

        assert histories([reader.pk], timezone.now())[reader.pk].siblings == 0

    @pytest.mark.parametrize("number", [1, 7])
    def test_any_number_of_readers_takes_one_query(self, make_reader, make_comment, number):
        readers = [make_reader().pk for _ in range(number)]

        with CaptureQueriesContext(connection) as queries:
            found = histories([*readers, 424242], timezone.now())

        assert (sorted(found), len(queries)) == (readers, 1)


@pytest.fixture
def desk(client, moderator) -> Client:
    client.force_login(moderator)
    return client


@pytest.fixture
def of_a_section(moderator, article) -> ModeratedSection:
    """The moderator looks after the section of `article` only."""
    return ModeratedSection.objects.create(group=Group.objects.get(name="Comment moderators"), page=article)


@pytest.fixture
def elsewhere(make_article):
    return make_article("Somewhere else")


def page_address(reader: Reader) -> str:
    return f"/admin/reader-comments/readers/{reader.pk}/"


def give(client: Client, reader: Reader, kind: str, **fields):
    """Send the form of a sanction as the page of the reader shows it now."""
    latest = reader.sanctions.order_by("-pk").values_list("pk", flat=True).first() or 0
    fields = {"kind": kind, "ground": "abuse", "latest": latest} | fields
    return client.post(page_address(reader) + "sanction/", fields)


def lift(client: Client, sanction: Sanction, **fields):
    return client.post(f"/admin/reader-comments/sanctions/{sanction.pk}/lift/", fields)


class TestPageOfOneReader:
    def test_it_shows_what_they_did_and_what_became_of_it(self, desk, make_comment, reader, vote, moderator, move):
        mine = make_comment(State.SPAM, reader=reader, text="Buy *this*", name="Ruth", sender=HOUSE)
        sibling = make_comment(sender=HOUSE)
        reported = make_comment(State.PUBLISHED)
        actions.report(comment=reported, reader=reader, reason=Report.Reason.FALSE, note="Wrong.", now=NOON)
        move(reported, State.HIDDEN, moderator=moderator)
        vote(4, reader=reader)
        silence(reader, moderator, reason="Enough.", note="Seen before.")

        told = words(look(desk, page_address(reader)).select_one("main"))

        for part in ("Buy *this*", "ruth", "Spam", "★ 4 of 5", "Upheld", "Wrong.", "Enough.", "Seen before."):
            assert part.lower() in told.lower(), part
        assert f"Reader {sibling.reader_id}: 1 comment" in told
        assert ("network abcdef" in told, "abcdefg" in told) == (True, False)
        assert mine.email in told

    def test_account_is_named(self, desk, make_user):
        member = actions.admit(user=make_user("ruth"), token="").reader

        assert "Account: ruth" in words(look(desk, page_address(member)).select_one("main"))

    @pytest.mark.parametrize("number", [1, 6])
    def test_it_takes_the_same_queries_for_much_and_for_little(
        self, desk, reader, make_comment, make_article, moderator, no_limits, number
    ):
        for each in range(number):
            under = make_article(f"Kettle {each}")
            make_comment(reader=reader, article=under, sender=HOUSE)
            about = make_comment(State.PUBLISHED, article=under, sender=HOUSE)
            actions.report(comment=about, reader=reader, reason=Report.Reason.FALSE, now=NOON)
            actions.rate(article=under, reader=reader, stars=3, now=NOON)
        for _ in range(number):
            silence(reader, moderator)

        assert queries_of(desk, page_address(reader)) == QUERIES_OF_READER

    @pytest.mark.parametrize("door", ["", "sanction/"])
    @pytest.mark.parametrize("key", [0, 424242, 2**63, 10**30])
    def test_guessed_key_is_not_found(self, desk, door, key):
        address = f"/admin/reader-comments/readers/{key}/{door}"
        answer = desk.post(address, {"kind": "warning", "ground": "abuse", "latest": 0}) if door else desk.get(address)

        assert answer.status_code == 404


class TestSanctioning:
    def test_warning_is_stored_at_once(self, desk, reader, moderator):
        answer = give(desk, reader, "warning", reason="Please be kind.", note="First one.")

        given = Sanction.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, page_address(reader))
        assert (given.kind, given.reason, given.note) == ("warning", "Please be kind.", "First one.")
        assert (given.moderator, given.ends_at) == (moderator, None)

    def test_mute_ends_after_its_days(self, desk, reader):
        give(desk, reader, "mute", days="3")

        given = Sanction.objects.get()
        assert given.ends_at - given.begins_at == timedelta(days=3)

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"kind": "mute"}, "A mute has an end."),
            ({"kind": "mute", "days": "0"}, "greater than or equal to 1"),
            ({"kind": "ban", "days": "9" * 30}, "less than or equal to 3650"),
            ({"kind": "warning", "hide": "hidden"}, "Only a ban hides"),
            ({"kind": "ban", "hide": "erased"}, "not one of the available choices"),
            ({"kind": "warning", "ground": "other"}, "Please say why"),
            ({"kind": "exile"}, "not one of the available choices"),
        ],
    )
    def test_what_makes_no_sense_comes_back_with_what_was_typed(self, desk, reader, fields, told):
        answer = give(desk, reader, **({"note": "Kept."} | fields))

        assert answer.status_code == 422
        page = page_of(answer)
        assert told in words(page.select_one("main"))
        assert words(page.select_one("[name=note]")) == "Kept."
        assert not Sanction.objects.exists()

    @pytest.mark.parametrize("hide", ["hidden", "spam"])
    def test_ban_is_asked_about_with_the_number_of_comments_that_go(self, desk, reader, make_comment, hide):
        comments = [make_comment(State.PUBLISHED, reader=reader), make_comment(reader=reader)]
        make_comment(State.REJECTED, reader=reader)

        question = give(desk, reader, "ban", hide=hide)
        assert "2 comments will be hidden." in words(page_of(question).select_one("main"))
        assert not Sanction.objects.exists()

        desk.post(page_address(reader) + "sanction/", posting.hidden_fields(question) | {"sure": "1"})
        assert {Comment.objects.get(pk=comment.pk).state for comment in comments} == {hide}
        assert Sanction.objects.get().hid.done == 2

    def test_sanction_is_stored_and_so_is_its_end_even_if_the_comments_wait_for_the_worker(
        self, desk, reader, make_comment, monkeypatch
    ):
        def fail(bulk):
            raise OperationalError("locked")

        make_comment(State.PUBLISHED, reader=reader)
        monkeypatch.setattr(bulks, "first_chunks", fail)

        assert give(desk, reader, "ban", hide="hidden", sure="1").status_code == 302
        assert lift(desk, Sanction.objects.get()).status_code == 302
        assert Sanction.objects.get().lifted_at is not None

    def test_lifting_brings_back_what_was_hidden(self, desk, reader, make_comment):
        comment = make_comment(State.PUBLISHED, reader=reader)
        give(desk, reader, "ban", hide="hidden", sure="1")

        answer = lift(desk, Sanction.objects.get(), reason="A mistake.")

        assert (answer.status_code, answer["Location"]) == (302, page_address(reader))
        assert Comment.objects.get(pk=comment.pk).state == State.PUBLISHED
        assert Sanction.objects.get().lifted_reason == "A mistake."

    def test_second_of_two_moderators_is_told_of_the_first_and_keeps_what_was_typed(self, desk, reader, moderator):
        silence(reader, moderator, SanctionKind.WARNING)

        answer = give(desk, reader, "warning", reason="Mine.", latest=0)

        assert answer.status_code == 409
        assert "Somebody else has sanctioned" in words(page_of(answer).select_one("main"))
        assert page_of(answer).select_one(".desk-sanction [name=reason]")["value"] == "Mine."
        assert Sanction.objects.count() == 1
        desk.post(
            page_address(reader) + "sanction/", posting.hidden_fields(answer) | {"kind": "warning", "ground": "abuse"}
        )
        assert Sanction.objects.count() == 2

    def test_fields_that_no_form_has_are_ignored(self, desk, reader, make_reader, moderator):
        other = {"reader": make_reader().pk, "moderator": 1, "lifted_at": "2026-01-01", "hid": 1, "begins_at": "x"}

        desk.post(page_address(reader) + "sanction/", {"kind": "warning", "ground": "abuse", "latest": 0} | other)

        given = Sanction.objects.get()
        assert (given.reader, given.moderator, given.lifted_at, given.hid) == (reader, moderator, None, None)


class TestWhoMay:
    def test_moderator_without_the_permission_sees_and_changes_nothing(self, client, moderator, reader):
        given = silence(reader, moderator)
        moderator.groups.get().permissions.remove(Permission.objects.get(codename="add_sanction"))
        client.force_login(moderator)

        page = look(client, page_address(reader))
        assert (page.select("form[action*=sanction]"), "Sanctions" in words(page)) == ([], True)
        assert give(client, reader, "warning")["Location"] == lift(client, given)["Location"] == "/admin/"
        assert list(Sanction.objects.values_list("lifted_at", flat=True)) == [None]

    def test_editor_who_may_sanction_but_not_moderate_comes_no_further(self, client, editor, reader, moderator):
        editor.user_permissions.add(Permission.objects.get(codename="add_sanction"))
        given = silence(reader, moderator)
        client.force_login(editor)

        for answer in (
            client.get(page_address(reader)),
            client.get("/admin/reader-comments/sanctions/"),
            give(client, reader, "warning"),
            lift(client, given),
        ):
            assert (answer.status_code, answer["Location"]) == (302, "/admin/")
        assert list(Sanction.objects.values_list("lifted_at", flat=True)) == [None]

    def test_door_that_writes_does_not_open_by_reading_nor_without_the_token(self, desk, moderator, reader):
        given = silence(reader, moderator)
        doors = [page_address(reader) + "sanction/", f"/admin/reader-comments/sanctions/{given.pk}/lift/"]
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(moderator)

        assert [desk.get(door).status_code for door in doors] == [405, 405]
        assert [strict.post(door).status_code for door in doors] == [403, 403]

    def test_section_moderator_sees_readers_of_the_section_and_only_what_they_did_there(
        self, desk, of_a_section, reader, make_comment, elsewhere
    ):
        make_comment(reader=reader, text="Here")
        make_comment(reader=reader, text="Elsewhere", article=elsewhere)
        actions.rate(article=elsewhere, reader=reader, stars=1, now=NOON)

        told = words(look(desk, page_address(reader)).select_one("main"))
        assert ("Here" in told, "Elsewhere" in told, "★" in told) == (True, False, False)

    def test_reader_who_wrote_only_elsewhere_is_refused_and_the_attempt_is_kept(
        self, desk, of_a_section, reader, make_comment, elsewhere, moderator
    ):
        make_comment(reader=reader, article=elsewhere)
        given = silence(reader, moderator)

        assert desk.get(page_address(reader)).status_code == 403
        assert not ModelLogEntry.objects.filter(action="ratings.refuse").exists()
        assert [give(desk, reader, "warning").status_code, lift(desk, given).status_code] == [403, 403]
        assert ModelLogEntry.objects.filter(action="ratings.refuse", object_id=str(reader.pk)).count() == 2
        assert list(Sanction.objects.values_list("lifted_at", flat=True)) == [None]

    def test_ban_of_a_section_moderator_hides_in_the_section_only(
        self, desk, of_a_section, reader, make_comment, elsewhere
    ):
        here = make_comment(State.PUBLISHED, reader=reader)
        there = make_comment(State.PUBLISHED, reader=reader, article=elsewhere)

        give(desk, reader, "ban", hide="hidden", sure="1")

        assert [Comment.objects.get(pk=comment.pk).state for comment in (here, there)] == ["hidden", "published"]

    def test_section_moderator_cannot_bring_back_what_was_hidden_elsewhere(
        self, desk, reader, make_comment, elsewhere, request
    ):
        make_comment(State.PUBLISHED, reader=reader)
        there = make_comment(State.PUBLISHED, reader=reader, article=elsewhere)
        give(desk, reader, "ban", hide="hidden", sure="1")
        request.getfixturevalue("of_a_section")

        assert lift(desk, Sanction.objects.get()).status_code == 403
        assert (Sanction.objects.get().lifted_at, Comment.objects.get(pk=there.pk).state) == (None, "hidden")


class TestListOfSanctions:
    ADDRESS = "/admin/reader-comments/sanctions/"

    def listed(self, client: Client, query: str = "") -> list[str]:
        return [words(row.select("td")[0]) for row in look(client, self.ADDRESS + query).select("tbody tr")]

    def test_it_lists_what_is_in_force_and_by_request_what_was(self, desk, make_reader, moderator):
        now = timezone.now()
        silence(make_reader(), moderator, SanctionKind.WARNING)
        silence(make_reader(), moderator, SanctionKind.BAN)
        silence(make_reader(), moderator, SanctionKind.MUTE, now=now - timedelta(2), ends_at=now - timedelta(1))
        lifted = silence(make_reader(), moderator, SanctionKind.PREMODERATION)
        actions.lift(sanction=lifted, moderator=moderator, now=now)

        labels = {kind: str(kind.label) for kind in SanctionKind}
        assert self.listed(desk) == [labels[SanctionKind.BAN], labels[SanctionKind.WARNING]]
        assert self.listed(desk, "?kind=ban") == [labels[SanctionKind.BAN]]
        assert self.listed(desk, "?phase=ended") == [labels[SanctionKind.MUTE]]
        assert self.listed(desk, "?phase=lifted") == [labels[SanctionKind.PREMODERATION]]
        assert self.listed(desk, "?phase=lifted&kind=ban") == []
        assert len(self.listed(desk, "?phase=%00&kind=exile&p=x")) == 2

    def test_section_moderator_sees_readers_of_the_section(
        self, desk, of_a_section, make_comment, elsewhere, moderator
    ):
        silence(make_comment().reader, moderator, SanctionKind.WARNING)
        silence(make_comment(article=elsewhere).reader, moderator, SanctionKind.BAN)

        assert self.listed(desk) == [str(SanctionKind.WARNING.label)]

    @pytest.mark.parametrize("number", [1, 6])
    def test_any_number_takes_the_same_queries(self, desk, make_user, moderator, number):
        for each in range(number):
            silence(actions.admit(user=make_user(f"user-{each}"), token="").reader, moderator)

        assert queries_of(desk, self.ADDRESS) == QUERIES_OF_LIST


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole, whatever the query")
def test_others_on_the_network_are_found_by_the_index_however_many_comments_there_are(db):
    assert "comment_network" in beside(1).explain()
