"""Addresses of pictures become stored pictures; no server of a private network is ever asked for one."""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest

from articles.exchange import downloading
from articles.exchange.documents import Details, Document
from articles.exchange.pictures import Brought, pictures_for
from articles.exchange.recognition import recognize
from articles.exchange.source import Refused, source_of
from articles.network import public_addresses
from pictures.models import Picture
from tests.exchange.files.making import png

pytestmark = pytest.mark.django_db

PNG = png()


def brought(
    *addresses: str, pictures: Mapping[str, Any] | None = None, details: Details | None = None, **options: Any
) -> Brought:
    """Bring the pictures of a text that shows `addresses`."""
    text = "# Title\n\nA first paragraph.\n\n" + "\n\n".join(f"![A bed]({address})" for address in addresses)
    document = Document(
        format="markdown", source=source_of(text), foreign_id="1", details=details or Details(), pictures=pictures or {}
    )
    return pictures_for(document, recognize(document.source), **options)


def problem(address: str, **options: Any) -> str:
    """Return why the picture at `address` is missing."""
    found = brought(address, **options)
    assert found.pictures == {}
    assert Picture.objects.count() == 0
    sentence = found.problems[address]
    assert sentence.startswith(f"The picture “{address[:120]}” is missing. ")
    return sentence.removeprefix(f"The picture “{address[:120]}” is missing. ")


def test_picture_that_came_along_is_stored_with_what_it_shows():
    found = brought("img/bed.png", pictures={"img/bed.png": lambda: PNG})

    picture = found.pictures["img/bed.png"]
    assert (picture.title, picture.description, picture.width) == ("A bed", "A bed", 8)
    assert picture.file.name.endswith(".png")
    assert found.problems == {}


def test_figure_gets_its_picture():
    text = "# Title\n\nA first paragraph.\n\n![A bed](a.png)\n*A fine bed*\n\n![](b.png)"
    document = Document(format="markdown", source=source_of(text), foreign_id="1", pictures={"a.png": lambda: PNG})
    recognized = recognize(document.source)
    found = pictures_for(document, recognized)
    one, two = (block for block in recognized.blocks if block.kind == "figure")

    assert found.value_of(one) == one.value | {"image": found.pictures["a.png"].pk, "caption": "A fine bed"}
    assert found.value_of(two) == two.value
    assert (found.problem_of(one), bool(found.problem_of(two))) == ("", True)


def test_hero_is_brought_too():
    details = Details(hero="hero.png", hero_alt="A lamp")

    found = brought(details=details, pictures={"hero.png": lambda: PNG})

    assert found.pictures["hero.png"].description == "A lamp"


def test_same_file_becomes_one_picture_however_often_it_comes():
    first = brought("a.png", "b.png", pictures={"a.png": lambda: PNG, "b.png": lambda: PNG})
    second = brought("c.png", pictures={"c.png": lambda: PNG})

    assert {picture.pk for each in (first, second) for picture in each.pictures.values()} == {Picture.objects.get().pk}


def test_picture_in_the_address_itself_is_stored():
    address = "data:image/png;base64," + base64.b64encode(PNG).decode()

    assert brought(address).pictures[address].width == 8


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("gone.png", "No such picture came along."),
        ("https://a.test/a.png", "Pictures on other servers are only fetched if that is asked for."),
        ("//a.test/a.png", "Pictures on other servers are only fetched if that is asked for."),
        ("file:///etc/passwd", "Its address is no web address."),
        ("gopher://a.test/", "Its address is no web address."),
        ("http://[", "Its address is none."),
        ("data:image/png;base64,x", "It is cut off."),
        ("data:text/html,hello", "It is no picture in a format that is shown here."),
    ],
)
def test_picture_that_cannot_be_had_is_named(address, why):
    assert problem(address) == why


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"%!PS-Adobe", PNG[:40], b"GIF89a" + b"\0" * 90])
def test_file_that_is_no_picture_by_its_bytes_is_not_stored(data):
    assert problem("a.png", pictures={"a.png": lambda: data})


