"""Several machines on one database: each keeps its own pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from delivery.kept import refresher as module
from delivery.kept.refresher import Refresher
from delivery.kept.tree import tree
from freshness.changes import KEPT_FOR, changed, forget_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def on(machine, settings, world) -> Callable[[str], dict[str, str]]:
    """Return a function that lets a machine do its work, and returns what it keeps then."""
    world.put("/", "home", "page:1")
    world.put("/kettles/", "kettles", "page:2")

    def work(name: str) -> dict[str, str]:
        settings.DATA = machine / name
        Refresher().finish()
        return {path: (tree().read(path) or b"").decode() for path in tree().addresses()}

    return work


def test_change_reaches_all_of_them(on, world):
    assert on("here") == on("there") == {"/": "home", "/kettles/": "kettles"}

    world.put("/", "new home", "page:1")
    changed("page:1")
    del world.says["/kettles/"]
    changed("page:2", withdraw=True)

    assert on("here") == on("there") == {"/": "new home"}


def test_machine_that_was_away_while_changes_were_forgotten_begins_anew(on, world, monkeypatch):
    on("here")
    on("there")
    world.put("/", "new home", "page:1")
    changed("page:1")
    on("here")
    later = timezone.now() + KEPT_FOR + timedelta(minutes=1)
    changed("page:2")
    forget_changes(now=later)
    monkeypatch.setattr(module.time, "time", later.timestamp)

    assert on("there")["/"] == "new home"
