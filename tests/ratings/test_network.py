"""Whose address counts, and what is kept of it."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from config.checks import proxy_is_trusted, trusted_proxies_are_networks
from ratings.models import NetworkKey
from ratings.network import DIGITS, PERIOD, client_address, digest_of, forget_old_keys, network_of
from tests.conftest import NOON

PROXIES = ["10.0.0.0/8", " 127.0.0.1", "2001:db8:aaaa::/48"]


@pytest.fixture(autouse=True)
def _trusted_proxies(settings):
    settings.TRUSTED_PROXIES = PROXIES


def seen_from(peer: str, forwarded: str | None = None, **headers: str) -> str:
    if forwarded is not None:
        headers["X-Forwarded-For"] = forwarded
    return client_address(RequestFactory().post("/", headers=headers, REMOTE_ADDR=peer))


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        # Nobody in between, or nobody that we know: what a client says of itself is not heard.
        ("192.0.2.7", None, "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9", "192.0.2.7"),
        # One proxy, and what the client wrote to the left of it.
        ("10.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("10.0.0.1", "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("10.0.0.1", "10.9.9.9, 192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.9,192.0.2.7,10.0.0.2", "192.0.2.7"),
        ("2001:db8:aaaa::1", "2001:db8:bbbb::7", "2001:db8:bbbb::7"),
        ("::ffff:10.0.0.1", "::ffff:192.0.2.7", "192.0.2.7"),
        # Ports, brackets, zones.
        ("10.0.0.1", "192.0.2.7:55", "192.0.2.7"),
        ("10.0.0.1", "[2001:db8::7]:80", "2001:db8::7"),
        ("10.0.0.1", "[2001:db8::7]", "2001:db8::7"),
        ("fe80::1%eth0", None, "fe80::1"),
        # Only proxies: the farthest one that we can vouch for.
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        # What cannot be read is never skipped in favor of what the client may have written.
        ("10.0.0.1", "203.0.113.9, unknown", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9, unknown, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9,", "10.0.0.1"),
        ("10.0.0.1", "192.0.2.07", "10.0.0.1"),
        ("", "192.0.2.7", ""),
        ("unix:", "192.0.2.7", ""),
    ],
)
def test_client_is_the_first_behind_the_trusted_proxies(peer, forwarded, expected):
    assert seen_from(peer, forwarded) == expected


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.0.0.1"])
@pytest.mark.parametrize(
    "header", ["X-Real-IP", "Forwarded", "X-Client-IP", "CF-Connecting-IP", "True-Client-IP", "X-Cluster-Client-IP"]
)
def test_no_other_header_is_heard(peer, header):
    value = "for=203.0.113.9" if header == "Forwarded" else "203.0.113.9"

    assert seen_from(peer, **{header: value}) == peer


def test_nobody_is_trusted_by_default_network(settings):
    settings.TRUSTED_PROXIES = []

    assert seen_from("10.0.0.1", "192.0.2.7") == "10.0.0.1"


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("", "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        ("", "203.0.113.9, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        ("unix:", "192.0.2.7", "192.0.2.7"),
        ("", "unknown", ""),
        ("", None, ""),
        ("198.51.100.1", "192.0.2.7", "198.51.100.1"),
    ],
)
def test_proxy_on_a_socket_is_believed_if_the_setting_says_so(settings, peer, forwarded, expected):
    settings.TRUSTED_PROXIES = [*PROXIES, " unix"]

    assert seen_from(peer, forwarded) == expected
    assert not trusted_proxies_are_networks(app_configs=None)


@given(st.text(), st.text())
def test_no_peer_and_no_header_breaks_it(peer, forwarded):
    request = RequestFactory().post("/")
    request.META |= {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}

    assert network_of(client_address(request)) or client_address(request) == ""


@given(st.lists(st.ip_addresses().map(str)), st.ip_addresses(v=4, network="192.0.2.0/24").map(str))
def test_client_cannot_choose_its_address(invented, real):
    assert seen_from("10.0.0.1", ", ".join([*invented, real])) == real


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_network_is_an_address_or_a_64(address, expected):
    assert network_of(address) == expected


def test_one_network_has_one_digest_within_a_period(db):
    assert len({digest_of(f"2001:db8:1:2::{number}", now=NOON) for number in range(3)}) == 1
    assert digest_of("2001:db8:1:3::1", now=NOON) != digest_of("2001:db8:1:2::1", now=NOON)
    assert digest_of("192.0.2.7", now=NOON) != digest_of("192.0.2.8", now=NOON)
    assert NetworkKey.objects.count() == 1


def test_digest_is_short_hexadecimal_and_shows_nothing(db):
    digest = digest_of("192.0.2.7", now=NOON)

    assert len(digest) == DIGITS == len(bytes.fromhex(digest)) * 2


def test_another_period_has_another_key(db):
    assert digest_of("192.0.2.7", now=NOON) != digest_of("192.0.2.7", now=NOON + PERIOD)


def test_unknown_network_has_no_digest_and_makes_no_key(db):
    assert digest_of("unknown", now=NOON) == ""
    assert NetworkKey.objects.count() == 0


def test_digest_costs_one_query_once_the_key_is_there(db, django_assert_num_queries):
    digest_of("192.0.2.7", now=NOON)

    with django_assert_num_queries(1):
        digest_of("192.0.2.8", now=NOON)


def test_forgetting_keeps_this_period_and_the_previous_one(db):
    digests = [digest_of("192.0.2.7", now=NOON + number * PERIOD) for number in range(4)]
    now = NOON + 3 * PERIOD

    assert forget_old_keys(now=now) == 2
    assert forget_old_keys(now=now) == 0
    assert [digest_of("192.0.2.7", now=NOON + number * PERIOD) for number in (2, 3)] == digests[2:]


def test_forgotten_key_comes_never_back(db):
    digest = digest_of("192.0.2.7", now=NOON)
    forget_old_keys(now=NOON + 2 * PERIOD + timedelta(seconds=1))

    assert digest_of("192.0.2.7", now=NOON) != digest


def ids(found) -> list[str]:
    return [message.id for message in found]


@pytest.mark.parametrize(
    ("header", "proxies", "expected"),
    [
        (("HTTP_X_FORWARDED_PROTO", "https"), [], ["config.W001"]),
        (("HTTP_X_FORWARDED_PROTO", "https"), PROXIES, []),
        (None, [], []),
    ],
)
def test_check_warns_of_an_unknown_proxy(settings, header, proxies, expected):
    settings.SECURE_PROXY_SSL_HEADER = header
    settings.TRUSTED_PROXIES = proxies

    assert ids(proxy_is_trusted(app_configs=None)) == expected


@pytest.mark.parametrize(("name", "expected"), [("10.0.0.1/8", []), ("the proxy", ["config.E001"])])
def test_check_refuses_a_proxy_that_is_no_network(settings, name, expected):
    settings.TRUSTED_PROXIES = [name]

    assert ids(trusted_proxies_are_networks(app_configs=None)) == expected
