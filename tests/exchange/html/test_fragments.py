"""How the elements of HTML are written as marked lines."""

import re
from contextlib import suppress

import pytest

from articles.exchange.html import lines_of
from articles.exchange.inline import rich_line
from articles.exchange.recognition import recognize
from articles.exchange.source import Given, Refused, Source
from prose.sanitize import SAFE_LINK

HREF = re.compile(r'href="([^"]*)"')


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>a\n  b</p><p>c</p>", ["a b", "", "c"]),
        ("<div>a<div>b</div>c</div>", ["a", "", "b", "", "c"]),
        ("<p>vac&shy;cine hyper<wbr>tension 5&nbsp;mg</p>", ["vaccine hypertension 5 mg"]),
        ("<p>a<br>b<br><br>c</p>", ["a\\", "b", "", "c"]),
        ("<pre>x\n  y</pre>", ["x\\", "y"]),
        ("<h3>A</h3><h4>B</h4>", ["## A", "", "### B"]),
        ("<p><b>All bold</b></p>", ["**All bold**"]),
        ("<p>in<b>tra</b>word, <b><i>both</i></b></p>", ["intraword, **_both_**"]),
        ("<p>2 * 3, *star*, a_b, [x](http://y.z) \\*</p>", ["2 * 3, \\*star\\*, a_b, [x\\](http://y.z) \\\\\\*"]),
        ("<p># no heading</p>", ["\\# no heading"]),
        ("<p>H<sub>2</sub>O, the 19<sup>th</sup>, so<sup><a href='#n1'>1</a></sup></p>",) * 1
        + (["H<sub>2</sub>O, the 19th, so<sup>1</sup>"],),
        ("<p><a href='https://e.org/a (b)'>vaccine</a>s</p>", ["[vaccines](https://e.org/a%20%28b%29)"]),
        ("<p><a href='mailto:a@b.c'>Mail</a> <a href='tel:+1'>call</a></p>", ["[Mail](mailto:a@b.c) [call](tel:+1)"]),
        ("<p><a href='java\tscript:x'>words</a> <a href='//e.org'>b</a></p>", ["words [b](https://e.org)"]),
        ("<ul><li>a<ul><li>b</ul><li><p>c</p><p>d</p></ul>", ["- a", "    - b", "- c d"]),
        ("<ol start=3><li><h3>A.</h3><p>b</p><li>c</ol>", ["3. **A.** b", "4. c"]),
        ("<ul><li><input type=checkbox checked> a<li><input type=checkbox>b</ul>", ["- [x] a", "- [ ] b"]),
        ("<dl><dt>Term<dd>What it means</dl>", ["**Term**", "", "What it means"]),
        ("<blockquote><p>a<p>b</p><footer>— Jo, MD</footer></blockquote>", ["> a", ">", "> b", "> — Jo, MD"]),
        ("<details><summary>Q?</summary>A.</details>", ["## Q?", "", "A."]),
        ("<iframe src='//www.youtube.com/embed/abcdef12345'></iframe>",) * 1
        + (["https://www.youtube.com/watch?v=abcdef12345"],),
        ("<table><tr><td><p>only</p></td></tr></table>", ["only"]),
    ],
)
def test_elements_as_lines(html, lines):
    assert list(lines_of(html).lines) == lines


def test_tables_keep_every_cell_once():
    html = (
        "<table><caption>Doses</caption><thead><tr><th rowspan=2>Drug</th><th colspan=2>Dose</th></tr>"
        "<tr><th>Day</th><th>Night</th></tr></thead>"
        "<tr><td rowspan=2>A|B</td><td>1<br>2</td><td>3</td></tr><tr><td>4</td><td>5</td></tr></table>"
    )
    text = lines_of(f"<h1>T</h1>{html}")
    assert text.lines[2:] == (
        ": Doses",
        "| Drug | Dose Day | Night |",
        "| --- | --- | --- |",
        "| A\\|B | 1 2 | 3 |",
        "|  | 4 | 5 |",
    )
    [table] = recognize(Source(path="", lines=text.lines, marked=True)).blocks
    assert table.value["table"]["caption"] == "Doses"
    assert table.value["table"]["rows"][0]["values"] == ["A|B", "1 2", "3"]


