"""How Almanac logs: one event a line, whatever a visitor puts into an address, a header or a name.

In production a line is JSON (https://jsonlines.org), with the traceback inside. In development it is plain, with
control characters written out; a traceback follows, indented, so that none of its lines can pose as an event.
"""

from __future__ import annotations

import logging
from typing import Any, Literal

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

INDENT = "    "


class PlainFormatter(logging.Formatter):
    """One line an event, in which nothing moves the cursor, changes colors or turns the reading direction."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name is logging's
        """Return the line of `record`, with every character written out that does not print."""
        return written_out(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  # the name is logging's
        """Return the traceback, each line indented and written out."""
        return _indented(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802  # the name is logging's
        """Return the stack, each line indented and written out."""
        return _indented(super().formatStack(stack_info))


class JsonLineFormatter(JsonFormatter):
    """One JSON object an event: time (UTC, ISO 8601), level, logger, message, and what else the logger was given.

    ASCII only, so that no control character and no broken text reaches the stream.
    """

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message"],
            rename_fields={"levelname": "level", "name": "logger", "exc_info": "exception", "stack_info": "stack"},
            # Django's loggers are given whole requests, with every header and cookie.
            reserved_attrs=[*RESERVED_ATTRS, "request"],
            timestamp="time",
        )


def written_out(text: str) -> str:
    r"""Return `text` on one line: what `str.isprintable` does not let pass becomes an escape such as `\n` or `\x1b`."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )


def logging_settings(kind: Literal["plain", "json"]) -> dict[str, Any]:
    """Return Django's LOGGING: everything to the standard error stream, in one kind of line."""
    formatter = PlainFormatter if kind == "plain" else JsonLineFormatter
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            # Without a handler of its own, Django prints no traceback at all when DEBUG is off.
            "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
            # The development server would print a request's first line as it came.
            "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
            # Each save runs several small tasks of Wagtail's, which are worth a line only when they fail.
            "django_tasks": {"level": "WARNING"},
            # The worker starts django-tasks' own once a second.
            "django_tasks_db": {"level": "WARNING"},
        },
    }


def _indented(lines: str) -> str:
    return "\n".join(INDENT + written_out(line) for line in lines.split("\n"))
