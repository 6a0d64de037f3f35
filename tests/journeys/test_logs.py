"""The log has one line an event, and no visitor can write a line of their own, or color one, or break one."""

from __future__ import annotations

import io
import json
import logging
import secrets
from collections.abc import Iterator

import pytest
from django.db import OperationalError
from django.test import Client

from config.logs import INDENT, logging_settings, written_out
from ratings import actions
from tests.ratings.test_views import GUEST, OWN, stamped
from tests.site.test_settings import PRODUCTION, manage

pytestmark = pytest.mark.django_db

FORGED = [
    "x\r\n2026-11-02 12:00:00 INFO django: forged",
    'x"}\n{"level": "INFO", "message": "forged"}',
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b2J",
    "\x00\x08\x7f\x85",
    "a\u2028b\u2029c\u202ed",
    "%0aforged %0d%0aforged",
    "%(secret)s {record.args} ${HOME}",
    "\ud800 lone",
    "quotes \"' and \\ slashes \\n",
]


class Log:
    """What was written to the stream, and the events that it was written for."""

    def __init__(self, kind: str) -> None:
        self.stream = io.StringIO()
        self.events: list[logging.LogRecord] = []
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(logging_settings(kind)["formatters"]["line"]["()"]())
        self.handler.addFilter(lambda record: self.events.append(record) or True)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def listen(kind: str) -> Iterator[Log]:
    log = Log(kind)
    loggers = [logging.getLogger(name) for name in ("django", "ratings")]
    for logger in loggers:
        logger.addHandler(log.handler)
    yield log
    for logger in loggers:
        logger.removeHandler(log.handler)


@pytest.fixture
def json_log() -> Iterator[Log]:
    yield from listen("json")


@pytest.fixture
def plain_log() -> Iterator[Log]:
    yield from listen("plain")


def visit(client: Client, article, monkeypatch, text: str) -> None:
    """Put `text` wherever a visitor can: a path, headers, and a name that ends up in an exception of either kind."""
    client.raise_request_exception = False
    headers = OWN | {"User-Agent": text, "Referer": text, "X-Forwarded-For": text}
    client.get(f"/articles/{text}/".encode("utf-8", "replace").decode(), headers=headers)
    client.get("/", headers=headers | {"Host": text})
    for error in (OperationalError, ValueError):

        def fail(name: str, error: type[Exception] = error, **values: object) -> None:
            raise error(f"could not store {name}")

        monkeypatch.setattr(actions, "comment", fail)
        # The form would refuse such a name; a log must not rely on a form.
        monkeypatch.setattr("ratings.forms.CommentForm.is_valid", lambda form: True)
        monkeypatch.setattr(
            "ratings.forms.CommentForm.cleaned_data",
            {"kind": "comment", "name": text, "email": "", "text": "x", "parent": None},
            raising=False,
        )
        client.post(f"/responses/comment/{article.pk}/", GUEST | stamped(article), headers=headers)


@pytest.mark.parametrize("text", FORGED, ids=ascii)
def test_production_writes_one_json_object_an_event(client, article, monkeypatch, settings, json_log, text):
    settings.ALLOWED_HOSTS = ["testserver"]

    visit(client, article, monkeypatch, text)

    events = [json.loads(line) for line in json_log.lines]
    assert len(events) == len(json_log.events) >= 4
    assert [event["message"] for event in events] == [record.getMessage() for record in json_log.events]
    assert json_log.text.replace("\n", "").isprintable()
    assert json_log.text.isascii()
    assert sum("could not store" in event.get("exception", "") for event in events) == 2


@pytest.mark.parametrize("text", FORGED, ids=ascii)
def test_development_writes_one_plain_line_an_event_and_indents_a_traceback(
    client, article, monkeypatch, settings, plain_log, text
):
    settings.ALLOWED_HOSTS = ["testserver"]

    visit(client, article, monkeypatch, text)

    assert all(line.isprintable() for line in plain_log.text.split("\n"))
    events = [line for line in plain_log.lines if not line.startswith(INDENT)]
    assert len(events) == len(plain_log.events) >= 4
    assert all(
        f" {record.levelname} {record.name}: " in line for record, line in zip(plain_log.events, events, strict=True)
    )
    assert plain_log.text.count(f"{INDENT}Traceback") >= 2


def test_a_clean_line_stays_as_it_is():
    assert written_out("Not Found: /articles/Ölkännchen – 水/") == "Not Found: /articles/Ölkännchen – 水/"


def test_what_else_is_known_of_an_event_is_in_its_line_but_not_the_request(client, json_log):
    client.get("/nowhere/", headers={"Cookie": "sessionid=secret"})

    (event,) = [json.loads(line) for line in json_log.lines]
    assert (event["level"], event["logger"], event["message"], event["status_code"]) == (
        "WARNING",
        "django.request",
        "Not Found: /nowhere/",
        404,
    )
    assert event["time"].endswith("+00:00")
    assert "request" not in event
    assert "secret" not in json_log.text


def test_production_itself_logs_in_json(tmp_path):
    (tmp_path / "static").mkdir()
    code = "from django.test import Client; Client().get('/%0aforged', headers={'Host': 'evil\\r\\nforged'})"
    environment = PRODUCTION | {"SECRET_KEY": secrets.token_urlsafe(64), "ALMANAC_DATA": str(tmp_path)}

    found = manage("shell", "-v", "0", "-c", code, **environment)

    events = [json.loads(line) for line in found.stderr.splitlines()]
    assert [event["logger"] for event in events] == ["django.security.DisallowedHost"]
