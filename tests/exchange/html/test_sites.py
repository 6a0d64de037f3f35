"""What sites and page builders say by their classes and buttons, where HTML has elements of its own for it."""

import pytest

from articles.exchange.html import lines_of, page_of
from articles.exchange.recognition import recognize
from articles.exchange.source import Source

CAPTION = "The clock shows when the tea was made. " * 8


def blocks(body: str) -> list[tuple[str, str]]:
    """Return the kinds and texts of the blocks in a page with the article `body`."""
    text = page_of(f"<title>Tea</title><article><h1>Tea</h1><p>Tea is a drink.</p>{body}</article>").text
    source = Source(path="", lines=text.lines, marked=text.marked, given=text.given)
    recognized = recognize(source)
    assert recognized.words.lost == recognized.words.invented == ()
    return [(block.kind, block.text) for block in recognized.blocks][1:]


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ('<div class="callout"><p>Warm the pot.</p></div><p>Then pour.</p>', ["tip"]),
        (
            '<div class="kg-card kg-callout-card"><div>💡</div><div>Warm the pot.</div></div><p>Then pour.</p>',
            ["tip"],
        ),
        ('<div class="callout"><h3>Key takeaways</h3><ul><li>Warm the pot.</li></ul></div>', ["takeaways"]),
        ('<div class="note"><p>Pot</p><table><tr><th>a<th>b<tr><td>1<td>2</table></div>', ["table"]),
        (
            '<!-- warning --><div class="callout"><p>Warm the pot.</p></div><p>Then pour.</p><!-- /warning -->',
            ["warning"],
        ),
        ('<div class="info"><p>Warm the pot.</p></div>', []),
        (
            '<div class="nhsuk-card nhsuk-card--care nhsuk-card--care--urgent"><h2>Call a doctor if:</h2>'
            "<ul><li>it hurts</li></ul><p>It may be a burn.</p></div><p>Then pour.</p>",
            ["warning"],
        ),
        (
            '<h2>FAQ</h2><button aria-expanded="false">Is it hot?</button><div><p>Yes.</p></div>'
            '<div role="button" aria-expanded="true">Is it wet?</div><div><p>It is.</p></div>',
            ["faq"],
        ),
        (
            '<div class="elementor-testimonial-wrapper"><div>A fine cup.</div>'
            '<div class="elementor-testimonial-name">Ruth Hale</div></div>',
            ["quote"],
        ),
        ("<h2>Takeaways</h2><p>Warm the pot. Then pour.</p>", ["conclusion"]),
        (
            "<h2>Leaves</h2><p>There are two types:</p><ol><li><b>Green.</b> Raw.</li><li><b>Black.</b> Old.</li></ol>",
            [],
        ),
        ("<h2>How to brew</h2><p><b>1. Boil.</b> Heat water.</p><p><b>2. Pour.</b> Fill the pot.</p>", ["steps"]),
        ("<h2>Important: Heat</h2><p>Steam burns more than water does.</p>", ["tip"]),
    ],
)
def test_boxes_and_buttons_are_what_their_words_bear_out(body, kinds):
    found = [kind for kind, _ in blocks(f"<p>Before it.</p>{body}")]
    assert [kind for kind in found if kind not in ("text", "heading")] == kinds


def test_urgency_of_advice_that_is_not_urgent():
    lines = ("# Tea", "", "Tea is hot.", "", "## Non-urgent advice: See a GP if:", "", "- it hurts")
    assert recognize(Source(path="", lines=lines, marked=True)).blocks[-1].value["urgency"] == "non_urgent"


def test_captions_of_any_length_and_credits_of_agencies_belong_to_the_picture():
    picture = '<img src="https://tea.example/a.jpg" alt="A clock">'
    [(kind, text)] = blocks(f"<figure>{picture}<figcaption>{CAPTION}</figcaption></figure>")
    assert (kind, CAPTION.strip() in text) == ("figure", True)
    [(kind, text)] = blocks(f'{picture}<p class="caption">Ana Frey/Getty Images</p>')
    assert (kind, "Getty" in text) == ("figure", True)


def test_references_read_as_they_are_written_and_edit_links_are_left_out():
    heading = '<h2>Leaves<span class="mw-editsection">[<a href="/e">edit</a>]</span></h2>'
    assert blocks(f"{heading}<p>Old<sup>[</sup><sup>1</sup><sup>]</sup>.") == [
        ("heading", "## Leaves"),
        ("text", "Old<sup>[1]</sup>."),
    ]
    assert lines_of("<p>See [1]</p>").lines[-1] == "See [1]"
    assert "\\]" in lines_of("<p>[a]<b>(https://b.test)</b></p>").lines[-1]


def test_the_picture_of_a_page_is_shown_once():
    meta = '<meta property="og:image" content="https://tea.example/size/w1200/clock.jpg">'
    shown = '<p>Tea.</p><img src="https://tea.example/clock-1024x683.jpg" alt="A clock">'
    assert page_of(f"{meta}<article><h1>Tea</h1><p>Tea.</p></article>").details.hero.endswith("/clock.jpg")
    assert page_of(f"{meta}<article><h1>Tea</h1>{shown}</article>").details.hero == ""