def test_pictures_have_their_largest_address_and_their_caption():
    text = lines_of(
        "<figure><img src='data:image/gif;base64,R0lGOD' data-srcset='a.jpg 300w, b.jpg 900w' alt='[x]'>"
        "<figcaption>By <a href='https://e.org'>Jo</a></figcaption></figure>",
        base="https://e.org/post/",
    )
    assert text.lines == ("![(x)](https://e.org/post/b.jpg)", "*By Jo*")
    assert text.pictures == ("https://e.org/post/b.jpg",)


def test_pictures_in_the_html_itself_come_along():
    text = lines_of(f"<p>See: <img src='data:image/png;base64,{'AAAA' * 60}'></p>")
    [name] = text.pictures
    assert text.lines == ("See:", "", f"![]({name})")
    assert text.embedded[name]() == bytes(180)


def test_the_title_is_not_doubled():
    assert lines_of("<h1>Sleep well</h1><p>a", title="Sleep Well").lines == ("# Sleep Well", "", "a")
    assert lines_of("<h1>One</h1><p>a<h1>Two</h1>", title="T").lines == ("# T", "", "## One", "", "a", "", "## Two")
    assert lines_of("<p>a<h1>One</h1>").title == "One"


def test_comments_that_name_a_kind_give_it():
    text = lines_of('<p>a</p><!-- tip {"variant": "note"} --><p>b<p>c</p><!-- /tip --><!-- other --><p>d', title="T")
    assert text.given == (Given(first=5, last=7, kind="tip", fields={"variant": "note"}),)
    assert text.lines[4:7] == ("b", "", "c")


def test_what_nobody_sees_is_left_out_and_listed():
    text = lines_of(
        "<p onclick='x' onload='y'>a <a href='javascript:z'>b</a></p><script>c</script><style>d</style>"
        "<p hidden>e</p><p style='display: none'>f</p><iframe srcdoc='g'></iframe><!-- h -->"
    )
    assert text.lines == ("a b",)
    assert {(each.what, each.count) for each in text.removed} == {
        ("script attribute", 2),
        ("link to javascript:", 1),
        ("script", 1),
        ("style sheet", 1),
        ("hidden text", 2),
        ("srcdoc attribute", 1),
        ("embedded page", 1),
    }


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>" * 50_000,
        "<div>" * 160_000,
        "<p>" * 90_000,
        "".join(f"<p><font size={size}>x" for size in range(3_000)),
        "<p " + " ".join(f"a{number}=1" for number in range(50_000)) + ">",
        "<p>word " * 10 + "lorem ipsum " * 900_000,
        "<table>" + "<tr>" + "<td colspan=50 rowspan=50>x" * 1_000 + "<tr><td>y" * 5_000,
    ],
    ids=["lists", "divisions", "paragraphs", "fonts", "attributes", "ten megabytes", "spans"],
)
def test_more_than_an_article_is_refused_in_a_sentence(html):
    with pytest.raises(Refused, match=r"^(The|A) .*\.$"):
        lines_of(html)


def test_what_crashes_other_parsers_is_words_or_refused(hostile_strings):
    for text in hostile_strings:
        for html in (text, f"<p>{text}</p>", f"<a href='{text}'>x</a>"):
            with suppress(Refused):
                lines = lines_of(html, title="Title").lines
                assert "<script" not in "".join(rich_line(line) for line in lines)
                assert all(SAFE_LINK.match(address) for line in lines for address in HREF.findall(rich_line(line)))


def test_what_was_copied_from_windows_is_read():
    copied = "<html><body><!--StartFragment--><b>x</b><!--EndFragment--></body></html>"
    assert lines_of(f"Version:0.9\r\nStartHTML:0000000105\r\n{copied}").lines == ("**x**",)
