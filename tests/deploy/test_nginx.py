"""The web server as deploy/nginx.conf sets it up: files answer, the app answers the rest, and nothing else is told."""

from __future__ import annotations

import gzip
import json
import ssl
from collections.abc import Iterator

import pytest
from django.test import Client

from delivery.headers import REVALIDATED, page_headers
from delivery.kept.serving import PARAMETERS
from tests.deploy.upstream import Upstream
from tests.deploy.web_server import Answer, Site, ask_over

PAGE = "/articles/kettles/"
OF_A_FILE = {"accept-ranges", "connection", "content-length", "content-type", "date", "etag", "last-modified", "server"}
"""What nginx says of every file by itself."""

OF_MEDIA = (
    "Cache-Control",
    "Content-Length",
    "Content-Security-Policy",
    "Content-Type",
    "Cross-Origin-Resource-Policy",
    "ETag",
    "Last-Modified",
    "X-Content-Type-Options",
)
"""What the app and nginx say alike of an uploaded file."""


def told(answer: Answer) -> dict:
    """Return what the app was asked; fails if it was not the app that answered."""
    assert answer.headers["Content-Type"] == "application/json", answer
    return json.loads(answer.body)


def is_by_app(answer: Answer) -> bool:
    return answer.headers["Content-Type"] == "application/json"


