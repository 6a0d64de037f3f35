"""Signing in tells nobody who has an account, and leads nowhere but to this site."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from ratings.models import Comment
from tests.ratings.test_views import GUEST, OWN, stamped

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
LOGOUT = "/admin/logout/"
RESET = "/admin/password_reset/"

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "https://evil.example",
    "http://evil.example",
    "HTTPS://EVIL.EXAMPLE",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:evil.example",
    "ftp://evil.example",
    "ws://evil.example",
    "file:///etc/hostname",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://testserver/%0aalert(1)",
    "data:text/html,evil",
    "vbscript:evil",
    "\\\\evil.example",
    "\\/evil.example",
    "/\\evil.example",
    "/\\/evil.example",
    "\\\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
    "\n//evil.example",
    "\x00//evil.example",
    "\x0b//evil.example",
    "\x1f//evil.example",
    " //evil.example",
    "\u3000//evil.example",
    "\ufeff//evil.example",
    "h\nttps://evil.example",
    "https:\\\\evil.example",
    "https:/\\evil.example",
    "https://evil.example\\@testserver",
    "https://testserver@evil.example",
    "https://testserver:80@evil.example",
    "https://testserver%40evil.example",
    "https://testserver.evil.example",
    "https://evil.example#testserver",
    "https://evil.example?testserver",
    "https://evil.example;testserver",
    "https://evil.example/testserver",
    "//testserver@evil.example",
    "//testserver\\.evil.example",
    "//evil.example\\@testserver",
    "//evil.example:80",
    "//evil%2eexample",
    "//evil。example",
    "//ｅｖｉｌ.example",
    "//[::1]",
    "//[evil.example",
    "//0x7f000001",
    "//2130706433",
    "//127.1",
    "https://[::ffff:7f00:1]",
    "?next=//evil.example",
    "/admin/login/?next=//evil.example",
    "/../../evil.example",
    "/%2e%2e//evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    ".//evil.example",
    "..//evil.example",
    "./\\evil.example",
    "x//evil.example",
    "@evil.example",
    ":80//evil.example",
    "//",
    "///",
    "https://",
    "https:",
    "/\u202e//evil.example",
    "//evil.example/\u202e/revretset//",
    "/admin/\r\nLocation: https://evil.example",
    "/admin/\r\n\r\n<script>",
    "x" * 5000,
]
"""Where an attacker would like to lead somebody who signs in. Each must be answered by a place on this site."""


def target(answer: HttpResponse, address: str) -> str:
    """Return where a browser goes from `address`: it drops tabs, line ends and outer blanks, and turns backslashes.

    After the URL standard (https://url.spec.whatwg.org/#concept-basic-url-parser).
    """
    location = re.sub(r"[\t\n\r]", "", answer.get("Location", "")).strip("".join(map(chr, range(33))))
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", location)
    if not scheme or scheme[0].lower() in {"http:", "https:"}:
        location = location.replace("\\", "/")
        location = re.sub(r"^(https?:)?/{2,}", lambda found: f"{found[1] or ''}//", location, flags=re.IGNORECASE)
    return urljoin(f"http://testserver{address}", location)


def stays(answer: HttpResponse, address: str) -> bool:
    parts = urlsplit(target(answer, address))
    return (parts.scheme, parts.netloc) == ("http", "testserver")


@pytest.mark.parametrize(
    ("location", "on_site"),
    [
        ("/admin/", True),
        ("http://testserver/admin/", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        (" //evil.example", False),
        ("http:/\\evil.example", False),
        ("javascript:alert(1)", False),
    ],
)
def test_where_a_browser_goes(location, on_site):
    assert stays(HttpResponse(headers={"Location": location}), LOGIN) == on_site


def test_next_page_is_on_this_site(admin):
    account = {"username": "admin", "password": "password"}
    signed_in = Client()
    signed_in.force_login(admin)
    for place in ELSEWHERE:
        answers = {
            "in the form": Client().post(LOGIN, account | {"next": place}),
            "in the address": Client().post(f"{LOGIN}?next={quote(place)}", account),
            "already signed in": signed_in.get(LOGIN, {"next": place}),
        }

        assert {answer.status_code for answer in answers.values()} == {302}, ascii(place)
        assert [way for way, answer in answers.items() if not stays(answer, LOGIN)] == [], ascii(place)


def test_next_page_after_signing_out_is_on_this_site(admin):
    for place in ELSEWHERE:
        client = Client()
        client.force_login(admin)
        answer = client.post(f"{LOGOUT}?next={quote(place)}", {"next": place})

        assert answer.status_code == 302
        assert stays(answer, LOGOUT), ascii(place)


def test_answer_to_a_response_leads_to_its_own_page(client, article):
    for place in ELSEWHERE:
        wishes = dict.fromkeys(("next", "url", "redirect", "return_to", "Location", "parent"), place)
        address = f"/responses/rate/{article.pk}/?{urlencode(wishes)}"
        answer = client.post(address, wishes | {"stars": "5"}, headers=OWN | {"Referer": "https://evil.example"})

        assert answer.status_code == 303
        assert re.fullmatch(r"/responses/[0-9a-f-]{36}/", answer["Location"]), ascii(place)


def without_tokens(answer: HttpResponse) -> str:
    """Return the page without Django's CSRF tokens, which have 64 letters and digits."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", answer.content.decode())


@pytest.mark.parametrize("fields", [{"is_active": True}, {"is_active": False}, {"is_superuser": True}])
def test_wrong_password_and_unknown_account_are_answered_alike(make_user, fields):
    make_user("known", **fields)

    answers = [Client().post(LOGIN, {"username": name, "password": "wrong"}) for name in ("known", "knowm")]

    assert answers[0].status_code == answers[1].status_code == 200
    assert without_tokens(answers[0]).replace("known", "knowm") == without_tokens(answers[1])
    assert answers[0].cookies.keys() == answers[1].cookies.keys()


def test_password_reset_of_a_known_and_an_unknown_address_are_answered_alike(make_user):
    make_user("known", is_superuser=True)

    answers = [Client().post(RESET, {"email": f"{name}@example.org"}, follow=True) for name in ("known", "unknown")]

    assert answers[0].redirect_chain == answers[1].redirect_chain
    assert without_tokens(answers[0]) == without_tokens(answers[1])
    assert [message.to for message in mail.outbox] == [["known@example.org"]]


def test_comment_with_a_registered_address_is_answered_like_any_other(client, article, make_user):
    make_user("known")

    def answers(name: str) -> list[tuple[int, str]]:
        client = Client()
        fields = GUEST | {"email": f"{name}@example.org"}
        address = f"/responses/comment/{article.pk}/"
        preview = client.post(address, fields, headers=OWN)
        refused = client.post(address, fields | {"text": ""}, headers=OWN)
        sent = client.post(address, fields | stamped(article), headers=OWN)
        own = client.get(sent["Location"])
        return [(answer.status_code, varying(answer).replace(name, "x")) for answer in (preview, refused, sent, own)]

    def varying(answer: HttpResponse) -> str:
        """Return the page without what differs between any two readers: stamps, public ids, challenges."""
        page = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", answer.content.decode())
        return re.sub(r'((?:name|for|id|value)="[^"]*")', lambda found: found[1] if len(found[1]) < 40 else "", page)

    assert answers("known") == answers("nobody")
    assert list(Comment.objects.values_list("reader__user", flat=True)) == [None, None]
