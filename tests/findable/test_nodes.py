"""JSON-LD: how nodes get into HTML."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from findable.nodes import absolute, graph, node, script

HEAD, FOOT = '<script type="application/ld+json">', "</script>"


@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_script_reads_as_what_was_put_in_and_nothing_in_it_ends_it(value):
    found = script({"value": value})

    text = found.removeprefix(HEAD).removesuffix(FOOT)
    assert found == HEAD + text + FOOT
    assert json.loads(text) == {"value": value}
    assert not set("<>&\u2028\u2029") & set(text)


def test_node_says_nothing_of_what_is_empty_and_keeps_a_zero():
    assert node("Thing", id="", name="Kettle", url="", sameAs=[], image=None, position=0) == {
        "@type": "Thing",
        "name": "Kettle",
        "position": 0,
    }


def test_graph_names_nothing_twice():
    first, second, nameless = node("Thing", id="#a", name="First"), node("Thing", id="#a"), node("Thing")

    assert graph([first, second, nameless, nameless])["@graph"] == [first, nameless, nameless]


def test_address_of_another_host_stays(settings):
    settings.ALMANAC_URL = "https://almanac.example"

    assert absolute("/media/kettle.webp") == "https://almanac.example/media/kettle.webp"
    assert absolute("https://pictures.example/kettle.webp") == "https://pictures.example/kettle.webp"
