"""Counting in requests: in memory, then in files, then in the database by the worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from findable import counting
from findable.counting import Counted, Counter, collected
from tests.processes import START_DJANGO, environment


@pytest.fixture
def kettles(settings, tmp_path, monkeypatch) -> Counter:
    """A counter whose files lie in a folder of their own."""
    settings.DATA = tmp_path
    monkeypatch.setattr(counting, "counters", [])
    return Counter("kettles")


def everything() -> list[Counted]:
    with collected("kettles") as counted:
        return counted


def files() -> list[Path]:
    return counting.files_in(counting.folder_of("kettles"))


def test_what_was_counted_is_added_up_over_all_files(kettles):
    kettles.count("red", "from the shop")
    kettles.count("blue")
    kettles.flush()
    kettles.count("red")
    kettles.flush()
    assert len(files()) == 2

    assert everything() == [Counted(key="blue", number=1), Counted(key="red", number=2, note="from the shop")]
    assert everything() == []


def test_what_the_database_refused_is_there_the_next_time(kettles):
    kettles.count("red")
    kettles.flush()

    def fail() -> None:
        with collected("kettles"):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert everything() == [Counted(key="red", number=1)]


def test_flood_of_keys_is_dropped_and_said(kettles, monkeypatch, caplog):
    monkeypatch.setattr(counting, "MOST_KEYS", 2)
    for key in ("red", "blue", "green", "white", "red"):
        kettles.count(key)
    kettles.flush()

    assert everything() == [Counted(key="blue", number=1), Counted(key="red", number=2)]
    assert "2 of kettles were not counted" in caplog.text


def test_any_text_is_counted_as_something_that_a_database_holds(kettles):
    kettles.count("\0\ud800" + "x" * 100_000, "\udfff")
    kettles.flush()

    assert everything() == [Counted(key="\ufffd?" + "x" * (counting.LONGEST - 2), number=1, note="?")]


def test_disk_that_refuses_loses_nothing(kettles, monkeypatch, caplog):
    kettles.count("red")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *arguments: (_ for _ in ()).throw(OSError("disk full")))
        kettles.flush()
    assert list(counting.folder_of("kettles").iterdir()) == []
    kettles.count("red")
    kettles.flush()

    assert everything() == [Counted(key="red", number=2)]
    assert "disk full" in caplog.text


def test_files_do_not_pile_up_without_a_worker(kettles, monkeypatch):
    monkeypatch.setattr(counting, "MOST_FILES", 1)
    for _ in range(3):
        kettles.count("red")
        kettles.flush()
    assert len(files()) == 1
    assert everything() == [Counted(key="red", number=1)]

    kettles.flush()
    assert everything() == [Counted(key="red", number=2)]


def test_file_that_a_crash_left_empty_is_passed_over(kettles, caplog):
    kettles.count("red")
    kettles.flush()
    (counting.folder_of("kettles") / "broken.json").touch()

    assert everything() == [Counted(key="red", number=1)]
    assert files() == []
    assert "broken.json" in caplog.text


@pytest.mark.parametrize(
    "text",
    ["5", "null", '{"red": 1}', "[5]", '[["red"]]', '[["red", "many", ""]]', '[["red", Infinity, ""]]', '[["red"'],
)
def test_file_of_another_shape_is_passed_over_and_goes(kettles, caplog, text):
    kettles.count("red")
    kettles.flush()
    (counting.folder_of("kettles") / "odd.json").write_text(text)

    assert everything() == [Counted(key="red", number=1)]
    assert files() == []
    assert "odd.json" in caplog.text


def test_file_that_has_gone_meanwhile_is_passed_over(kettles, monkeypatch):
    kettles.count("red")
    kettles.flush()
    gone = counting.folder_of("kettles") / "gone.json"
    monkeypatch.setattr(counting, "files_in", lambda folder: [gone, *sorted(folder.glob("*.json"))])

    assert everything() == [Counted(key="red", number=1)]


def test_child_counts_for_itself_alone(kettles):
    kettles.count("red")
    with warnings.catch_warnings():
        # Newer Pythons warn of a fork beside threads: that is what is tried here.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        kettles.count("blue")
        kettles.flush()
        os._exit(0)
    os.waitpid(child, 0)
    kettles.flush()

    assert everything() == [Counted(key="blue", number=1), Counted(key="red", number=1)]


@pytest.mark.race
def test_what_two_processes_wrote_survives_that_one_is_killed(kettles, tmp_path):
    code = START_DJANGO + (
        f"from django.conf import settings; from pathlib import Path; settings.DATA = Path({str(tmp_path)!r})\n"
        "import sys\n"
        "from findable.counting import Counter, flush\n"
        "counter = Counter('kettles')\n"
        "[counter.count('red') for _ in range(5)]\n"
        "flush()\n"
        "counter.count('not written yet')\n"
        "print('counted', flush=True)\n"
        "sys.stdin.read()\n"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen([sys.executable, "-c", code], env=environment(), **pipes) for _ in range(2)]
    assert [process.stdout.readline() for process in processes] == ["counted\n", "counted\n"]
    processes[0].send_signal(signal.SIGKILL)
    for process in processes:
        process.communicate()

    assert everything() == [Counted(key="not written yet", number=1), Counted(key="red", number=10)]
