"""What a machine knows of what it keeps."""

from __future__ import annotations

import pytest

from delivery.kept.index import Cursor, Index

NOW = 1_000_000.0


@pytest.fixture
def index(tmp_path) -> Index:
    return Index(tmp_path / "kept" / "index.sqlite3")


def test_page_shows_what_was_noted_last(index):
    index.keep("/", ["site", "page:1"])
    index.keep("/", ["site", "page:2"])
    index.keep("/kettles/", ["page:2"])

    assert index.showing("page:1") == []
    assert sorted(index.showing("page:2")) == ["/", "/kettles/"]
    index.forget(["/"])
    assert index.showing("site") == []
    assert set(index.names()) == {"/kettles/"}


def test_page_that_is_asked_for_again_while_it_is_made_waits_on(index):
    index.wait({"/": 5})
    (page,) = index.waiting(now=NOW, number=10)
    index.wait({"/": 2})

    index.done(page)

    (again,) = index.waiting(now=NOW, number=10)
    index.done(again)
    assert index.waiting(now=NOW, number=10) == []


def test_what_touches_few_pages_comes_first_and_what_is_postponed_comes_later(index):
    index.wait({"/many/": 90, "/one/": 1, "/later/": 1})
    later = next(page for page in index.waiting(now=NOW, number=10) if page.path == "/later/")
    index.postpone(later, until=NOW + 5)

    assert [page.path for page in index.waiting(now=NOW, number=10)] == ["/one/", "/many/"]
    assert len(index.waiting(now=NOW + 5, number=10)) == 3
    assert index.next_at() == 0


def test_cursor_is_read_as_it_was_written_by_whoever_opens_the_file_next(index):
    cursor = Cursor(newest=9, read_at=NOW, made_at=NOW - 1.5, holes={4: NOW, 7: NOW - 60})

    index.wait({}, cursor=cursor)

    assert Index(index.path).cursor() == cursor


def test_file_that_was_removed_is_made_anew(index):
    index.keep("/", ["site"])
    index.delete()

    assert index.showing("site") == []
    index.keep("/", ["site"])
    assert index.showing("site") == ["/"]


def test_address_that_changes_again_while_it_is_purged_is_purged_again(index):
    index.purge(["/"], now=NOW)
    (purge,) = index.purges(now=NOW, number=10)
    index.purge(["/"], now=NOW + 9)
    index.purged([purge])

    (again,) = index.purges(now=NOW, number=10)
    assert again.since == NOW, "it waits since it was asked for first"
    index.purge_later([again], until=NOW + 60)
    assert index.purges(now=NOW + 59, number=10) == []
    assert index.late_purges(before=NOW + 1) == (1, NOW)


def test_emptied_index_forgets_all_but_the_purges(index):
    index.keep("/", ["site"])
    index.wait({"/": 1}, cursor=Cursor(3, NOW))
    index.purge(["/"], now=NOW)

    index.clear(maker="new code")

    assert (list(index.names()), index.number_waiting(), index.cursor()) == ([], 0, None)
    assert index.maker() == "new code"
    assert len(index.purges(now=NOW, number=1)) == 1
