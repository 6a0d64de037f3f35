"""What a benchmark measured, how it is kept, and that the page about it says nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks import report, web_server
from benchmarks.figures import ALMANAC, Figure
from benchmarks.results import Machine, Result, Target, append, kept
from benchmarks.targets import results

MACHINE = Machine(cores=2, load=0.5, fsync_ms=0.2, python="3.11.7", database="SQLite 3.40.1", commit="c0ffee1")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RESULT = Result(
    suite="bench",
    name="a page",
    value=12_345.678,
    unit="req/s",
    spread=(11_000, 13_000.4),
    beside="a file",
    beside_value=10_000,
    target=Target("≥", 0.95, of="ratio"),
    date=NOON,
)


def page_of(*given: Result, machine: Machine = MACHINE) -> str:
    records = [result.record(machine) for result in given]
    return report.drawn_page("<!-- drawn: bench -->\n<!-- end -->", records)


def test_page_and_plots_are_what_the_kept_results_draw():
    assert report.complaints() == []


def test_figure_written_by_hand_is_a_complaint(tmp_path, monkeypatch):
    page = tmp_path / "docs" / "benchmarks.md"
    page.parent.mkdir()
    page.write_text(report.PAGE.read_text() + "\nA page takes 14 ms, which is 3 × better.\n")
    monkeypatch.setattr(report, "PAGE", page)
    monkeypatch.setattr(report, "ROOT", tmp_path)
    monkeypatch.setattr(report, "IMAGES", tmp_path / "docs" / "images")
    monkeypatch.setattr(report, "kept", list)

    assert report.complaints()[-2:] == [
        "docs/benchmarks.md says 14 ms by hand.",
        "docs/benchmarks.md says 3 × by hand.",
    ]


def test_result_is_kept_as_one_line_with_all_that_it_depends_on(tmp_path):
    path = tmp_path / "results.json"
    append(RESULT, machine=MACHINE, path=path)
    append(replace(RESULT, name="another"), machine=MACHINE, path=path)

    assert [line[:2] for line in path.read_text().splitlines()] == ["[", '{"', '{"', "]"]
    assert kept(path)[0] == {
        "suite": "bench",
        "name": "a page",
        "value": 12350,
        "unit": "req/s",
        "spread": [11000, 13000],
        "beside": "a file",
        "beside_value": 10000,
        "ratio": 1.235,
        "target": "≥ 0.95 ×",
        "reached": True,
        "date": "2026-11-23T12:00:00+00:00",
        "machine": vars(MACHINE),
    }


@pytest.mark.parametrize(
    ("target", "value", "ratio", "is_reached"),
    [
        (Target("≤", 2), 2, None, True),
        (Target("≤", 2), 2.01, 0.1, False),
        (Target("≥", 0.95, of="ratio"), 1, 0.95, True),
        (Target("≥", 0.95, of="ratio"), 1, 0.94, False),
    ],
)
def test_target_is_of_the_value_or_of_the_ratio(target, value, ratio, is_reached):
    assert target.is_reached(value=value, ratio=ratio) is is_reached


def test_target_of_a_ratio_needs_something_beside():
    with pytest.raises(ValueError, match="beside"):
        replace(RESULT, beside=None, beside_value=None, ratio=None).reached  # noqa: B018


def test_ratio_is_the_median_of_rounds_that_were_taken_together():
    ours = Figure.median(ALMANAC, "a page", [100, 50, 30], "req/s")
    file = Figure.median("a file", "a page", [100, 100, 10], "req/s")
    (result,) = results([ours, file], suite="bench", database="SQLite 3")

    assert (result.value, result.beside_value, result.ratio) == (50, 100, 1)


def test_page_shows_the_newest_result_of_each_kind_of_database():
    older = replace(RESULT, value=1, date=NOON - timedelta(days=1))
    other = replace(MACHINE, database="PostgreSQL 15.20")
    records = [RESULT.record(MACHINE), older.record(MACHINE), replace(older, value=2).record(other)]
    page = report.drawn_page("<!-- drawn: bench -->\n<!-- end -->", records)

    assert [line.split(" | ")[1] for line in page.splitlines() if line.startswith("| a page")] == [
        "12,350 req/s (11,000 … 13,000)",
        "2 req/s (11,000 … 13,000)",
    ]


def test_page_says_what_is_missed_and_on_what_machine():
    page = page_of(replace(RESULT, value=9_000, ratio=None))

    assert "| a page | 9,000 req/s (11,000 … 13,000) | a file: 10,000 req/s | 0.9 × | ≥ 0.95 × | **missed** |" in page
    assert "Measured on 23 November 2026: 2 cores, load 0.5 before the run, 0.2 ms for an fsync, Python 3.11.7" in page


def test_plot_tells_in_words_what_it_shows():
    files = report.drawn("<!-- drawn: plots -->\n<!-- end -->", [RESULT.record(MACHINE)])
    words = "Requests answered a second, more is better. a page: 12,350 req/s; a file: 10,000 req/s."

    assert files[report.PAGE] == (f"<!-- drawn: plots -->\n\n![{words}](images/benchmark-delivery.svg)\n\n<!-- end -->")
    assert f'<desc id="description">{words}</desc>' in files[report.IMAGES / "benchmark-delivery.svg"]


def test_site_file_of_nginx_can_be_run_over_plain_http_elsewhere(tmp_path):
    text = web_server.deployed(data=tmp_path, port=8420, app=8421, headers=tmp_path / "headers.conf")

    assert [line.strip() for line in text.splitlines() if line.strip().startswith("listen")] == [
        "listen 127.0.0.1:8420;"
    ]
    assert "server 127.0.0.1:8421;" in text
    assert f"include {tmp_path / 'headers.conf'};" in text
    assert "/var/" not in text
