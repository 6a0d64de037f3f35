"""Making kept pages again when what they show has changed."""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from delivery.kept import keeping
from delivery.kept import refresher as module
from delivery.kept.index import Index
from delivery.kept.keeping import index, keep
from delivery.kept.refresher import (
    LONGEST_ABSENCE,
    LONGEST_TRANSACTION,
    Refresher,
    alone,
)
from delivery.kept.tree import Tree, tree
from freshness.changes import KEPT_FOR, changed, forget_changes
from freshness.collecting import depends_on
from freshness.models import Change
from freshness.parts import kept_part, used_parts
from freshness.tags import SITE, until

pytestmark = pytest.mark.django_db


def kept() -> dict[str, str]:
    """Return what is kept, by its address."""
    return {path: (tree().read(path) or b"").decode() for path in tree().addresses()}


class TestChange:
    def test_machine_that_knows_nothing_makes_every_public_page(self, refresher):
        assert kept() == {"/": "home", "/kettles/": "kettles"}

    def test_only_what_shows_it_is_made_again(self, refresher, world):
        world.put("/kettles/", "new kettles", "site", "page:2")
        changed("page:2")

        assert refresher.finish() == 1
        assert kept() == {"/": "home", "/kettles/": "new kettles"}
        assert world.made == ["/kettles/"]

    def test_page_of_which_nothing_was_known_is_made_at_its_address(self, refresher, world):
        world.put("/new/", "new", "site", "page:3")
        changed("page:3", paths=["/new/"])
        refresher.finish()

        assert kept()["/new/"] == "new"

    def test_withdrawn_page_is_gone_before_anything_is_made(self, refresher, world):
        world.put("/", "home without kettles", "site", "page:1")
        del world.says["/kettles/"]
        changed("page:1")
        changed("page:2", withdraw=True)

        refresher.read_changes()

        assert kept() == {"/": "home"}
        refresher.finish()
        assert kept() == {"/": "home without kettles"}
        assert index().showing("page:2") == []

    def test_page_without_what_was_withdrawn_is_made_again_though_it_is_gone(self, refresher, world):
        """The request that withdraws it removes the file at once; no reader needs to come for a new one."""
        world.put("/", "home without the comment", "site", "page:1")
        changed("page:1", withdraw=True)
        keeping.withdraw(list(Change.objects.all()))
        assert "/" not in kept()

        refresher.finish()

        assert kept()["/"] == "home without the comment"

    def test_page_that_changes_while_it_is_made_is_made_again(self, refresher, world):
        def change_once() -> None:
            world.put("/", "third", "site", "page:1")
            world.while_made = lambda: None
            changed("page:1")

        world.put("/", "second", "site", "page:1")
        world.while_made = change_once
        changed("page:1")
        refresher.finish()

        assert kept()["/"] == "third"
        assert world.made == ["/", "/"]

    def test_page_that_fails_stays_as_it_was_and_holds_up_no_other(self, refresher, world):
        world.broken.add("/")
        world.put("/kettles/", "new kettles", "page:2")
        changed("page:1", "page:2")

        refresher.finish()

        assert kept() == {"/": "home", "/kettles/": "new kettles"}
        assert index().waiting_paths() == {"/"}


class TestPart:
    def test_page_of_a_part_that_is_dropped_in_a_moment_is_not_kept(self, refresher, world):
        """It has seen the change, and shows what was before it."""
        told = {"price": "4"}
        world.shows["/new/"] = set()
        world.says["/new/"] = lambda: kept_part("price", lambda: told["price"])
        keep_price("4")
        told["price"] = "5"
        changed("page:9")

        assert keep(world.render("/new/")) is None
        refresher.read_changes()
        fresh = world.render("/new/")
        assert (keep(fresh), fresh.body) == (True, b"5")

    def test_page_of_a_part_that_holds_is_kept_whatever_else_has_changed(self, refresher, world):
        keep_price("4")
        changed("page:1", SITE)
        world.shows["/new/"] = set()
        world.says["/new/"] = lambda: kept_part("price", lambda: "never made")

        fresh = world.render("/new/")
        assert (keep(fresh), fresh.body) == (True, b"4")
        assert "/new/" in index().showing("page:9")

    def test_request_of_a_reader_s_keeps_no_part(self, refresher):
        """Nothing of it comes near what others read."""
        assert kept_part("price", lambda: "for an editor") == "for an editor"

        with used_parts():
            assert kept_part("price", lambda: "for anybody") == "for anybody"
        assert kept_part("price", lambda: "never made") == "for anybody"

    def test_part_whose_time_is_over_is_made_anew_and_still_known(self, refresher):
        with used_parts():
            kept_part("price", lambda: showing(until(timezone.now() - timedelta(hours=1)), "4"))
        refresher.look_at_clock()
        keep_price("5")

        assert (index().showing("page:9"), index().expired(now=timezone.now())) == (["price"], [])