class TestKeptPage:
    def test_is_served_from_its_file(self, site: Site):
        answer = site.ask(PAGE)

        assert answer.status == 200
        assert answer.body == (site.data / "pages/articles/kettles/index.html").read_bytes()
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"

    @pytest.mark.parametrize("address", ["/", "/artikel/%C3%BCber-kessel/", "/artikel/%c3%bcber-kessel/"])
    def test_of_any_address_that_a_page_can_have(self, site: Site, address: str):
        assert not is_by_app(site.ask(address))

    def test_is_sent_as_it_was_compressed_ahead(self, site: Site):
        answer = site.ask(PAGE, headers={"Accept-Encoding": "gzip"})

        assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
        assert answer.body == (site.data / "pages/articles/kettles/index.html.gz").read_bytes()
        assert "Kettles" in gzip.decompress(answer.body).decode()

    def test_is_compressed_for_a_cdn_too(self, site: Site):
        answer = site.ask(PAGE, headers={"Accept-Encoding": "gzip", "Via": "1.1 cdn"})

        assert answer.headers["Content-Encoding"] == "gzip"

    def test_has_the_headers_that_the_app_gives_it_and_no_other(self, site: Site):
        headers = {name.lower(): value for name, value in site.ask(PAGE).headers.items()}

        expected = {name.lower(): value for name, value in page_headers().items()}
        assert {name: value for name, value in headers.items() if name not in OF_A_FILE} == expected

    @pytest.mark.parametrize("encoding", ["identity", "gzip"])
    def test_is_not_sent_again_to_who_has_it(self, site: Site, encoding: str):
        first = site.ask(PAGE, headers={"Accept-Encoding": encoding})
        again = site.ask(PAGE, headers={"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]})

        assert (again.status, again.body) == (304, b"")
        assert again.headers["Cache-Control"] == page_headers()["Cache-Control"]

    def test_etag_is_time_and_size_of_the_file_that_is_sent(self, site: Site):
        for encoding, ending in (("identity", ""), ("gzip", ".gz")):
            file = (site.data / f"pages/articles/kettles/index.html{ending}").stat()
            answer = site.ask(PAGE, headers={"Accept-Encoding": encoding})
            assert answer.headers["ETag"] == f'"{int(file.st_mtime):x}-{file.st_size:x}"'

    def test_head_is_answered_without_the_page(self, site: Site):
        answer = site.ask(PAGE, method="HEAD")

        assert (answer.status, answer.body) == (200, b"")
        assert int(answer.headers["Content-Length"]) == len(site.ask(PAGE).body)

    @pytest.mark.parametrize("query", ["utm_source=x", "mypage=2", "pages=2", "a=1&b=page", "?", ""])
    def test_is_served_whatever_foreign_parameters_there_are(self, site: Site, query: str):
        assert site.ask(f"{PAGE}?{query}").body == site.ask(PAGE).body

    def test_is_not_for_a_cdn_to_keep_if_it_was_asked_for_with_a_query(self, site: Site):
        """None of the addresses with a query is ever purged."""
        assert "s-maxage=600" in site.ask(PAGE).headers["Cache-Control"]
        assert site.ask(f"{PAGE}?utm_source=x").headers["Cache-Control"] == REVALIDATED

    @pytest.mark.parametrize("name", sorted(PARAMETERS))
    def test_is_not_served_for_a_parameter_of_ours(self, site: Site, name: str):
        for query in (f"{name}=2", f"utm_source=x&{name}=2", name, f"%{ord(name[0]):x}{name[1:]}=2"):
            assert told(site.ask(f"{PAGE}?{query}"))["address"] == f"{PAGE}?{query}"

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
    def test_is_not_served_to_who_writes(self, site: Site, method: str):
        assert told(site.ask(PAGE, method=method))["method"] == method

    def test_is_replaced_and_withdrawn_at_once(self, site: Site):
        page = site.data / "pages/passing/index.html"
        page.parent.mkdir()
        page.write_text("old")
        assert site.ask("/passing/").text == "old"

        page.with_suffix(".new").write_text("new")
        page.with_suffix(".new").rename(page)
        assert site.ask("/passing/").text == "new"

        page.unlink()
        assert is_by_app(site.ask("/passing/"))


class TestAddress:
    @pytest.mark.parametrize(
        "address",
        [
            "/articles/kettles",
            "/articles/kettles/index.html",
            "/articles/kettles/index.html.gz",
            "/articles/kettles/.index.html.new",
            "/articles/.kettles/",
            "//articles/kettles/",
            "/articles//kettles/",
            "/articles/./kettles/",
            "/articles/x/../kettles/",
            "/articles%2Fkettles/",
            "/articles/kettles/;.js",
            "/articles/kettles/x.css",
            "/../almanac.sqlite3",
            "/..%2falmanac.sqlite3",
            "/kept/index.sqlite3",
            "/.away.html/",
            "/nothing/there/",
        ],
    )
    def test_that_is_no_kept_page_as_it_is_written_goes_to_the_app(self, site: Site, address: str):
        answer = site.ask(address)

        if answer.status != 400:
            assert told(answer)["address"] == address

    @pytest.mark.parametrize(
        "address",
        [
            "/.away.html",
            "/media/sizes/.canary.png",
            "/media/../almanac.sqlite3",
            "/static/../almanac.sqlite3",
            "/static/%2e%2e/kept/index.sqlite3",
            "/media/..%2falmanac.sqlite3",
            "/media/",
            "/static/css/",
        ],
    )
    def test_tells_no_file_that_is_not_public(self, site: Site, address: str):
        answer = site.ask(address)

        assert "canary" not in answer.text or is_by_app(answer)
        assert answer.status in {400, 403, 404} or is_by_app(answer)


class TestName:
    def test_that_is_not_ours_is_refused(self, site: Site):
        for address in ("/", PAGE, "/static/css/site.css", "/admin/"):
            assert site.ask(address, headers={"Host": "evil.example"}).status == 421
            assert site.ask(address, headers={"Host": "evil.example"}, secure=False).status == 421

    def test_that_is_not_ours_gets_no_certificate(self, site: Site):
        with pytest.raises(ssl.SSLError, match=r"(?i)unrecognized.name"):
            site.connect(server_name="evil.example")

    def test_plain_http_leads_to_https(self, site: Site):
        answer = site.ask(f"{PAGE}?page=2", secure=False)

        assert (answer.status, answer.headers["Location"]) == (301, f"https://almanac.example.org{PAGE}?page=2")


class TestApp:
    def test_is_told_who_asks_and_how_and_nothing_that_the_client_made_up(self, site: Site):
        hostile = {
            "Forwarded": "host=evil.example",
            "X-Forwarded-For": "6.6.6.6",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Port": "666",
            "X-Forwarded-Prefix": "/evil",
            "X-Forwarded-Proto": "http",
            "X-Forwarded-Server": "evil.example",
            "X-HTTP-Method-Override": "DELETE",
            "X-Original-URL": "/admin/",
            "X-Rewrite-URL": "/admin/",
            "X_Forwarded_For": "6.6.6.6",
            "Proxy": "evil.example",
        }
        headers = told(site.ask("/search/?q=tea", headers=hostile | {"Accept": "text/html", "Cookie": "reader=1"}))[
            "headers"
        ]

        assert sorted(map(tuple, headers)) == [
            ("accept", "text/html"),
            ("accept-encoding", "identity"),
            ("cookie", "reader=1"),
            ("host", "almanac.example.org"),
            ("x-forwarded-for", "127.0.0.1"),
            ("x-forwarded-proto", "https"),
        ]

    def test_takes_a_picture_of_ten_megabytes_in_the_admin_and_little_elsewhere(self, site: Site):
        picture = bytes(10 * 1024 * 1024)

        assert told(site.ask("/admin/images/add/", method="POST", body=picture))["bytes"] == len(picture)
        assert told(site.ask("/responses/comment/1/", method="POST", body=bytes(200_000)))["bytes"] == 200_000
        assert site.ask("/responses/comment/1/", method="POST", body=bytes(300_000)).status == 413

    def test_is_spared_a_flood_of_writes_by_one_address(self, site: Site):
        # An address of its own: the other tests write too.
        connection = site.connect(source="127.0.0.2")
        found = {ask_over(connection, "/responses/rate/1/", method="POST").status for _ in range(250)}
        reading = {ask_over(connection, PAGE).status for _ in range(10)}
        connection.close()

        assert (found, reading) == ({200, 429}, {200})


class TestFiles:
    def test_static_with_a_digest_is_kept_for_a_year_and_compressed_ahead(self, site: Site):
        answer = site.ask("/static/css/site.0123456789ab.css", headers={"Accept-Encoding": "gzip"})

        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_static_without_a_digest_is_asked_for_again(self, site: Site):
        assert site.ask("/static/css/site.css").headers["Cache-Control"] == "public, max-age=60"

    @pytest.mark.parametrize(
        "name",
        [
            "sizes/kettle-480.avif",
            "sizes/kettle.svg",
            "other/kettle.html",
            "other/KETTLE.JPG",
            "other/kettle.mp4",
            "other/kettle.vtt",
        ],
    )
    def test_media_are_sent_as_the_app_sends_them(self, site: Site, client: Client, settings, name: str):
        settings.MEDIA_ROOT = site.data / "media"
        ours, by_app = site.ask(f"/media/{name}"), client.get(f"/media/{name}")

        for header in OF_MEDIA:
            assert ours.headers[header] == by_app.headers.get(header), header
        # The app also says under which name to save it.
        assert (ours.headers["Content-Disposition"] or "inline") == by_app["Content-Disposition"].split(";")[0]
        assert ours.body == by_app.getvalue()

    def test_media_run_nothing(self, site: Site):
        headers = site.ask("/media/other/kettle.html").headers

        assert headers["Content-Type"] == "application/octet-stream"
        assert headers["Content-Disposition"] == "attachment"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["X-Content-Type-Options"] == "nosniff"

    def test_documents_are_left_to_the_app(self, site: Site):
        assert told(site.ask("/media/documents/canary.pdf"))["address"] == "/media/documents/canary.pdf"


class TestWithoutTheApp:
    @pytest.fixture(autouse=True)
    def _stopped(self, upstream: Upstream) -> Iterator[None]:
        upstream.stop()
        yield
        upstream.start()

    def test_kept_pages_and_files_are_served(self, site: Site):
        for address in (
            "/",
            PAGE,
            f"{PAGE}?utm_source=x",
            "/static/css/site.css",
            "/media/sizes/kettle-480.avif",
        ):
            assert site.ask(address).status == 200

    @pytest.mark.parametrize(
        ("method", "address"), [("GET", "/search/?q=tea"), ("POST", "/responses/rate/1/"), ("GET", "/admin/")]
    )
    def test_everything_else_says_when_to_come_back(self, site: Site, method: str, address: str):
        answer = site.ask(address, method=method)

        assert (answer.status, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
            503,
            "30",
            "no-store",
        )
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.text == "<!doctype html><title>Away</title>"

    def test_also_before_its_page_was_written(self, site: Site):
        page = site.data / "away/503.html"
        page.rename(page.with_suffix(".aside"))
        try:
            answer = site.ask("/search/")
        finally:
            page.with_suffix(".aside").rename(page)

        assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
