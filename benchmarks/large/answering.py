"""Answers the scenarios of one site: a name comes in as a line, and what its page took goes out as one of JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django


def answer() -> None:
    """Tell all names first, then answer until there are no more lines."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client

    from benchmarks.large.scenarios import addresses
    from benchmarks.settings import HOST

    paths = addresses()
    reader, moderator = Client(), Client()
    moderator.force_login(User.objects.get_or_create(username="bench", is_superuser=True, is_staff=True)[0])
    # SQLite works in this process, whose own time others on the machine do not lengthen. A server's work is waited for.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    print(json.dumps(list(paths)), flush=True)
    for line in sys.stdin:
        path = paths[line.strip()]
        client = moderator if path.startswith("/admin/") else reader
        queries = Queries()
        with connection.execute_wrapper(queries):
            began = clock()
            response = client.get(path, secure=True, headers={"Host": HOST, "Accept": "text/html"})
            seconds = clock() - began
        told = {"ms": 1000 * seconds, "queries": queries.number, "status": response.status_code}
        print(json.dumps(told), flush=True)


class Queries:
    """Counts the statements that a connection executes."""

    number = 0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        """Execute a statement."""
        self.number += 1
        return execute(*arguments)


if __name__ == "__main__":
    django.setup()
    answer()
