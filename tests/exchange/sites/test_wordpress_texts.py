"""The text of a post: what the block editor, the older editor and shortcodes write, as lines and kinds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.exchange.wordpress.blocks import marks_of, without_marks
from articles.exchange.wordpress.classic import paragraphs
from articles.exchange.wordpress.kinds import Body
from articles.exchange.wordpress.shortcodes import without_shortcodes
from prose.words import words
from tests.exchange.sites.conftest import body, documents, kinds
from tests.exchange.sites.wordpress import attachment, export, item, meta

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def block(name: str, html: str, said: str = "") -> str:
    return f"<!-- wp:{name} {said}{' ' if said else ''}-->\n{html}\n<!-- /wp:{name} -->\n\n"


OPENING = block("paragraph", "<p>An opening paragraph that says something.</p>")


@pytest.fixture
def read(read_wxr):
    """Return the article whose text is given, below an opening paragraph."""

    def article(content: str, more: str = ""):
        picture = attachment(9, "https://kettle.example/up/k.jpg", alt="A kettle", caption="It is hot.")
        return documents(read_wxr(export([item(1, OPENING + content, more=more), picture])))[0]

    return article


YOAST_QUESTION = (
    '<div class="schema-faq"><div id="q"><strong class="schema-faq-question">Is it <em>safe</em>?</strong> '
    '<p class="schema-faq-answer">Yes.</p></div></div>'
)
YOAST_STEPS = (
    '<div><ol><li class="s"><strong class="schema-how-to-step-name">Fill it</strong> '
    '<p class="schema-how-to-step-text">Well.</p></li><li><strong class="schema-how-to-step-name">Boil it</strong> '
    '<p class="schema-how-to-step-text">Long.</p></li></ol></div>'
)
RANK_MATH_QUESTION = '{"questions":[{"id":"q","title":"Is it safe?","content":"Yes.","visible":true}]}'
RANK_MATH_STEPS = '{"steps":[{"title":"Fill it","content":"Well."},{"title":"Boil it","content":"Long."}]}'
ACCORDION = (
    '<h3><button><span class="t">Is it safe?</span>'
    '<span class="wp-block-accordion-heading__toggle-icon">+</span></button></h3>'
)
TABLE = "<table><tr><th>Sign</th><th>Means</th></tr><tr><td>Steam</td><td>Hot</td></tr></table>"
QUOTE = "<blockquote><p>Boil it twice.</p><cite>Ada Brook</cite></blockquote>"
PICTURE = '<figure><img src="https://a.example/a.jpg" alt="A"></figure>'
OLD_GALLERY = f'<ul class="wp-block-gallery"><li class="blocks-gallery-item">{PICTURE}</li></ul>'
COVER = '{"url":"https://a.example/a.jpg"}'
CHECKED = '{"className":"is-style-checkmark-list"}'
EMBEDDED = f'<figure><div class="wp-block-embed__wrapper">\n{VIDEO}\n</div></figure>'

BLOCKS = {
    "heading": (block("heading", "<h3>Why?</h3>", '{"level":3}'), "heading", "Why?"),
    "list": (block("list", "<ul>" + block("list-item", "<li>One</li>") + "</ul>"), "text", "- One"),
    "quote": (block("quote", QUOTE), "quote", "Boil it twice."),
    "pull quote": (block("pullquote", f"<figure>{QUOTE}</figure>"), "quote", "Boil it twice."),
    "table": (block("table", f"<figure>{TABLE}</figure>"), "table", "| Steam | Hot |"),
    "gallery of old": (block("gallery", OLD_GALLERY, '{"ids":[9]}'), "figure", "![A](https://a.example/a.jpg)"),
    "cover": (block("cover", "<div></div>", COVER), "figure", "](https://a.example/a.jpg)"),
    "video": (block("embed", EMBEDDED, f'{{"url":"{VIDEO}"}}'), "video", VIDEO),
    "video of old": (block("core-embed/youtube", f"<figure>{VIDEO}</figure>"), "video", VIDEO),
    "questions by Yoast": (block("yoast/faq-block", YOAST_QUESTION), "faq", "safe"),
    "questions by Rank Math": (block("rank-math/faq-block", "", RANK_MATH_QUESTION), "faq", "Is it safe?"),
    "steps by Yoast": (block("yoast/how-to-block", YOAST_STEPS), "steps", "1. **Fill it** Well."),
    "steps by Rank Math": (
        block("rank-math/howto-block", "<div></div>", RANK_MATH_STEPS),
        "steps",
        "2. **Boil it** Long.",
    ),
    "warning": (
        block("group", "<div><p>Steam burns.</p></div>", '{"className":"is-style-warning"}'),
        "warning",
        "Steam",
    ),
    "notice": (block("genesis-blocks/gb-notice", "<div><p>Mind this.</p></div>"), "tip", "Mind this."),
    "checklist": (block("list", "<ul><li>Lid</li><li>Water</li></ul>", CHECKED), "checklist", "- Lid"),
    "accordion": (
        block("accordion", block("accordion-heading", ACCORDION) + "<p>Yes.</p>"),
        "faq",
        "Is it safe?",
    ),
}


@pytest.mark.parametrize(("content", "kind", "line"), BLOCKS.values(), ids=BLOCKS.keys())
def test_block_is_its_kind(read, content, kind, line):
    document = read(content)
    assert kinds(document) == (["text"] if kind == "text" else ["text", kind])
    assert any(line in each for each in document.source.lines)


def test_footnotes_beside_the_text_come_along(read):
    notes = meta("footnotes", '[{"content":"Said by <em>Brook</em>.","id":"a"}]')
    assert body(read("<!-- wp:footnotes /-->", notes))[-1] == "1. Said by *Brook*."
    assert body(read("", notes))[-1] == "1. Said by *Brook*."


def test_block_that_the_server_makes_is_listed_and_its_text_kept(read):
    document = read('<!-- wp:acf/box {"data":{"text":"Never leave it alone","_text":"field_1"}} /-->')
    assert body(document)[-1] == "Never leave it alone"
    assert [(removed.what, removed.count) for removed in document.removed] == [("block “acf/box”", 1)]


def test_synced_pattern_stands_where_it_is_shown(read_wxr):
    pattern = item(5, block("paragraph", "<p>Shared words.</p>"), post_type="wp_block")
    twice = item(1, '<!-- wp:block {"ref":5} /-->' + '<!-- wp:block {"ref":6} /-->')
    (document,) = documents(read_wxr(export([twice, pattern])))
    assert body(document) == ["Shared words."]
    assert [removed.what for removed in document.removed] == ["synced pattern that is not in the file"]


def test_marks_that_do_not_match_lose_no_words():
    html = without_marks("<!-- wp:group --><p>a</p><!-- /wp:columns --><!-- wp:x {broken --><p>b</p><!-- wp:", Body())
    assert words(html.replace("wp", "")) == ["p", "a", "p", "p", "b", "p"]
    assert [mark.name for mark in marks_of('<!-- wp:a/b {"x":1} /--><!--wp:c--><!-- wp:core/d -->')] == ["a/b", "d"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>\n"),
        ("one\r\n\r\ntwo", "<p>one</p>\n<p>two</p>\n"),
        ("one<br />\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("<h2>a</h2>\nb", "<h2>a</h2><p>b</p>\n"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
        ("<ul>\n<li>a\nb</li>\n</ul>", "<ul><li>a<br>\nb</li></ul>"),
        ("<div>a\n\nb</div>", "<div><p>a</p>\n<p>b</p>\n</div>"),
        ('<a href="/x">\n<h2>a</h2>\n</a>', '<a href="/x"><h2>a</h2></a>'),
        ("a <em\nclass='x'>b</em>", "<p>a <em class='x'>b</em></p>\n"),
    ],
)
def test_older_editor_makes_paragraphs_of_blank_lines(text, html):
    assert paragraphs(text) == html


@pytest.mark.parametrize(
    ("code", "kind", "line"),
    [
        ('[caption id="a" width="3"]<img src="https://a.example/a.jpg" alt="A" /> Hot[/caption]', "figure", "*Hot*"),
        ('[gallery ids="9"]', "figure", "![A kettle](https://kettle.example/up/k.jpg)"),
        (f"[embed]{VIDEO}[/embed]", "video", VIDEO),
        (f"[youtube={VIDEO}&amp;w=640]", "video", VIDEO),
        ('[youtube id="dQw4w9WgXcQ"]', "video", VIDEO),
        ("[su_note]Mind this.[/su_note]", "tip", "Mind this."),
        ('<p>[alert type="warning"]Steam burns.[/alert]</p>', "warning", "Steam burns."),
        ('[pullquote author="Ada Brook"]Boil it twice.[/pullquote]', "quote", "Boil it twice."),
    ],
)
def test_shortcode_is_what_it_shows(read_wxr, code, kind, line):
    picture = attachment(9, "https://kettle.example/up/k.jpg", alt="A kettle")
    (document,) = documents(read_wxr(export([item(1, f"Opening words.\n\n{code}\n\nMore words."), picture])))
    assert kinds(document) == ["text", kind, "text"]
    assert any(line in each for each in document.source.lines)


def test_unknown_shortcode_is_listed_and_its_text_kept():
    told = Body()
    html = without_shortcodes('[row class="a"][tab title="More &amp; more"]inner[/tab][/row] [x_y]', told)
    assert html.split() == ["<h3>More", "&amp;", "more</h3>", "inner"]
    marks = ['[tab title="More &amp; more"]', '[row class="a"]', "[x_y]"]
    assert dict(told.removed) == {f"shortcode “{mark}”": 1 for mark in marks}


@pytest.mark.parametrize(
    "text",
    [
        "as [sic] said",
        "see [1] and [note]",
        "[link](https://a.example)",
        "<code>[gallery]</code>",
        '<a title="[x y=1]">b</a>',
    ],
)
def test_brackets_that_are_no_shortcode_stay(text):
    assert without_shortcodes(text, Body()) == text


def test_doubled_brackets_and_code_are_shown_as_written():
    assert without_shortcodes("[[gallery]]", Body()) == "[gallery]"
    html = without_shortcodes("[code]\n<b> [gallery]\n[/code]", Body())
    assert html.strip() == "<pre><code>&lt;b&gt; [gallery]</code></pre>"


@given(st.lists(st.sampled_from(["<!-- wp:a -->", "<!-- /wp:a -->", "[a]", "[/a]", "<p>", "</div>", "\n\n", "<", "["])))
def test_no_word_is_lost_however_marks_are_mixed(pieces):
    text = " ".join(f"{piece} word{number} " for number, piece in enumerate(pieces))
    html = without_marks(without_shortcodes(text, Body()), Body())
    said = [word for word in words(html) if word.startswith("word")]
    assert said == [f"word{number}" for number in range(len(pieces))]


def test_text_made_to_break_a_reader_is_read_or_refused(read_wxr):
    size = 300_000
    blocks = ["<!-- wp:group -->", "<!-- wp:a ", "<!-- tip {", "<p> <!-- tip ", "<!-- wp:embed --><figcaption>"]
    codes = ["[a]", '[a x="', "[code]x[/code]", "[caption]"]
    texts = [*blocks, *codes, '<a "', "<ul><li>", "a\n\n", "<img src='a", "https://"]
    entries = read_wxr(export([item(number, text * (size // len(text))) for number, text in enumerate(texts, 1)]))
    assert len(entries) == len(texts)
