"""Telling the caches in front what has changed, whatever they answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest

from config.caches import purge_settings
from delivery import caches, purging
from delivery.kept.keeping import index, keep, withdraw
from delivery.kept.refresher import Refresher
from delivery.kept.tree import tree
from delivery.purging import LATE, LONGEST_PAUSE, Purger
from freshness.changes import changed
from freshness.models import Change

pytestmark = pytest.mark.django_db


class Cache:
    """A cache in front: notes what it is told, and answers `status`."""

    def __init__(self) -> None:
        self.status = 200
        self.told: list[str] = []
        cache = self

        class Handler(BaseHTTPRequestHandler):
            def do_PURGE(self) -> None:
                cache.told.append(f"{self.headers['Host']}{self.path}")
                self.send_response(cache.status)
                self.end_headers()

            def log_message(self, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def cache() -> Iterator[Cache]:
    cache = Cache()
    yield cache
    cache.server.shutdown()
    cache.server.server_close()


@pytest.fixture
def front(machine, world, cache, settings) -> Cache:
    """A machine with two kept pages behind a cache."""
    settings.WAGTAILFRONTENDCACHE = purge_settings([cache.url])
    world.put("/", "home", "page:1")
    world.put("/tea/é/", "kettles", "page:2")
    Refresher().finish()
    return cache


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the clock of the purger to so many seconds from now."""
    start = purging.time.time()

    def set_to(seconds: float) -> None:
        monkeypatch.setattr(purging.time, "time", lambda: start + seconds)

    set_to(0)
    return set_to


def purge() -> None:
    purger = Purger()
    while purger.turn():
        pass


def waiting() -> set[str]:
    return {each.path for each in index().purges(now=purging.time.time() + 1e6, number=100)}


class TestWhatIsPurged:
    def test_page_that_was_replaced_and_page_that_is_gone(self, front, world):
        world.put("/", "new home", "page:1")
        del world.says["/tea/é/"]
        changed("page:1")
        changed("page:2", withdraw=True)
        Refresher().finish()

        purge()

        assert sorted(set(front.told)) == ["testserver/", "testserver/tea/%C3%A9/"]
        assert waiting() == set()

    def test_page_that_was_made_again_and_says_the_same_is_not(self, front):
        changed("page:1", "page:2")
        Refresher().finish()

        assert waiting() == set()

    def test_withdrawn_page_is_asked_for_at_once_and_also_by_whoever_was_killed_in_between(self, front, monkeypatch):
        changed("page:1", withdraw=True)
        withdraw(list(Change.objects.filter(tag="page:1")))
        assert waiting() == {"/"}

        purge()
        tree().write("/", b"half withdrawn")
        Refresher().read_changes()

        assert waiting() == {"/"}

    def test_nothing_is_told_while_a_page_is_being_replaced(self, front, world):
        """Who asks for it right after would be given the old one, and keep it."""
        told = threading.Event()
        with tree().held():
            index().purge(["/"], now=purging.time.time())
            thread = threading.Thread(target=lambda: (purge(), told.set()))
            thread.start()
            assert not told.wait(0.1)
            assert front.told == []
        thread.join()
        assert front.told == ["testserver/"]

    def test_without_a_cache_in_front_nothing_waits(self, front, world, settings):
        settings.WAGTAILFRONTENDCACHE = {}
        world.put("/", "new home", "page:1")
        assert keep(world.render("/")) is True

        assert waiting() == set()
        assert purging.start_purger(threading.Event()) is None


