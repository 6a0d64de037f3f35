"""Exports of Ghost: its posts in all the ways that it kept their text, and nothing of its secrets."""

import json
from datetime import UTC, date, datetime

import pytest

from articles.exchange.documents import Unreadable, Writer
from articles.exchange.ghost import tables
from articles.exchange.reading import ghost
from articles.exchange.source import Refused
from tests.exchange.sites.conftest import body, documents, ignored, kinds
from tests.exchange.sites.ghost import export, lexical, mobiledoc, node, post, words

OPENING = node("paragraph", words("An opening paragraph that says something."))
VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
MANY = {
    "users": [
        {
            "id": "u1",
            "name": "Nora Price",
            "email": "canary-mail@a.example",
            "password": "$2a$canary",
            "bio": "Writes.",
        },
        {"id": "u2", "name": "Ada Brook", "email": "canary-mail@b.example", "password": "$2a$canary"},
    ],
    "tags": [{"id": "t1", "name": "Tea"}, {"id": "t2", "name": "#canary"}, {"id": "t3", "name": "Hot"}],
    "settings": [{"key": "stripe_secret_key", "value": "canary-secret"}, {"key": "title", "value": "Site"}],
    "api_keys": [{"id": "k", "secret": "canary-key"}],
    "members": [{"email": "canary-member@a.example", "note": {"deep": ["canary"]}}],
    "webhooks": [{"secret": "canary-hook"}],
    "sessions": [],
}


@pytest.fixture
def read(read_ghost):
    """Return the article of one post."""
    return lambda **values: documents(read_ghost(export([post(1, **values)])))[0]


def test_export_and_answer_of_the_api_are_known_by_their_heads():
    assert ghost.is_mine("a.json", export([post(1)]).encode())
    assert ghost.is_mine("a.json", "\ufeff".encode() + export([post(1)]).encode())
    assert ghost.is_mine("a.json", export([post(1)]).encode("utf-16"))
    assert ghost.is_mine("a.json", b'{ "posts": [ {"id": "1"')
    assert not ghost.is_mine("a.json", b'{"format": "almanac", "articles": []}')
    assert not ghost.is_mine("a.json", b'[{"posts": []}]')


def test_post_has_what_its_tables_say_of_it(read_ghost):
    key = post(7)["id"]
    beside = MANY | {
        "posts_authors": [
            {"post_id": key, "author_id": "u1", "sort_order": 1},
            {"post_id": key, "author_id": "u2", "sort_order": 0},
        ],
        "posts_tags": [
            {"post_id": key, "tag_id": tag, "sort_order": place}
            for place, tag in [(2, "t3"), (0, "t2"), (1, "t1"), (3, "missing")]
        ],
        "posts_meta": [{"post_id": key, "meta_description": "For machines.", "feature_image_alt": "A kettle"}],
    }
    values = {
        "custom_excerpt": "In short.",
        "feature_image": "__GHOST_URL__/content/images/k.jpg",
        "updated_at": "2021-06-01T00:00:00.000Z",
        "codeinjection_head": "<script>canary</script>",
        "canonical_url": "https://elsewhere.example/kettles/",
    }
    entries = read_ghost(export([post(7, **values)], **beside))
    (document,) = documents(entries)
    details = document.details
    assert (document.foreign_id, document.place) == (post(7)["uuid"], "post 1")
    assert details.authors == (Writer(name="Ada Brook"), Writer(name="Nora Price", biography="Writes."))
    assert (details.topics, details.tags) == ((("Tea",),), ("Hot",))
    assert (details.summary, details.description, details.slug) == ("In short.", "For machines.", "post-7")
    assert (details.hero, details.hero_alt) == ("/content/images/k.jpg", "A kettle")
    assert (details.is_published, details.published_at) == (True, datetime(2020, 5, 1, 8, tzinfo=UTC))
    assert (details.revised_on, details.addresses) == (date(2021, 6, 1), ("/post-7/",))
    assert details.notes == ("Its original is said to be at https://elsewhere.example/kettles/.",)


def test_secrets_are_counted_and_nowhere_held(read_ghost, caplog):
    entries = read_ghost(export([post(1, codeinjection_foot="canary")], **MANY))
    assert ignored(entries) == {
        "api_keys": 1,
        "members": 1,
        "settings": 2,
        "webhooks": 1,
        "users: account": 2,
        "code injection of a post": 1,
    }
    assert "canary" not in repr(entries) + caplog.text


