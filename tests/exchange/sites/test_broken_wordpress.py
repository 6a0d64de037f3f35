"""Exports that are broken, cut off or made to do harm: the good items come in, the others have a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.exchange.documents import Document, Unreadable
from articles.exchange.encodings import utf8_chunks
from articles.exchange.source import Refused
from articles.exchange.wordpress import cutting, parsing
from tests.exchange.sites.conftest import body, documents
from tests.exchange.sites.wordpress import TAIL, cdata, export, item

THREE = [item(1, title="One"), item(2, title="Two"), item(3, title="Three")]


def titles(entries):
    return [entry.source.lines[0] for entry in entries if isinstance(entry, Document)]


def reasons(entries):
    return [(entry.place, entry.reason) for entry in entries if isinstance(entry, Unreadable)]


def test_file_that_ends_too_early_yields_its_whole_items(read_wxr):
    text = export(THREE)
    entries = read_wxr(text[: text.index("Three") + 20])
    assert titles(entries) == ["# One", "# Two"]
    assert reasons(entries) == [("item 3, line 53", "The file ends in the middle of item 3 (line 53).")]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (THREE[1].replace("</title>", "</titel>"), "Line 38 is broken: it is no XML."),
        (THREE[1].replace("\t</item>\n", ""), "Item 2 (line 37) does not end where the next one begins."),
        (THREE[1].replace("Two]]>", "Two"), None),
        (THREE[1].replace("boils.</p>]]>", "boils.</p>"), None),
        ("\t<item><!DOCTYPE x></item>\n", "Line 37 is broken: it is no XML."),
        ("\t<item>&x;&y;<title>a</item>\n", "Line 37 is broken: it is no XML."),
    ],
)
def test_broken_item_harms_no_other(read_wxr, broken, reason):
    entries = read_wxr(export([THREE[0], broken, THREE[2]]))
    assert {"# One", "# Three"} <= set(titles(entries))
    assert len(documents(entries)) + len(reasons(entries)) == 3
    if reason:
        assert reasons(entries) == [("item 2, line 37", reason)]


def test_item_of_too_many_elements_is_refused(read_wxr, monkeypatch):
    monkeypatch.setattr(parsing, "MAX_ELEMENTS", 1000)
    entries = read_wxr(export([THREE[0], "\t<item>" + "<a>" * 2000 + "</item>\n", THREE[2]]))
    assert titles(entries) == ["# One", "# Three"]
    assert reasons(entries) == [("item 2, line 37", "The item has more elements than any post.")]


def test_text_that_is_never_closed_does_not_swallow_the_next_item(read_wxr):
    torn = THREE[1].replace("boils.</p>]]>", "boils.</p>").replace("]]>", "")
    entries = read_wxr(export([THREE[0], torn, THREE[2]]))
    assert titles(entries) == ["# One", "# Three"]
    assert reasons(entries)[0][1] == "Item 2 (line 37) does not end where the next one begins."


def test_ampersands_entities_and_undeclared_prefixes_are_repaired(read_wxr):
    broken = THREE[0].replace(cdata("One"), "One & all&nbsp;&#0;&hellip;").replace("</item>", "<x:y>1</x:y></item>")
    (document,) = documents(read_wxr(export([broken])))
    assert document.source.lines[0] == "# One & all …"
    assert document.details.notes == ("Its XML was broken and was repaired.",)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n',
        '<!DOCTYPE x SYSTEM "https://evil.example/x.dtd">\n',
    ],
    ids=["billion laughs", "external entity", "external declaration"],
)
def test_file_that_declares_entities_is_refused_with_its_line(read_wxr, head):
    text = export([item(1)]).replace("<rss", f"{head}<rss", 1)
    with pytest.raises(Refused, match=r"Line 5 declares a document type or an entity\. Such a file is not read\."):
        read_wxr(text)


def test_entity_in_a_text_is_text(read_wxr):
    (document,) = documents(read_wxr(export([item(1, "<p>&lt;!DOCTYPE html&gt; <![x]> <code>&lt;!ENTITY</code></p>")])))
    assert body(document) == ["<!DOCTYPE html> <!ENTITY"]


@pytest.mark.parametrize(
    "content",
    [
        "<p>An ]]> arrow</p>",
        "<p>Ends in ]]</p>]]",
        "<pre>&lt;item&gt;</pre></item><item><p>x</p>",
        "]]>]]>",
        "<![CDATA[ inside ]]>",
    ],
)
def test_text_may_hold_the_marks_of_its_own_file(tmp_path, content):
    path = tmp_path / "x.xml"
    path.write_text(export([item(1, content), item(2)]))
    _, *items = cutting.pieces_of(utf8_chunks(path))
    assert [piece.fault for piece in items] == [None, None]
    assert items[0].data.decode() == item(1, content).strip()


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"),
     ("latin-1", "ISO-8859-1"), ("cp1252", "windows-1252"), ("utf-8", "ISO-8859-1"), ("utf-8", "klingon"),
     ("utf-8", "base64"), ("cp1251", "windows-1251")],
)  # fmt: skip
def test_file_is_read_in_its_encoding_whatever_it_declares(read_wxr, encoding, declared):
    said = "Чай" if encoding == "cp1251" else "Café"
    text = export([item(1, f"<p>{said}</p>")]).replace('encoding="UTF-8"', f'encoding="{declared}"')
    (document,) = documents(read_wxr(text.encode(encoding)))
    assert (body(document), document.details.notes) == ([said], ())


def test_bytes_that_are_no_utf8_are_read_as_windows_1252_with_a_note(read_wxr):
    data = export([item(1, "<p>Caf?</p>"), item(2, "<p>Tea</p>")]).encode().replace(b"Caf?", b"Caf\xe9")
    first, second = documents(read_wxr(data))
    assert body(first) == ["Café"]
    assert first.details.notes == ("It holds bytes that are not UTF-8; they were read as Windows-1252.",)
    assert second.details.notes == ()


def test_control_characters_are_left_out_with_a_note(read_wxr):
    (document,) = documents(read_wxr(export([item(1, "<p>Wa\x0bt\x00er\x1b</p>")])))
    assert body(document) == ["Water"]
    assert document.details.notes == ("It held control characters, which were left out.",)


def test_item_and_text_that_are_too_large_are_refused(read_wxr, monkeypatch):
    monkeypatch.setattr(cutting, "MAX_PIECE", 2_000_000)
    large = item(2, "x" * 3_000_000)
    long = item(4, "<p>word</p>\n" * 100_000)
    entries = read_wxr(export([item(1), large, item(3), long, item(5)]))
    assert len(documents(entries)) == 3
    assert reasons(entries) == [
        ("item 2, line 37", "Item 2 (line 37) is larger than 16 MB."),
        ("item 4, line 69", "The text has 1,199,999 characters; 1,000,000 are allowed."),
    ]


def test_file_without_a_head_yields_its_items(read_wxr):
    entries = read_wxr(f"<rss>{item(1)}{TAIL}")
    assert titles(entries) == ["# Why it whistles"]
    assert reasons(entries)[0][1].startswith("The head of the file is broken")


@given(st.data())
def test_whatever_is_cut_out_of_a_file_the_rest_is_read(tmp_path_factory, data):
    text = export(THREE).encode()
    start = data.draw(st.integers(600, len(text)))
    end = data.draw(st.integers(start, len(text)))
    path = tmp_path_factory.mktemp("wxr") / "x.xml"
    path.write_bytes(text[:start] + text[end:])
    pieces = list(cutting.pieces_of(utf8_chunks(path)))
    whole = [each.strip().encode() for each in THREE]
    expected = [each for each in whole if text.index(each) + len(each) <= start or text.index(each) >= end]
    assert [each for each in expected if any(each in piece.data for piece in pieces)] == expected
