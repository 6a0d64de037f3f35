"""How often a page asks the server before a reader can begin."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_first_view_of_an_article_takes_ten_requests_at_most(open_page, full_site):
    page = open_page("about:blank", viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(full_site.url, wait_until="networkidle")

    assert asked[0].endswith(full_site.url)
    assert len(asked) <= 10
