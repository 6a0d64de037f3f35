"""Wagtail's own small tasks (the search index, references): at once, or once each for a piece of work.

An article that is made is saved several times, and each time Wagtail would index it anew. Inside `once_each` a task
that is asked for again and again runs once, at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

Held = dict[tuple[str, str], Callable[[], object]]

_held: ContextVar[Held | None] = ContextVar("held_tasks", default=None)


@contextmanager
def once_each() -> Iterator[None]:
    """Hold the small tasks that are asked for inside, and run each of them once at the end; none if it fails.

    To be used inside a transaction, which then holds what they write too.
    """
    held: Held = {}
    token = _held.set(held)
    try:
        yield
    finally:
        _held.reset(token)
    for run in held.values():
        run()


class OnceBackend(ImmediateBackend):
    """Runs tasks at once, except inside `once_each`."""

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Run `task`, or hold it; what is held has the result of a task that waits."""
        held = _held.get()
        if held is None:
            return super().enqueue(task, args, kwargs)
        self.validate_task(task)
        held[task.module_path, repr((args, kwargs))] = partial(super().enqueue, task, args, kwargs)
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
