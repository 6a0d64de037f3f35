"""What holds for every text whatever: no word is lost or invented, and nothing breaks."""

import contextlib
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.exchange.accounting import keeps_words
from articles.exchange.inline import plain_line, rich_line
from articles.exchange.recognition import recognize
from articles.exchange.source import Refused, source_of
from prose.sanitize import clean_rich_text, plain_text
from prose.words import words

PIECES = r"""
•¦-¦*¦1.¦2.¦3)¦①¦–¦—¦✅¦❌¦[x]¦- [ ]¦>¦#¦##¦###¦Step 1:¦Step 2 –¦(5 minutes)¦(5 min)¦(90 min):¦– 1 hour:¦Tip:
Pro tip¦Note:¦💡¦Warning:¦⚠️¦Red flags include:¦Call 911 if:¦Q:¦A:¦Q1.¦Answer:¦FAQ¦Frequently Asked Questions
Myth:¦Fact:¦Reality:¦Myth¦Figure 1:¦Photo:¦[Image: a cat]¦![alt](https://example.org/a.png)¦Credit: Ann Lee
https://youtu.be/Ke77leSteam¦[a film](https://youtu.be/Ke77leSteam)
Key Takeaways¦Summary¦Conclusion¦Conclusion:¦TL;DR:¦Case Study:¦Background:¦Outcome:¦Checklist:¦Do¦Don't¦“¦”
"¦" —¦«¦»¦„¦’¦‘¦, MD¦Nora Price¦By Nora Price¦Dr. Alan Weiss¦March 3, 2026¦Published¦Updated: 2026-03-03
Medically reviewed by¦★¦5.0¦(40 reviews)¦4.5/5¦Article Rating¦Home >¦Share this article¦Related articles
Table 1.¦a¦b¦---¦***¦===¦* * *¦💬¦Share your thoughts below¦What do you think?¦How to Do It¦Routine
About the author¦I write about¦**¦_¦__¦[a](https://example.org/x)¦<b>¦</p>¦&amp;¦&¦A Short Heading
Another Heading Here¦one two three.¦Is it?¦Lower words and Capital Words¦word¦Word¦12¦a_b¦é¦١¦ß¦🙂¦…¦.¦:¦?¦!
,¦(¦)¦\
"""
"""Signs and words that mean something to one recognizer or another; broken bars part them."""
pieces = st.sampled_from([piece for line in PIECES.strip().split("\n") for piece in line.split("¦")])
blanks = st.sampled_from(
    [" ", "  ", "\t", "\u00a0", "\u200b", "\u202e", "\x0b", "\u2028", "|", " | ", "a | b", "|---|---|"]
)

lines = st.lists(pieces | pieces | blanks | st.text(max_size=8), max_size=8).map("".join)
texts = st.lists(st.one_of(st.just(""), lines), max_size=24).map("\n".join)
pages = texts.map(lambda text: f"A Title\n\n{text}")
many = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(texts | st.text())
def test_any_text_is_recognized_or_refused(text):
    with contextlib.suppress(Refused):
        recognize(source_of(text))


@many
@given(pages)
def test_every_word_stands_once_in_title_blocks_or_outside(text):
    source = source_of(text)
    recognized = recognize(source)
    parts = [recognized.title, *(part.text for part in (*recognized.blocks, *recognized.outside))]
    assert Counter(words("\n".join(source.lines))) == sum((Counter(words(part)) for part in parts), Counter())
    assert (recognized.words.lost, recognized.words.invented) == ((), ())


@many
@given(pages)
def test_every_block_shows_the_words_of_its_text(text):
    for block in recognize(source_of(text)).blocks:
        assert keeps_words(block)


@many
@given(pages)
def test_blocks_stand_in_order_on_lines_of_their_own(text):
    source = source_of(text)
    last = 0
    for block in recognize(source).blocks:
        assert last < block.first <= block.last <= len(source.lines)
        last = block.last


@many
@given(lines | st.text())
def test_inline_markup_loses_no_word_and_needs_no_cleaning(text):
    line = " ".join(text.split())
    html = rich_line(line)
    assert plain_text(clean_rich_text(f"<p>{html}</p>")) == plain_text(f"<p>{html}</p>")
    assert words(plain_line(line)) == words(line)
