"""Where a POST may come from."""

import pytest
from django.test import RequestFactory

from ratings.origin import is_own


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Referer": "http://testserver/articles/x/"}, True),
        ({}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "http://testserver:81"}, False),
        ({"Origin": "http://evil.example", "Referer": "http://testserver/"}, False),
        ({"Referer": "http://evil.example/http://testserver/"}, False),
        ({"Origin": "http://[broken"}, False),
    ],
)
def test_only_our_own_pages_may_send(headers, expected):
    assert is_own(RequestFactory().post("/", headers=headers)) is expected