def keep_price(price: str) -> None:
    with used_parts():
        kept_part("price", lambda: showing("page:9", price))


def showing(tag: str, text: str) -> str:
    depends_on(tag)
    return text


class TestKeys:
    """PostgreSQL gives keys when a row is written, and shows the rows when they are committed: not in that order."""

    def test_change_that_is_committed_late_is_not_lost(self, refresher, world):
        newest = index().cursor().newest
        Change.objects.create(pk=newest + 3, tag="page:1")
        refresher.finish()
        world.put("/kettles/", "late kettles", "page:2")
        Change.objects.create(pk=newest + 2, tag="page:2")
        refresher.finish()

        assert kept()["/kettles/"] == "late kettles"
        assert set(index().cursor().holes) == {newest + 1}

    def test_nor_is_one_that_was_under_way_when_the_machine_began(self, machine, world):
        Change.objects.create(pk=2_000, tag=SITE)
        world.put("/", "home", "page:1")
        refresher = Refresher()
        refresher.finish()
        world.put("/", "new home", "page:1")
        Change.objects.create(pk=1_999, tag="page:1")
        refresher.finish()

        assert kept() == {"/": "new home"}

    def test_key_of_a_transaction_that_was_rolled_back_is_not_waited_for_for_ever(self, refresher, monkeypatch):
        newest = index().cursor().newest
        Change.objects.create(pk=newest + 2, tag="page:1")
        refresher.finish()
        assert set(index().cursor().holes) == {newest + 1}

        later = module.time.time() + LONGEST_TRANSACTION + 1
        monkeypatch.setattr(module.time, "time", lambda: later)
        refresher.read_changes()

        assert index().cursor().holes == {}

    def test_change_that_was_rolled_back_never_was(self, refresher, world):
        def change_and_fail() -> None:
            with transaction.atomic():
                changed("page:1")
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            change_and_fail()

        assert refresher.finish() == 0


class TestBeginning:
    """A machine that may have missed something empties its tree: what it does not know of is stale for ever."""

    @pytest.fixture
    def rebuilt(self, refresher, world):
        """Return whether the next turn makes everything anew."""

        def ask() -> bool:
            world.made.clear()
            refresher.finish()
            return {"/", "/kettles/"} <= set(world.made)

        return ask

    def test_machine_that_was_away_for_longer_than_changes_are_kept(self, rebuilt, refresher, monkeypatch):
        changed(SITE)
        refresher.finish()
        changed("page:2")
        later = timezone.now() + KEPT_FOR + timedelta(minutes=1)
        forget_changes(now=later)
        monkeypatch.setattr(module.time, "time", later.timestamp)

        assert rebuilt()

    def test_quiet_day_is_no_absence(self, rebuilt, refresher, monkeypatch):
        changed("page:2", "page:1")
        refresher.finish()
        now = module.time.time()
        for hours in range(30):
            later = now + hours * 3600
            monkeypatch.setattr(module.time, "time", lambda: later)  # noqa: B023  # called before the next
            forget_changes(now=timezone.now() + timedelta(hours=hours))
            assert not rebuilt(), f"after {hours} hours"
        assert not Change.objects.filter(tag="page:2").exists()
        assert LONGEST_ABSENCE < 30 * 3600

    def test_backup_was_restored_that_knows_less(self, rebuilt, refresher):
        changed("page:1", "page:2")
        refresher.finish()
        Change.objects.latest("pk").delete()

        assert rebuilt()

    def test_backup_was_restored_and_went_another_way(self, rebuilt, refresher):
        changed("page:1")
        refresher.finish()
        changed("page:2")
        other = Change.objects.get(tag="page:1")
        Change.objects.filter(pk=other.pk).update(made_at=other.made_at - timedelta(hours=3))

        assert rebuilt()

    def test_pages_were_made_by_other_code(self, rebuilt, monkeypatch):
        assert not rebuilt()
        for where in (module, keeping):
            monkeypatch.setattr(where, "maker", lambda: "new code")

        assert rebuilt()

    def test_index_cannot_be_read(self, rebuilt, machine):
        index().delete()
        index().path.write_bytes(b"not a database at all" * 100)

        keeping.throw_away()

        assert rebuilt()