class TestTrouble:
    """Nobody waits for the cache: who publishes, the pages and the tasks have nothing to do with it."""

    def test_cache_that_fails_is_asked_again_after_ever_longer_pauses_until_it_has_understood(self, front, clock):
        index().purge(["/"], now=purging.time.time())
        front.status = 500
        asked_at = []
        for second in range(400):
            clock(second)
            if not Purger().turn() and len(front.told) > len(asked_at):
                asked_at.append(second)

        assert asked_at[:8] == [0, 1, 3, 7, 15, 31, 63, 123]
        assert max(b - a for a, b in pairwise(asked_at)) == LONGEST_PAUSE
        front.status = 200
        clock(500)
        purge()
        assert waiting() == set()

    def test_cache_that_does_not_hold_the_page_has_nothing_to_do(self, front):
        index().purge(["/"], now=purging.time.time())
        front.status = 404
        purge()

        assert waiting() == set()

    @pytest.fixture
    def black_hole(self, settings, monkeypatch) -> Iterator[None]:
        """A cache that takes connections and never answers."""
        with socket.create_server(("127.0.0.1", 0)) as listening:
            settings.WAGTAILFRONTENDCACHE = purge_settings([f"http://127.0.0.1:{listening.getsockname()[1]}"])
            monkeypatch.setattr(caches, "TIMEOUT", 0.05)
            yield

    @pytest.fixture
    def refusal(self, settings) -> None:
        """A cache that does not run."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        settings.WAGTAILFRONTENDCACHE = purge_settings([f"http://127.0.0.1:{port}"])

    @pytest.fixture
    def error(self, front) -> None:
        """A cache that answers with an error."""
        front.status = 500

    @pytest.mark.parametrize("trouble", ["black_hole", "refusal", "error"])
    def test_publishing_goes_on_and_a_minute_later_there_is_an_alarm(
        self, front, world, clock, trouble, request, caplog
    ):
        request.getfixturevalue(trouble)
        world.put("/", "new home", "page:1")
        changed("page:1")
        assert Refresher().finish() == 1, "the page is fresh, whatever the cache says"
        purger = Purger()
        assert not purger.turn()
        assert waiting() == {"/"}
        assert not caplog.records

        clock(LATE + 1)
        purger.turn()
        purger.turn()

        assert [record.levelname for record in caplog.records] == ["ERROR"]
        assert "1 addresses are not purged" in caplog.text

    def test_cache_whose_library_is_missing_is_an_alarm(self, settings, monkeypatch):
        settings.WAGTAILFRONTENDCACHE = purge_settings(["cloudfront://E2Example"])
        stop = threading.Event()
        told: list[str] = []
        monkeypatch.setattr(purging.logger, "exception", lambda message: (told.append(message), stop.set()))

        purging.start_purger(stop).join()

        assert told == ["The caches in front cannot be told of changes: look at CDN_PURGE."]

    def test_address_that_fails_holds_up_no_other(self, front, clock):
        index().purge([f"/{number}/" for number in range(40)], now=purging.time.time())
        front.status = 500
        purger = Purger()
        purger.turn()
        front.status = 200
        while purger.turn():
            pass

        assert len(waiting()) == 1

    def test_what_wagtail_only_writes_into_the_log_is_a_failure_too(self):
        def complain() -> None:
            with caches.complaining():
                caches.logging.getLogger("wagtail.frontendcache").error("Couldn't purge '%s'", "/")

        with pytest.raises(caches.NotPurgedError, match="Couldn't purge '/'"):
            complain()


class TestCloudflare:
    @pytest.fixture
    def sent(self, monkeypatch) -> list[dict[str, object]]:
        """What is sent to it; it answers with what stands in `answer`."""
        found: list[dict[str, object]] = []

        class Answer:
            ok, status_code, text = True, 200, "Invalid zone"

            def json(self) -> dict[str, object]:
                return {"success": len(found) > 1}

        monkeypatch.setattr(
            caches.requests, "post", lambda url, **sent: (found.append({"url": url} | sent), Answer())[1]
        )
        return found

    def test_it_is_asked_until_it_says_so(self, front, settings, sent, clock):
        settings.WAGTAILFRONTENDCACHE = purge_settings(["cloudflare://token@zone"])
        index().purge(["/", "/tea/é/"], now=purging.time.time())
        purge()
        assert waiting() == {"/", "/tea/é/"}
        clock(2)
        purge()

        assert waiting() == set()
        assert sent[0]["url"] == "https://api.cloudflare.com/client/v4/zones/zone/purge_cache"
        assert sent[0]["json"] == {"files": ["http://testserver/", "http://testserver/tea/%C3%A9/"]}
        assert sent[0]["headers"] == {"Authorization": "Bearer token"}
        assert sent[0]["timeout"] == caches.TIMEOUT


class TestNames:
    def test_each_cache_has_its_own(self):
        named = purge_settings(
            [
                "http://10.0.0.2:6081",
                "cloudfront://E2Example",
                "azure-front-door:?FRONT_DOOR_NAME=door&RESOURCE_GROUP_NAME=group",
            ]
        )

        assert list(named.values()) == [
            {"BACKEND": "delivery.caches.PurgeRequests", "LOCATION": "http://10.0.0.2:6081"},
            {"BACKEND": "delivery.caches.CloudFront", "DISTRIBUTION_ID": "E2Example"},
            {
                "BACKEND": "delivery.caches.AzureFrontDoor",
                "FRONT_DOOR_NAME": "door",
                "RESOURCE_GROUP_NAME": "group",
            },
        ]

    def test_unknown_one_is_refused(self):
        with pytest.raises(ValueError, match="squid"):
            purge_settings(["squid://10.0.0.2"])
