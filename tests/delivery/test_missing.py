"""Missing addresses: counted in requests, written by the worker, answered by editors."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from pages.missing import MOST_KEPT, forget_missing, missing, write_missing
from pages.models import InformationPage, MissingAddress

TODAY = date(2026, 11, 2)
BROWSER = {"Accept": "text/html,application/xhtml+xml"}
REPORT = "/admin/missing-addresses/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    missing.start_empty()
    yield
    missing.start_empty()


def ask(address: str, **headers: str) -> None:
    assert Client().get(address, headers=BROWSER | headers, follow=True).status_code == 404


def write(today: date = TODAY) -> dict[str, int]:
    missing.flush()
    write_missing(today=today)
    return dict(MissingAddress.objects.values_list("path", "hits"))


def test_request_writes_nothing_and_the_worker_all_in_one_batch(django_assert_max_num_queries):
    ask("/old/kettle/")
    ask("/old/kettle/?page=99")  # may be a page that we have, asked for what it does not have
    ask("/old/kettle/", Referer="https://search.example/find?q=private")
    assert not MissingAddress.objects.exists()
    assert write() == {"/old/kettle/": 2}

    ask("/old/kettle/")
    ask("/old/pot/", Referer="http://testserver/privacy/?q=private")
    missing.flush()
    with django_assert_max_num_queries(6):
        assert write_missing(today=TODAY + timedelta(days=1)) == 2
    rows = MissingAddress.objects.order_by("path").values_list(
        "path", "hits", "referrer", "first_seen_on", "last_seen_on"
    )
    assert list(rows) == [
        ("/old/kettle/", 3, "search.example", TODAY, TODAY + timedelta(days=1)),
        ("/old/pot/", 1, "/privacy/", TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
    ]


def test_only_what_a_browser_wants_to_show_is_counted(article):
    for address in ("/api/nothing/", "/media/nothing.jpg", "/admin/nothing/", "/static/nothing.css/"):
        Client().get(address, headers=BROWSER, follow=True)
    Client().get("/program/")
    Client().head("/head/", headers=BROWSER)
    Client().post("/post/", headers=BROWSER)
    Client().get(article.url.rstrip("/"), headers=BROWSER)
    Redirect.add_redirect("/moved/", "/privacy/")
    Client().get("/moved/", headers=BROWSER)

    assert write() == {}


@pytest.mark.parametrize("link", ["http://[broken", "javascript:alert(1)", "x" * 10_000, "https://", "\x01"])
def test_odd_words_about_where_a_link_stands_are_not_kept(link):
    ask("/old/", Referer=link)
    write()

    assert MissingAddress.objects.get().referrer == ""


def test_long_address_is_cut_and_any_bytes_are_kept():
    ask("/" + "a" * 2000 + "/")
    ask("/%ff%e2%80%ae/")
    assert write() == {"/" + "a" * 499: 1, "/%FF\u202e/": 1}


def test_address_that_nobody_asks_for_any_more_is_forgotten():
    ask("/old/")
    write()

    assert forget_missing(today=TODAY + timedelta(days=90)) == 0
    assert forget_missing(today=TODAY + timedelta(days=91)) == 1


def test_those_most_asked_for_are_kept_in_a_flood(monkeypatch):
    monkeypatch.setattr("pages.missing.MOST_KEPT", 2)
    for path, number in (("/often/", 3), ("/rarely/", 1), ("/sometimes/", 2)):
        for _ in range(number):
            ask(path)

    assert write() == {"/often/": 3, "/sometimes/": 2}
    assert MOST_KEPT == 10_000


@pytest.fixture
def kept() -> MissingAddress:
    seen = {"first_seen_on": TODAY, "last_seen_on": TODAY}
    MissingAddress.objects.create(path="/rare/", hits=1, **seen)
    MissingAddress.objects.create(path="/led/away/", hits=9, **seen)
    Redirect.add_redirect("/led/away/", "/privacy/")
    return MissingAddress.objects.create(path='/<old> "kettle"/', hits=5, referrer="=cmd|' /C calc'!A0", **seen)


class TestReport:
    def rows(self, client: Client, query: str = "") -> list[str]:
        page = BeautifulSoup(client.get(REPORT + query).content, "html.parser")
        return [cell.get_text(strip=True) for cell in page.select("th[scope=row]")]

    def sent_by_button(self, client: Client, query: str) -> dict[str, str]:
        """Return what the first button of the list sends."""
        page = BeautifulSoup(client.get(REPORT + query).content, "html.parser")
        button = page.select_one("form[action$='/ignore/'] button")
        return {button["name"]: button["value"]}

    @pytest.fixture
    def desk(self, client, editor) -> Client:
        client.force_login(editor)
        return client

    def test_lists_what_leads_nowhere_the_most_asked_for_first(self, desk, kept):
        assert self.rows(desk) == ['/<old> "kettle"/', "/rare/"]
        assert "/admin/missing-addresses/" in desk.get("/admin/").content.decode()

    def test_address_is_ignored_and_taken_up_again_also_by_a_double_click(self, desk, kept):
        address = f"{REPORT}{kept.pk}/ignore/"
        sent = self.sent_by_button(desk, "")
        for _ in range(2):
            desk.post(address, sent)
        assert (self.rows(desk), self.rows(desk, "?show=ignored")) == (["/rare/"], [kept.path])

        again = self.sent_by_button(desk, "?show=ignored")
        for _ in range(2):
            desk.post(address, again)
        assert self.rows(desk) == [kept.path, "/rare/"]
        assert desk.get(address).status_code == 405

    def test_redirect_is_made_with_wagtails_form(self, desk, kept):
        page = BeautifulSoup(desk.get(f"{REPORT}redirect/?from=%2Frare%2F").content, "html.parser")
        field = page.select_one("input[name=old_path]")
        assert (field["value"], field.find_parent("form")["action"]) == ("/rare/", "/admin/redirects/add/")

        sent = {"old_path": "/rare/", "redirect_page": InformationPage.objects.get().pk, "is_permanent": "on"}
        desk.post("/admin/redirects/add/", sent)
        assert self.rows(desk) == [kept.path]
        assert desk.get("/rare/")["Location"] == "/privacy/"

    def test_file_for_a_spreadsheet_holds_no_formula(self, desk, kept):
        lines = b"".join(desk.get(f"{REPORT}?as=csv").streaming_content).decode().splitlines()

        assert lines[1] == '"/<old> ""kettle""/","5","2026-11-02","2026-11-02","\'=cmd|\' /C calc\'!A0"'

    def test_moderator_sees_and_changes_nothing(self, client, moderator, kept):
        client.force_login(moderator)

        for answer in (client.get(REPORT), client.get(f"{REPORT}redirect/"), client.post(f"{REPORT}{kept.pk}/ignore/")):
            assert answer["Location"] == "/admin/"
        assert not MissingAddress.objects.get(pk=kept.pk).is_ignored
        assert "missing-addresses" not in client.get("/admin/").content.decode()