def test_picture_too_large_is_not_stored(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 60

    assert problem("a.png", pictures={"a.png": lambda: PNG}) == "It has more than 0 MB."
    assert problem("data:image/png," + "0" * 121) == "It has more than 0 MB."


def test_picture_whose_file_is_damaged_is_named():
    def read() -> bytes:
        raise Refused("It is damaged.")

    assert problem("a.png", pictures={"a.png": read}) == "It is damaged."


class Server(BaseHTTPRequestHandler):
    """Answers `/a.png` with a picture; see `do_GET` for what else."""

    seen: list[str]
    released: Event

    def do_GET(self) -> None:
        self.seen.append(self.headers["Host"])
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        self.send_response(404 if self.path == "/404" else 200)
        if self.path == "/short":
            self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(PNG[:20] if self.path in ("/slow", "/short") else PNG)
        if self.path == "/slow":
            self.wfile.flush()
            self.released.wait(20)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Server.seen, Server.released = [], Event()
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as running:
        Thread(target=running.serve_forever, args=[0.01], daemon=True).start()
        yield f"http://pictures.test:{running.server_port}"
        Server.released.set()
        running.shutdown()


def here(host: str, port: int) -> list[str]:
    """Say that `pictures.test` is on this machine; all else is as it is."""
    return ["127.0.0.1"] if host == "pictures.test" else public_addresses(host, port)


def test_download_brings_a_picture(server):
    found = brought(f"{server}/to/{server}/a.png", download=True, resolve=here)

    assert [picture.width for picture in found.pictures.values()] == [8]


def test_nothing_is_downloaded_unless_asked_for(server):
    brought(f"{server}/a.png", resolve=here)

    assert Server.seen == []


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/404", "Its server answers 404."),
        ("/to/http://localhost/a.png", "“localhost” leads to a private address."),
        ("/to/http://169.254.169.254/latest", "“169.254.169.254” leads to a private address."),
        ("/to/file:///etc/passwd", "No connection: it leads to what is no web address"),
        ("/to//to//to//to//a.png", "No connection: It leads from one address to the next without end."),
    ],
)
def test_redirect_is_held_to_the_same(server, path, why):
    assert problem(server + path.replace("/to//", f"/to/{server}/"), download=True, resolve=here) == why
    assert {*Server.seen} == {server.removeprefix("http://")}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "[::1]", "169.254.169.254", "2130706433", "0177.0.0.1", "0x7f000001", "localhost", "0"]
)
def test_private_address_is_refused_however_it_is_written(server, host):
    port = server.rpartition(":")[2]

    assert "leads to a private address." in problem(f"http://{host}:{port}/a.png", download=True)
    assert Server.seen == []


def test_name_that_leads_elsewhere_after_it_was_checked_is_not_followed(server, monkeypatch):
    """Only one look-up is made, and its answer is what is connected to."""
    answers = iter([["127.0.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", _only_numbers(socket.getaddrinfo))

    brought(f"{server}/a.png", download=True, resolve=lambda _host, _port: next(answers))

    assert Server.seen == [server.removeprefix("http://")]


def test_body_that_never_ends_is_cut_off_and_its_server_not_asked_again(server, monkeypatch):
    monkeypatch.setattr(downloading, "DEADLINE", 0.3)

    found = brought(f"{server}/slow", f"{server}/a.png", download=True, resolve=here)

    assert [sentence.partition("missing. ")[2] for sentence in found.problems.values()] == [
        "It took too long to answer.",
        "Its server was too slow before.",
    ]
    assert len(Server.seen) == 1


def test_body_that_is_too_large_or_too_short_is_refused(server, settings):
    assert "is no picture" in problem(f"{server}/short", download=True, resolve=here)
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 60
    assert problem(f"{server}/a.png", download=True, resolve=here) == "It has more than 0 MB."


def test_all_pictures_of_an_article_share_one_patience(server, monkeypatch):
    monkeypatch.setattr(downloading, "PATIENCE", 0)

    assert problem(f"{server}/a.png", download=True, resolve=here) == "It took too long to answer."
    assert Server.seen == []


def _only_numbers(getaddrinfo: Any) -> Any:
    def look_up(host: str, *arguments: Any, **options: Any) -> Any:
        assert host == "127.0.0.1", "a name was looked up again"
        return getaddrinfo(host, *arguments, **options)

    return look_up