def test_pages_of_other_code_are_served_until_each_is_made_again(refresher, world, monkeypatch):
    for where in (module, keeping):
        monkeypatch.setattr(where, "maker", lambda: "new code")
    keep_price("by old code")
    world.put("/kettles/", "by new code", "page:2")

    refresher.read_changes()

    assert kept() == {"/": "home", "/kettles/": "kettles"}
    assert keeping.parts.read("price") is None
    refresher.finish()
    assert kept() == {"/": "home", "/kettles/": "by new code"}


def test_change_between_the_last_look_and_the_note_of_what_is_shown_is_not_lost(kept_pages, world, monkeypatch):
    """A page that is kept for the first time, and a comment on it that is hidden in that very moment."""
    world.put("/", "with the comment", "responses:1")
    refresher, note, readers = Refresher(), Index.keep, []
    world.says, says = {}, world.says
    refresher.finish()
    world.says = says

    def hide_and_note(self: Index, name: str, tags: Iterable[str]) -> None:
        if not readers:
            changed("responses:1")
            readers.append(threading.Thread(target=lambda: (refresher.read_changes(), connection.close())))
            readers[0].start()
            readers[0].join(0.5)
        note(self, name, tags)

    monkeypatch.setattr(Index, "keep", hide_and_note)
    keep(world.render("/"))
    readers[0].join()

    assert index().waiting_paths() == {"/"}


def test_page_that_cannot_be_kept_holds_up_no_other(refresher, world, monkeypatch):
    world.put("/" + "字" * 90 + "/", "its name is too long for a file", "page:1")
    index().wait(dict.fromkeys(world.says, 1))

    refresher.finish()

    assert index().waiting_paths() == {"/" + "字" * 90 + "/"}


def test_old_process_keeps_nothing_among_what_new_code_has_made(refresher, world, monkeypatch):
    world.put("/late/", "by old code", "page:3")
    monkeypatch.setattr(keeping, "maker", lambda: "old code")

    assert keep(world.render("/late/")) is None


def test_second_refresher_leaves_it_to_the_first(refresher, world):
    changed("page:1")
    with alone() as is_alone:
        assert is_alone

        assert refresher.finish() == 0
    assert refresher.finish() == 1


class TestFullDisk:
    """Better no file than one that is not true."""

    def test_page_that_cannot_be_replaced_is_gone(self, refresher, world, monkeypatch, caplog):
        def full(*arguments: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Tree, "replace", full)
        monkeypatch.setattr(keeping, "_silent_until", 0)
        world.put("/", "new home", "page:1")
        world.put("/kettles/", "new kettles", "page:2")
        changed("page:1", "page:2")
        refresher.finish()

        assert kept() == {}
        assert index().waiting_paths() == {"/", "/kettles/"}
        assert len([record for record in caplog.records if "cannot be kept" in record.message]) == 1

    def test_pages_of_changes_that_cannot_be_noted_are_gone(self, refresher, monkeypatch):
        def full(*arguments: object, **values: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        monkeypatch.setattr(type(index()), "wait", full)
        changed("page:1")
        with pytest.raises(sqlite3.OperationalError):
            refresher.turn()

        assert kept() == {"/kettles/": "kettles"}