def test_answer_of_the_api_is_read(read_ghost):
    people = [{"id": "1", "name": "Nora Price", "email": "canary@a.example"}]
    tags = [{"name": "Tea", "visibility": "public"}, {"name": "secret", "visibility": "internal"}]
    values = {"authors": people, "tags": tags, "url": "https://kettle.example/post-1/"}
    entries = read_ghost(json.dumps({"posts": [post(1, **values)], "meta": {"pagination": {"page": 1}}}))
    (document,) = documents(entries)
    assert document.details.authors == (Writer(name="Nora Price"),)
    assert (document.details.topics, document.details.tags) == ((("Tea",),), ())
    assert document.details.addresses == ("https://kettle.example/post-1/", "/post-1/")
    assert "canary" not in repr(entries)


def test_first_versions_are_read(read_ghost):
    values = {"id": 3, "page": 0, "image": "/content/images/k.jpg", "published_at": 1588320000000, "author_id": 1}
    old = {"posts": [post(1, **values)], "users": [{"id": 1, "name": "Nora"}], "tags": [], "posts_tags": []}
    (document,) = documents(read_ghost(json.dumps({"meta": {"exported_on": 1, "version": "003"}, "data": old})))
    assert document.details.authors == (Writer(name="Nora"),)
    assert document.details.published_at == datetime(2020, 5, 1, 8, tzinfo=UTC)
    assert document.details.hero == "/content/images/k.jpg"


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ({"status": "draft"}, None),
        ({"visibility": "paid"}, "Only some readers could see it there (“paid”), so it is a draft here."),
        ({"visibility": "members"}, "Only some readers could see it there (“members”), so it is a draft here."),
        ({"status": "sent"}, "It was sent by e-mail only, so it is a draft here."),
        ({"status": "scheduled"}, "It was scheduled for 2020-05-01T08:00:00.000Z there; here it is a draft."),
    ],
)
def test_what_not_everybody_could_read_is_a_draft(read, values, note):
    details = read(**values).details
    assert (details.is_published, details.published_at, details.notes) == (False, None, (note,) if note else ())


@pytest.mark.parametrize("written", ["0000-00-00", "0001-01-01T00:00:00Z", None, 10**18, True])
def test_date_that_never_was_is_left_out_with_a_note(read, written):
    details = read(published_at=written).details
    assert details.published_at is None
    assert details.notes[0].endswith("is none.")


def test_lexical_text_is_lines_with_styles(read):
    linked = node("link", words("here"), url="__GHOST_URL__/about/")
    nested = node("listitem", node("list", node("listitem", words("deep")), listType="bullet"))
    items = node("list", node("listitem", words("one")), nested, listType="number", tag="ol")
    text = lexical(
        node("paragraph", words("Boil ", 1), words("it", 2), node("linebreak"), words("a < b "), linked),
        node("extended-heading", words("Why?"), tag="h3"),
        items,
        node("horizontalrule"),
    )
    assert body(read(lexical=text)) == [
        "**Boil** *it*\\",
        "a < b [here](/about/)",
        "## Why?",
        "1. one",
        "    - deep",
        "---",
    ]


CARDS = {
    "picture": ("image", {"src": "__GHOST_URL__/content/images/k.jpg", "alt": "K"}, "figure", "![K](/content/images/"),
    "gallery": ("gallery", {"images": [{"src": "https://a.example/a.jpg", "alt": "A"}]}, "figure", "![A]"),
    "callout": ("callout", {"calloutText": "Fill it.", "calloutEmoji": "💡"}, "tip", "Fill it."),
    "toggle that asks": ("toggle", {"heading": "Is it safe?", "content": "<p>Yes.</p>"}, "faq", "Is it safe?"),
    "embedded video": ("embed", {"url": VIDEO, "html": "<iframe></iframe>"}, "video", VIDEO),
    "markdown": ("markdown", {"markdown": "| a | b |\n|---|---|\n| 1 | 2 |"}, "table", "| 1 | 2 |"),
    "html": ("html", {"html": "<blockquote>Boil it twice.</blockquote>"}, "quote", "Boil it twice."),
    "linked page": ("bookmark", {"url": "https://a.example/", "metadata": {"title": "A"}}, "text", "[A](https://a"),
    "button": ("button", {"buttonText": "Go", "buttonUrl": "https://a.example/"}, "text", "[Go](https://a.example/)"),
    "product": ("product", {"productTitle": "A kettle", "productDescription": "<p>Red.</p>"}, "text", "Red."),
}


