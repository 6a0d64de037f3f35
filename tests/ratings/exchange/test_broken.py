"""What is wrong with a record is said with its place; the others go on. What is hostile stays inert."""

from __future__ import annotations

import json
import sqlite3

import pytest

from ratings.exchange.formats import read_comments
from ratings.markup import comment_html
from ratings.models import Comment
from tests.ratings.exchange import samples
from tests.ratings.recount import wrong_numbers

pytestmark = pytest.mark.django_db

BOMB = '<!DOCTYPE disqus [<!ENTITY a "aaaa">]>\n'


def lines(*records: dict, **fields) -> str:
    common = {"addresses": ["/why-the-kettle-whistles/"], "source": "old", "state": "published", "text": "Hot"}
    common |= {"written_at": "2019-05-01T10:00:00Z"} | fields
    return "".join(json.dumps(common | record) + "\n" for record in records)


def test_each_broken_record_is_quarantined_with_its_line_and_its_reason(tmp_path, article, bring_in):
    path = tmp_path / "comments.ndjson"
    path.write_text(
        lines({"foreign_id": "1"})
        + "{broken\n"
        + lines(
            {"foreign_id": "2", "text": " "},
            {"foreign_id": "3", "written_at": "0000-00-00T00:00:00Z"},
            {"foreign_id": "4", "written_at": "9999-01-01T00:00:00Z"},
            {"foreign_id": "5", "text": "x" * 5001},
            {"foreign_id": "6", "parent": "unknown"},
            {"foreign_id": "7", "parent": "8"},
            {"foreign_id": "8", "parent": "7"},
            {"foreign_id": "9", "parent": "5"},
            {"foreign_id": "1"},
            {"foreign_id": "10", "state": "approved"},
            {"foreign_id": "11", "parent": "1"},
        )
    )

    report, quarantined = bring_in(path)

    assert (report["created"], report["refused"]) == (2, 11)
    told = {line["place"]: line["reason"] for line in quarantined}
    assert told == {
        "line 2": "The line is no JSON.",
        "line 3": "Please write something before you send it.",
        "line 4": "It does not say when it was written, or the date cannot be read.",
        "line 5": "It cannot have been written on 9999-01-01.",
        "line 6": told["line 6"],
        "line 7": "What it answers is missing, or was refused itself.",
        "line 8": "It answers itself, in a circle of answers.",
        "line 9": "It answers itself, in a circle of answers.",
        "line 10": "What it answers is missing, or was refused itself.",
        "line 11": "Its id stands twice: first at line 1.",
        "line 12": "Its state, kind or badge is none that there is.",
    }
    assert "5,001" in told["line 6"] or "5001" in told["line 6"]
    assert wrong_numbers() == []


def test_quarantine_is_imported_once_it_is_mended(tmp_path, article, bring_in):
    path = tmp_path / "comments.ndjson"
    path.write_text(lines({"foreign_id": "1", "text": ""}, {"foreign_id": "2", "parent": "1", "text": "Yes"}))
    _report, quarantined = bring_in(path)
    mended = tmp_path / "mended.ndjson"
    mended.write_text("".join(json.dumps(line | {"text": line["text"] or "Hot?"}) + "\n" for line in quarantined))

    report, quarantined = bring_in(mended)

    assert (report["created"], quarantined) == (2, [])
    assert Comment.objects.get(text="Yes").parent == Comment.objects.get(text="Hot?")


def test_torn_export_keeps_what_stands_before_the_tear(tmp_path, article, bring_in):
    path = samples.disqus(tmp_path)
    path.write_text(path.read_text().partition('<post dsq:id="3">')[0] + "<post & ")

    report, quarantined = bring_in(path)

    assert report["created"] == 2
    assert [(line["place"], line["reason"]) for line in quarantined] == [
        ("line 13", "The file is torn here: not well-formed (invalid token)")
    ]


def test_entities_are_refused_with_their_line(tmp_path, article, bring_in):
    path = samples.disqus(tmp_path)
    path.write_text(path.read_text().replace("<disqus", BOMB + "<disqus", 1))

    report, _quarantined = bring_in(path)

    assert report == {"refused": "Line 2: the file declares a document type or an entity, which no export does."}


def test_database_that_is_a_program_is_refused(tmp_path, article, bring_in):
    path = tmp_path / "comments.db"
    database = sqlite3.connect(path)
    database.executescript("CREATE TABLE threads (id, uri); CREATE VIEW comments AS SELECT 1;")
    database.close()

    assert bring_in(path)[0] == {"refused": "This database is not one of Isso."}


def test_hostile_words_stay_words(tmp_path, article, bring_in):
    hostile = (
        "<p><a href='javascript:alert(1)'>click</a> &lt;img src=x onerror=y&gt; {{ 7*7 }}</p><script>no()</script>"
    )
    path = samples.disqus(tmp_path)
    path.write_text(path.read_text().replace("<p>Does it whistle?</p>", hostile).replace("Ada", "&lt;b&gt;Ada"))

    bring_in(path)

    comment = Comment.objects.order_by("pk").first()
    assert comment.name == "<b>Ada"
    assert comment_html(comment.text) == "<p>click &lt;img src=x onerror=y&gt; {{ 7*7 }}</p>\n"


def test_no_line_of_any_length_or_depth_stops_the_reading(tmp_path):
    path = tmp_path / "comments.ndjson"
    path.write_text("[" * 100_000 + "\n" + '{"text": "' + "x" * 2_000_000 + '"}\n' + lines({"foreign_id": "1"}))

    entries = list(read_comments(path, format_name="ndjson"))

    assert [entry.place for entry in entries] == ["line 1", "line 2", "line 3"]
    assert [getattr(entry, "reason", "") for entry in entries] == ["The line is no JSON.", "The line is too long.", ""]
