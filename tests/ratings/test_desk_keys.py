"""The keys of the desk: what the page tells the script, and the guide in the docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ratings.desk.keys import KEYS
from ratings.models import State

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "moderators.md"
WAGTAILS = set("/[]?")


def test_no_key_does_two_things_or_what_wagtail_gave_it():
    keys = [key.key for key in KEYS]

    assert len(set(keys)) == len(keys)
    assert not WAGTAILS & set(keys)


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.key)
def test_every_key_stands_in_the_guide(key):
    assert f"| `{key.key}` | {key.label} |" in GUIDE.read_text()


def test_the_guide_has_no_key_that_there_is_not():
    described = set(re.findall(r"^\| `(.)` \|", GUIDE.read_text(), re.MULTILINE))

    assert described - WAGTAILS == {key.key for key in KEYS}


@pytest.mark.django_db
class TestThePageHasWhatTheKeysPress:
    @pytest.fixture
    def desk(self, client, moderator):
        client.force_login(moderator)
        return client

    def test_each_key_and_the_card_of_each_comment_are_in_it(self, desk, make_comment):
        comment = make_comment()
        page = desk.get("/admin/reader-comments/").content.decode()

        for key in KEYS:
            assert f'data-key="{key.key}" data-press="{key.press}" data-go="{key.go}"' in page
        for attribute in (
            f'data-card="{comment.pk}"',
            'data-decide="published"',
            'data-decide="rejected"',
            'data-decide="spam"',
        ):
            assert attribute in page

    @pytest.mark.parametrize(
        ("query", "pressed"),
        [
            ("", ["data-note", "data-redaction", "data-choose", "data-bulk", "data-open", "data-filters"]),
            ("?state=published", ["data-check", "data-pin", 'data-decide="hidden"']),
        ],
    )
    def test_in_the_list(self, desk, make_comment, query, pressed):
        make_comment(State.PUBLISHED if query else State.PENDING)
        page = desk.get(f"/admin/reader-comments/{query}").content.decode()

        assert [name for name in pressed if not re.search(rf"<[^>]+ {name}[ >]", page)] == []

    def test_one_by_one(self, desk, make_comment):
        first, second, _third = make_comment(), make_comment(), make_comment()
        page = desk.get(f"/admin/reader-comments/{second.pk}/?view=card").content.decode()

        for name in ("data-next", "data-previous", "data-list", "data-release"):
            assert re.search(rf"<[^>]+ {name}[ >]", page), name
        assert first.name not in page.partition("data-card")[2].partition("</h2>")[0]
