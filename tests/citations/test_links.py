"""Links of sources are looked at by the worker: what is dead, what heals, and where it never goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from articles import network
from articles.citations import looking
from articles.citations.checking import MOST_AT_ONCE, check_links
from articles.citations.looking import Look, look
from articles.models import Source
from articles.network import is_public, public_addresses
from delivery.schedules import check_source_links

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
ALIVE, FAILED, UNCLEAR = Look(is_alive=True), Look(is_alive=False, problem="It answers 404."), Look(is_alive=None)


class Answers(BaseHTTPRequestHandler):
    """Answers `/404` with 404, `/301/200` with a redirect to `/200`, and so on; `/head` takes no HEAD."""

    seen: list[tuple[str, str, str]]

    def do_GET(self) -> None:
        self.seen.append((self.command, self.headers["Host"], self.headers["User-Agent"]))
        first, _, rest = self.path.strip("/").partition("/")
        status = {"head": 405 if self.command == "HEAD" else 200, "away": 302}.get(first) or int(first)
        self.send_response(status)
        if first == "away":
            self.send_header("Location", "http://elsewhere.test/200")
        elif 300 <= status < 400:
            self.send_header("Location", f"/{rest}" if rest else self.path)
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815  # as `http.server` calls it

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Answers.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://source.test:{running.server_port}"
        running.shutdown()


def here(host: str, port: int) -> list[str]:
    """Say that every name leads to this machine."""
    return ["127.0.0.1"]


@pytest.mark.parametrize(
    ("path", "is_alive"),
    [("200", True), ("head", True), ("301/302/200", True), ("404", False), ("410", False), ("500", False),
     ("301/404", False), ("301", False), ("403", None), ("429", None)],
)  # fmt: skip
def test_answer_tells_whether_a_reader_would_find_something(server, path, is_alive):
    assert look(f"{server}/{path}", resolve=here).is_alive is is_alive


def test_server_learns_who_asks_and_is_asked_by_its_name(server, settings):
    look(f"{server}/200", resolve=here)

    ((method, host, agent),) = Answers.seen
    assert (method, f"http://{host}") == ("HEAD", server)
    assert settings.ALMANAC_URL in agent


def test_redirect_into_a_private_network_is_not_followed(server):
    def resolve(host: str, port: int) -> list[str]:
        return here(host, port) if host == "source.test" else public_addresses("localhost", port)

    found = look(f"{server}/away", resolve=resolve)

    assert found == Look(is_alive=False, problem="“localhost” leads to a private address.")
    assert len(Answers.seen) == 1


def test_nothing_private_is_ever_connected_to(server):
    found = look(server.replace("source.test", "localhost") + "/200")

    assert found.problem == "“localhost” leads to a private address."
    assert Answers.seen == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
     "2002:a00:1::"],
)  # fmt: skip
def test_address_is_not_public(address):
    assert not is_public(address)


def test_public_address_is_public():
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


@pytest.mark.parametrize(
    "address", ["http://source.test:1/", "https://a b/", "http://[", "gopher://a.test/", "http://ä" + "x" * 70]
)
def test_address_that_cannot_be_asked_is_a_failure_and_no_error(address):
    assert look(address, resolve=here).is_alive is False


def test_all_redirects_of_a_look_share_one_deadline(server, monkeypatch):
    clock = iter([0, 0, 14.9, 15])  # at the beginning, and before each hop
    for module in (looking, network):
        monkeypatch.setattr(module, "monotonic", lambda: next(clock))

    assert look(f"{server}/301/302/200", resolve=here).problem == "It took too long to answer."
    assert len(Answers.seen) == 2


@pytest.fixture
def checking(settings) -> None:
    settings.CHECK_SOURCE_LINKS = True


@pytest.fixture
def source(make_source) -> Source:
    return make_source(url="https://a.test/")


def states(source: Source, *found: Look | None) -> list[tuple[str, int]]:
    """Return how the link of `source` stands after each day on which it was looked at, every day from `NOON` on."""
    after = []
    for day, each in enumerate(found):
        check_links(now=NOON + timedelta(days=day, minutes=day), look=lambda _address, each=each: each or ALIVE)
        source.refresh_from_db()
        after.append((source.link, source.link_failures))
    return after


def test_link_is_dead_after_three_failures_on_different_days_and_heals(checking, source):
    found = states(source, FAILED, FAILED, FAILED, ALIVE)

    assert found == [("failing", 1), ("failing", 2), ("dead", 3), ("alive", 0)]
    assert source.link_problem == ""


def test_answer_that_tells_nothing_changes_nothing(checking, source):
    assert states(source, UNCLEAR) == [("unknown", 0)]
    assert states(source, FAILED) == [("unknown", 0)]  # looked at today already


def test_failure_of_the_same_day_counts_once(checking, source):
    for minute in range(3):
        check_links(now=NOON + timedelta(minutes=minute), look=lambda _address: FAILED)

    source.refresh_from_db()
    assert (source.link, source.link_failures) == ("failing", 1)


def test_few_are_asked_at_once_and_no_host_twice(checking, make_source):
    for number in range(MOST_AT_ONCE + 1):
        make_source(f"A {number}", url=f"https://a.test/{number}")
        make_source(f"Other {number}", url=f"https://other-{number}.test/")
    asked: list[str] = []

    def note(address: str) -> Look:
        asked.append(address)
        return ALIVE

    assert check_links(now=NOON, look=note) == MOST_AT_ONCE
    assert len({address.split("/")[2] for address in asked}) == len(asked) == MOST_AT_ONCE
    assert check_links(now=NOON, look=note) == 3
    assert len(set(asked)) == MOST_AT_ONCE + 3


def test_worker_goes_on_without_an_address_that_hangs(checking, source):
    answers = Event()

    def hang(_address: str) -> Look:
        answers.wait()
        return ALIVE

    assert check_links(now=NOON, look=hang, patience=0) == 1
    answers.set()
    source.refresh_from_db()
    assert (source.link, source.link_problem) == ("failing", "It took too long to answer.")


def test_nothing_is_asked_unless_it_is_switched_on(source, monkeypatch):
    monkeypatch.setattr("articles.citations.looking.public_addresses", lambda *_: pytest.fail("asked"))

    check_source_links()

    source.refresh_from_db()
    assert source.link_checked_at is None


def test_what_is_on_paper_only_is_not_looked_for(checking, kettles):
    assert check_links(now=NOON, look=lambda _address: FAILED) == 0