@pytest.mark.parametrize(("name", "settings", "kind", "line"), CARDS.values(), ids=CARDS.keys())
def test_card_is_the_same_in_both_editors(read, name, settings, kind, line):
    first = read(lexical=lexical(OPENING, {"type": name} | settings))
    opening = [1, "p", [[0, [], 0, "An opening paragraph that says something."]]]
    second = read(mobiledoc=mobiledoc(opening, [10, 0], cards=[[name, settings]]))
    assert first.source.lines == second.source.lines
    assert any(line in each for each in first.source.lines)
    assert kinds(first)[-1] == kind


def test_toggles_that_ask_are_one_block(read):
    toggles = [{"type": "toggle", "heading": f"Is it {how}?", "content": "Yes."} for how in ("safe", "loud")]
    assert kinds(read(lexical=lexical(OPENING, *toggles))) == ["text", "faq"]


def test_cards_for_e_mails_and_unknown_ones_are_listed(read):
    document = read(lexical=lexical(OPENING, {"type": "email", "html": "x"}, {"type": "signup"}, {"type": "new-one"}))
    assert [removed.what for removed in document.removed] == [
        "text for e-mails only",
        "form to subscribe",
        "card “new-one”",
    ]


def test_mobiledoc_text_is_lines_with_styles(read):
    bold, link, soft = ["strong"], ["a", ["href", "https://a.example/"]], ["soft-return", "", {}]
    text = mobiledoc(
        [1, "h2", [[0, [], 0, "Why?"]]],
        [1, "p", [[0, [0], 0, "Boil "], [0, [1], 2, "it"], [1, [], 0, 0], [0, [], 0, "a < b"]]],
        [3, "ul", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]],
        [1, "aside", [[0, [], 0, "Said aside."]]],
        [10, 99],
        ["strange"],
        markups=[bold, link],
        atoms=[soft],
    )
    document = read(mobiledoc=text)
    assert body(document) == [
        "## Why?",
        "**Boil [it](https://a.example/)**\\",
        "a < b",
        "- one",
        "- two",
        "> Said aside.",
    ]
    assert [(each.what, each.count) for each in document.removed] == [("section that cannot be read", 2)]


@pytest.mark.parametrize(
    "broken", ["{", "[]", '{"root":7}', '{"root":{"children":"x"}}', lexical(), '{"a":' * 50_000, "null"]
)
def test_html_stands_in_for_a_text_that_cannot_be_read(read, broken):
    assert body(read(lexical=broken, mobiledoc=broken)) == ["Water boils."]


def test_text_that_nests_too_deep_is_refused_and_harms_no_other(read_ghost):
    deep = '{"type":"list","children":[' * 300 + "]}" * 300
    hostile = f'{{"root":{{"children":[{deep}]}}}}'
    first, second, third = read_ghost(export([post(1, lexical=hostile), post(2), post(2)]))
    assert first.reason == "The text nests more than 200 levels deep."
    assert body(second) == ["Water boils."]
    assert third == Unreadable(place="post 3", reason="It has the same id as post 2.", foreign_id=post(2)["uuid"])


def test_file_that_ends_too_early_yields_its_whole_posts(read_ghost):
    text = export([post(1), post(2), post(3)], users=[{"id": "1"}])
    entries = read_ghost(text[: text.index("post-3")])
    assert len(documents(entries)) == 2
    assert entries[2].reason == "The file ends too early: what stands behind post 2 is missing."


def test_broken_file_yields_what_stands_before_the_break(read_ghost):
    entries = read_ghost(export([post(1), post(2)]).replace('"post-2"', "post-2"))
    assert len(documents(entries)) == 1
    assert entries[1].reason == "The file is broken: what stands behind post 1 cannot be read."


def test_bytes_that_are_no_utf8_and_raw_control_characters_are_read(read_ghost):
    data = export([post(1, html="Caf? and t@ea")]).encode().replace(b"Caf?", b"Caf\xe9").replace(b"@", b"\n")
    assert body(documents(read_ghost(data))[0]) == ["Café and t ea"]


def test_single_text_that_is_too_large_is_refused(read_ghost, monkeypatch):
    monkeypatch.setattr(tables, "LONGEST_STRING", 300_000)
    with pytest.raises(Refused, match="larger than 16 MB"):
        read_ghost(export([post(1, html='<a title=\\"x\\">' + 'x \\"y\\" ' * 100_000)]))


def test_file_without_posts_is_refused(read_ghost):
    with pytest.raises(Refused, match=r"The file holds no posts\."):
        read_ghost(export([], settings=[{"key": "a"}]))


def test_hostile_links_are_dropped_and_their_text_kept(read):
    bad = node("paragraph", node("link", words("click"), url="javascript:alert(1)"))
    assert body(read(lexical=lexical(bad))) == ["click"]
