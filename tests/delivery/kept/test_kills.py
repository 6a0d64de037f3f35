"""Killed at any step between a change and its pages, a machine has nothing stale once it runs again."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page

from config.caches import purge_settings
from delivery.kept import refresher
from delivery.kept.index import Index
from delivery.kept.keeping import index
from delivery.kept.refresher import Refresher
from delivery.kept.tree import Tree, tree
from freshness import changes
from freshness.changes import changed
from tests.delivery.kept.processes import ended, start
from tests.delivery.kept.world import World

pytestmark = pytest.mark.race


def killed_before(owner: Any, name: str, call: int = 1) -> Callable[[], None]:
    """Return what lets this process be killed right before `owner.name` is called for the `call`th time."""

    def arm() -> None:
        original = getattr(owner, name)
        calls = 0

        def guarded(*arguments: Any, **values: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **values)

        setattr(owner, name, guarded)

    return arm


def killed_after(owner: Any, name: str, call: int = 1) -> Callable[[], None]:
    """The same, right after that call."""

    def arm() -> None:
        original = getattr(owner, name)
        calls = 0

        def guarded(*arguments: Any, **values: Any) -> Any:
            nonlocal calls
            calls += 1
            found = original(*arguments, **values)
            if calls == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return found

        setattr(owner, name, guarded)

    return arm


STEPS_OF_BOTH = {
    "right after the commit": killed_before(changes, "_tell"),
    "before the cursor moves": killed_before(Index, "wait"),
    "after the cursor has moved": killed_after(Index, "wait"),
    "while a page is made": killed_before(refresher, "render"),
    "before what it shows is noted": killed_before(Index, "keep"),
    "after what it shows is noted": killed_after(Index, "keep"),
    "after the first variant": killed_after(os, "replace"),
    "after the second variant": killed_after(os, "replace", 2),
    "after the last variant": killed_after(os, "replace", 3),
    "before it is noted as done": killed_before(Index, "done"),
    "after it is noted as done": killed_after(Index, "done"),
}
STEPS_OF_WITHDRAWAL = {
    "before the request removes it": killed_before(Tree, "unlink"),
    "after its first variant": killed_after(Path, "unlink"),
    "after its second variant": killed_after(Path, "unlink", 2),
    "after its last variant": killed_after(Path, "unlink", 3),
    "after the request has removed it": killed_after(Tree, "unlink"),
    "before its purge is noted": killed_before(Index, "purge"),
    "after its purge is noted": killed_after(Index, "purge"),
    "before the refresher removes it": killed_before(Tree, "unlink", 2),
    "before it is forgotten": killed_before(Index, "forget"),
}
STEPS_OF_BEGINNING = {
    "before the tree is emptied": killed_before(Tree, "set_aside"),
    "after the tree is emptied": killed_after(Tree, "set_aside"),
    "after the index is emptied": killed_after(Index, "clear"),
    "before everything waits": killed_before(Index, "wait"),
}

STEPS_OF_OTHER_CODE = {
    "before all pages wait": killed_before(Index, "wait"),
    "after all pages wait": killed_after(Index, "wait"),
    "before the code is noted": killed_before(Index, "made_by"),
    "after the code is noted": killed_after(Index, "made_by"),
}


@pytest.fixture
def pages(kept_pages, world, settings, monkeypatch) -> list[int]:
    """Two pages, as the database has them: one of them names the other."""
    # Of no matter to who is killed: the machine runs on.
    monkeypatch.setattr(os, "fsync", lambda file: None)
    settings.WAGTAILFRONTENDCACHE = purge_settings(["http://127.0.0.1:9"])
    home, kettles = Page.objects.order_by("pk")[:2].values_list("pk", flat=True)

    def titles_of(*keys: int) -> str | None:
        found = Page.objects.filter(pk__in=keys, live=True).order_by("pk")
        return ", ".join(found.values_list("title", flat=True)) or None

    world.put("/", "", "page:1", "page:2")
    world.says["/"] = lambda: titles_of(home, kettles)
    world.put("/kettles/", "", "page:2")
    world.says["/kettles/"] = lambda: titles_of(kettles)
    Page.objects.filter(pk=home).update(live=True)
    return [home, kettles]


def begin_anew(pages: list[int]) -> None:
    """Let everything be kept, and nothing wait."""
    Page.objects.filter(pk=pages[1]).update(live=True, title="Kettles")
    index().delete()
    Refresher().finish()
    assert sorted(tree().addresses()) == ["/", "/kettles/"]
    index().purged(index().purges(now=9e9, number=99))


def assert_fresh(world: World, step: str) -> None:
    """Every file in the tree says what is so, and nothing else is there or waits."""
    assert ended(start(lambda: Refresher().finish())) == 0
    for path in world.says:
        fresh = world.render(path)
        if fresh.may_be_kept:
            assert tree().holds(path, fresh.body), step
        else:
            assert not tree().file(path).parent.exists(), step
    assert index().number_waiting() == 0, step


def publish(pages: list[int]) -> None:
    with transaction.atomic():
        Page.objects.filter(pk=pages[1]).update(title="Better kettles")
        changed("page:2")
    Refresher().finish()


def withdraw(pages: list[int]) -> None:
    with transaction.atomic():
        Page.objects.filter(pk=pages[1]).update(live=False)
        changed("page:2", withdraw=True)
    Refresher().finish()


@pytest.mark.parametrize(
    ("change", "steps"),
    [(publish, STEPS_OF_BOTH), (withdraw, STEPS_OF_BOTH | STEPS_OF_WITHDRAWAL)],
    ids=["publish", "withdraw"],
)
def test_nothing_is_stale_after_a_kill_between_change_and_pages(pages, world, change, steps):
    for step, arm in steps.items():
        begin_anew(pages)

        def work(arm: Callable[[], None] = arm) -> None:
            arm()
            change(pages)

        assert ended(start(work)) == -signal.SIGKILL, step
        assert_fresh(world, step)
        assert {each.path for each in index().purges(now=9e9, number=9)} == {"/", "/kettles/"}, step


def test_nothing_is_stale_after_a_kill_while_everything_is_thrown_away(pages, world):
    for step, arm in STEPS_OF_BEGINNING.items():
        begin_anew(pages)
        tree().write("/", b"stale")
        index().delete()

        def work(arm: Callable[[], None] = arm) -> None:
            arm()
            Refresher().finish()

        assert ended(start(work)) == -signal.SIGKILL, step
        assert_fresh(world, step)


def test_nothing_of_other_code_stays_after_a_kill_while_it_is_taken_over(pages, world):
    for step, arm in STEPS_OF_OTHER_CODE.items():
        begin_anew(pages)
        tree().write("/", b"by other code")
        index().made_by("other code")

        def work(arm: Callable[[], None] = arm) -> None:
            arm()
            Refresher().finish()

        assert ended(start(work)) == -signal.SIGKILL, step
        assert_fresh(world, step)
