"""Imports of many articles: read and made piece by piece, stopped, gone on with, and what is left of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import tasks
from articles.actions import lock_articles
from articles.actions.importing import give_up_imports
from articles.desk.importing import making, reading, starting
from articles.exchange.documents import Restored
from articles.models import ArticlePage, ImportItem, ImportRun
from articles.models.import_run import private_storage
from tests.articles.importing.conftest import address, decide, move, paste, upload, zipped

pytestmark = pytest.mark.django_db


def article_text(number: int) -> str:
    return f"# Kettle number {number}\n\nSteam needs a way out, {number} times over.\n"


def texts(count: int) -> bytes:
    return zipped(*(article_text(number) for number in range(1, count + 1)))


def page_of(client, run, query: str = "") -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/admin/articles/imports/{run.public_id}/{query}").content, "html.parser")


def titles() -> list[str]:
    return sorted(page.title for page in ArticlePage.objects.all())


class Record:
    """A record of an export that needs its `file`."""

    place = title = "Record"

    def __init__(self, file: Path) -> None:
        self.file = file

    def restore(self, *, dry_run: bool) -> Restored:
        return Restored(status="created" if self.file.exists() else "refused")


@pytest.fixture
def run(by_editor) -> ImportRun:
    """Three articles that wait, and a file that is none."""
    upload(by_editor, zipped(*map(article_text, (1, 2, 3)), "\n"), "kettles.zip")
    return ImportRun.objects.get()


class TestReading:
    def test_several_articles_lead_to_the_list(self, by_editor):
        response = upload(by_editor, texts(2), "kettles.zip")

        run = ImportRun.objects.get()
        assert response.url == f"/admin/articles/imports/{run.public_id}/"
        assert run.state == "waiting"
        links = [link.text for link in page_of(by_editor, run).select(".import-items th a")]
        assert links == ["Kettle number 1", "Kettle number 2"]

    def test_entry_that_cannot_be_read_is_told_and_stops_nothing(self, by_editor, run):
        refused = run.items.get(state="refused")

        shown = page_of(by_editor, run, "?show=refused").select_one(".import-items tbody tr").text
        assert refused.reason in shown
        assert "04.md" in shown
        assert run.items.filter(state="waiting").count() == 3

    def test_killed_reading_goes_on_where_it_stood(self, by_editor, monkeypatch):
        monkeypatch.setattr(starting, "SMALL", 0)
        monkeypatch.setattr(reading, "CHUNK", 2)
        upload(by_editor, texts(5), "kettles.zip")
        run = ImportRun.objects.get()
        real, calls = reading.keep_read, []

        def killed(**fields):
            calls.append(fields["read"])
            if len(calls) == 2:
                raise KeyboardInterrupt
            return real(**fields)

        monkeypatch.setattr(reading, "keep_read", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.go_on_with_import.func(run.pk)
        assert run.items.count() == 2

        for _time in range(2):  # the second time there is nothing left to do
            tasks.go_on_with_import.func(run.pk)

        run.refresh_from_db()
        assert list(run.items.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
        assert (run.state, run.read) == ("waiting", 5)

    def test_mistake_of_a_reader_ends_the_reading_with_a_sentence(self, by_editor, monkeypatch):
        def broken(*_args, **_kwargs):
            raise ZeroDivisionError
            yield

        monkeypatch.setattr(reading, "read_file", broken)

        response = upload(by_editor, texts(2), "kettles.zip")

        assert response.status_code == 422
        assert "The file could not be read any further." in response.content.decode()

    def test_entry_is_judged_while_its_files_are_there(self, as_user, admin, monkeypatch, tmp_path):
        def records(*_args, **_kwargs):
            file = tmp_path / "unpacked"
            file.touch()
            yield Record(file)
            file.unlink()

        monkeypatch.setattr(reading, "read_file", records)

        upload(as_user(admin), b"x", "export.zip")

        assert ImportItem.objects.get().report == {"plan": "created"}

    def test_file_sent_again_updates_its_article_and_a_pasted_text_is_another(self, by_editor, editor):
        for text in ("Steam needs a way out.", "Steam needs a narrow way out."):
            upload(by_editor, f"# Kettles\n\n{text}\n".encode(), "kettle.md")
            move(by_editor, ImportRun.objects.latest("pk"), "make")
        paste(by_editor, "Kettles\n\nSteam sings.")
        move(by_editor, ImportRun.objects.latest("pk"), "make")

        runs = ImportRun.objects.order_by("pk")
        states = [(item.state, item.foreign_id, item.document["path"]) for item in ImportItem.objects.order_by("pk")]
        assert states == [
            ("created", f"upload/{editor.pk}/kettle.md", "kettle.md"),
            ("updated", f"upload/{editor.pk}/kettle.md", "kettle.md"),
            ("created", f"pasted/{runs[2].public_id}", "Kettles"),
        ]


class TestMaking:
    def test_all_become_drafts_of_whoever_began_it(self, by_editor, editor, run):
        move(by_editor, run, "make")

        run.refresh_from_db()
        assert titles() == ["Kettle number 1", "Kettle number 2", "Kettle number 3"]
        assert set(ArticlePage.objects.values_list("live", "owner")) == {(False, editor.pk)}
        assert run.state == "finished"
        assert list(run.items.values_list("state", flat=True)) == ["created"] * 3 + ["refused"]

    def test_killed_at_any_article_goes_on_without_making_one_twice(self, by_editor, run, monkeypatch):
        monkeypatch.setattr("articles.desk.importing.progress.MADE_AT_ONCE", 0)
        move(by_editor, run, "make")
        calls = []

        def killed():
            calls.append(1)
            if len(calls) % 2 == 0:
                raise KeyboardInterrupt
            return lock_articles()

        monkeypatch.setattr(making, "lock_articles", killed)
        for _time in range(2):
            with pytest.raises(KeyboardInterrupt):
                tasks.go_on_with_import.func(run.pk)
        tasks.go_on_with_import.func(run.pk)

        run.refresh_from_db()
        assert run.state == "finished"
        assert titles() == ["Kettle number 1", "Kettle number 2", "Kettle number 3"]

    def test_stopped_stays_where_it_is_until_it_goes_on(self, by_editor, run, monkeypatch):
        monkeypatch.setattr("articles.desk.importing.progress.MADE_AT_ONCE", 1)
        move(by_editor, run, "make")
        move(by_editor, run, "stop")

        tasks.go_on_with_import.func(run.pk)
        assert titles() == ["Kettle number 1"]

        move(by_editor, run, "go_on")
        tasks.go_on_with_import.func(run.pk)
        assert len(titles()) == 3

    def test_reviewed_item_keeps_what_was_decided(self, by_editor, run):
        item = run.items.get(number=2)
        decide(by_editor, item, "details", title="The Second")

        move(by_editor, run, "make")

        assert titles() == ["Kettle number 1", "Kettle number 3", "The Second"]

    def test_one_article_that_fails_is_refused_with_its_reason(self, by_editor, run):
        item = run.items.get(number=2)
        # What no reader makes: lines are given that are not there.
        ImportItem.objects.filter(pk=item.pk).update(given=[{"first": 99, "last": 99, "kind": "text", "fields": {}}])

        move(by_editor, run, "make")

        item.refresh_from_db()
        assert item.state == "refused"
        assert item.reason
        assert titles() == ["Kettle number 1", "Kettle number 3"]


def test_list_takes_as_many_queries_for_many_as_for_one(by_editor):
    counts = []
    for count in (2, 5):
        upload(by_editor, texts(count), "kettles.zip")
        run = ImportRun.objects.order_by("-pk").first()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page_of(by_editor, run)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_file_that_is_too_large_is_refused_in_words(by_editor, settings):
    settings.IMPORT_MAX_BYTES = 100

    response = upload(by_editor, b"x" * 101, "kettles.txt")

    assert response.status_code == 422
    assert (
        "“kettles.txt” is 101 bytes large; at most 100 bytes can be imported here."
        in response.content.decode().replace("\xa0", " ")
    )


def test_item_of_a_finished_import_shows_its_report(by_editor, run):
    move(by_editor, run, "make")

    report = by_editor.get(address(run.items.get(number=1)))

    assert report.status_code == 200
    assert "Created" in report.content.decode()


def test_import_that_nobody_made_drafts_of_is_given_up_and_its_upload_goes(by_editor):
    upload(by_editor, zipped("# One\n\nText.", "# Two\n\nText."), "two.zip")
    run = ImportRun.objects.get()
    name = run.file.name
    assert name
    assert private_storage().exists(name)
    now = timezone.now()

    assert give_up_imports(begun_before=run.started_at, now=now) == 0
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert give_up_imports(begun_before=now, now=now) == 1

    run.refresh_from_db()
    assert (run.state, run.file.name) == (ImportRun.State.FINISHED, "")
    assert not private_storage().exists(name)
    assert {item.state for item in run.items.all()} == {ImportItem.State.DROPPED}


@pytest.mark.parametrize("do", ["undo", "details", "make", "merge", ""])
def test_nothing_is_decided_about_a_record_that_comes_back_or_an_item_that_is_refused(by_editor, run, do):
    refused = run.items.get(state="refused")
    record = ImportItem.objects.create(run=run, number=9, place="line 2", document={"is_restored": True})

    assert decide(by_editor, refused, do).status_code == 409
    answer = decide(by_editor, record, do)

    assert answer.status_code == 409
    assert "there is nothing to decide about it" in answer.content.decode()
