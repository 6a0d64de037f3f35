"""What a file says of a block beside its words is taken only if the block could store it, and names nothing here."""

import pytest

from articles.exchange.fitting import fitting
from articles.exchange.lines import read_lines
from articles.exchange.recognition import recognized_as
from articles.exchange.source import Given


def test_fields_of_the_right_shape_are_taken():
    tip = {"variant": "note", "title": "Good to know", "body": "<p>a</p>"}
    steps = {"steps": [{"title": "Pour", "minutes": 3, "body": ""}]}

    assert fitting("tip", tip) == tip
    assert fitting("steps", steps) == steps
    assert fitting("figure", {"is_decorative": True}) == {"is_decorative": True}
    assert fitting("video", {"uploaded_on": "2026-03-01"}) == {"uploaded_on": "2026-03-01"}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("tip", {"variant": "unheard of"}),
        ("tip", {"title": "x" * 121}),
        ("tip", {"title": ["x"]}),
        ("tip", {"color": "red"}),
        ("figure", {"image": 3}),
        ("quote", {"profile": 3}),
        ("steps", {"steps": 5}),
        ("steps", {"steps": [{"minutes": "many"}]}),
        ("steps", {"steps": [{"image": 3}]}),
        ("video", {"uploaded_on": "2026-13-45"}),
        ("text", {"": "<p>a</p>"}),
        ("unheard_of", {"title": "x"}),
    ],
)
def test_all_other_fields_are_left_out(kind, fields):
    assert fitting(kind, fields) == {}


def test_fields_take_the_place_of_what_the_lines_say():
    lines = read_lines(("Drink water.",))
    found = recognized_as(lines, Given(first=1, last=1, kind="tip", fields={"variant": "note", "title": 5}))

    assert found.value == {"variant": "note", "title": "", "body": "<p>Drink water.</p>"}
