"""The links in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.moderation.linking import domains_in, links_in


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("See https://example.org/a?b#c.", ["example.org"]),
        ("HTTPS://WWW.Example.ORG and www.example.org", ["example.org"]),
        ("(http://a.example), [b](https://b.example/x)", ["a.example", "b.example"]),
        ("[https://a.example](https://b.example)", ["a.example", "b.example"]),
        ("https://known.example@evil.example/", ["evil.example"]),
        ("https://evil.example\\@known.example", ["evil.example"]),
        ("https://a.example:8080/x", ["a.example"]),
        ("https:// www. http://localhost a.example ruth@example.org", []),
    ],
)
def test_domains_are_found(text, domains):
    assert domains_in(text) == domains


@pytest.mark.parametrize("text", ["http://a." + "İ" * 200, "http://" + "a" * 251 + ".b.c"])
def test_domain_is_no_longer_than_one_can_be_in_small_letters_as_well(text):
    assert [len(domain) for domain in domains_in(text)] == [253]


def test_link_with_both_beginnings_is_one_and_knows_its_place():
    text = "Look (https://www.a.example/b)."

    (link,) = links_in(text)

    assert (link.domain, text[slice(*link.span)]) == ("a.example", "https://www.a.example/b")


@given(st.text(alphabet="htps:/w.@a b\\()[]é", max_size=80))
def test_place_of_every_link_is_a_link_to_its_domain(text):
    for link in links_in(text):
        assert link.domain in domains_in(text[slice(*link.span)])
