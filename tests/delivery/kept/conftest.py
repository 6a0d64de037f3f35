"""A machine that keeps pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from delivery.kept import comparing, serving
from delivery.kept import refresher as refreshing
from delivery.kept.keeping import start_keeping, stop_keeping
from delivery.kept.refresher import Refresher
from delivery.management.commands import keep_pages
from tests.delivery.kept.world import World


@pytest.fixture
def machine(settings, tmp_path) -> Iterator[Path]:
    """A machine with an empty folder that keeps pages; for tests in which no transaction has to be committed."""
    settings.KEEP_PAGES = True
    settings.DATA = tmp_path
    start_keeping()
    yield tmp_path
    stop_keeping()


@pytest.fixture
def kept_pages(transactional_db, django_db_serialized_rollback, machine) -> Path:
    """The same in a test whose transactions are committed, so that what is withdrawn is gone at once."""
    return machine


@pytest.fixture
def world(monkeypatch) -> World:
    """Pages of which the machine makes its files, in place of the site's."""
    world = World()
    for module in (refreshing, serving, comparing):
        monkeypatch.setattr(module, "render", world.render)
    for module in (refreshing, comparing, keep_pages):
        monkeypatch.setattr(module, "public_addresses", lambda: list(world.says))
    monkeypatch.setattr(serving, "page_at", world.says.get)
    monkeypatch.setattr(refreshing, "SPACING", 0)
    return world


@pytest.fixture
def refresher(machine, world) -> Refresher:
    """The refresher of a machine on which two pages are kept."""
    world.put("/", "home", "site", "page:1")
    world.put("/kettles/", "kettles", "site", "page:2")
    refresher = Refresher()
    refresher.finish()
    world.made.clear()
    return refresher
