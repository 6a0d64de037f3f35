"""Texts that were copied without their blank lines."""

import pytest

from articles.exchange.recognition import recognize
from articles.exchange.source import Given, source_of
from articles.exchange.spreading import spread_out

DENSE = """Keeping Bees in a Small Yard
You do not need a farm to keep bees. I have two hives behind the garage.
What to buy
How much it costs
Less than you think, if you buy the hive in the winter and the veil second-hand.
- one hive
- a veil
Tip: Buy your first bees from somebody nearby. They know the weather.
Month\tWhat to do
April\tFeed
June\tWatch for swarms
“If you are in a hurry, keep goldfish.”
– Alma Reed, beekeeper
Conclusion
Look at them often, and touch them seldom. They know what they do.
What do your neighbors say? Tell us in the comments below."""


def test_paragraphs_without_blank_lines_are_read_as_if_they_had_them():
    recognized = recognize(source_of(DENSE))
    kinds = [block.kind for block in recognized.blocks]
    assert kinds == ["text", "heading", "heading", "text", "tip", "table", "quote", "conclusion", "discussion"]
    assert (recognized.words.lost, recognized.words.invented) == ((), ())


def test_lines_count_as_they_were_written():
    recognized = recognize(source_of(DENSE))
    lines = {block.kind: (block.first, block.last) for block in recognized.blocks}
    assert (lines["tip"], lines["table"], lines["quote"]) == ((8, 8), (9, 11), (12, 13))


def test_what_is_given_stands_where_it_was_given():
    source = source_of(DENSE)
    given = Given(first=5, last=7, kind="checklist")
    recognized = recognize(type(source)(path="", lines=source.lines, given=(given,)))
    (checklist,) = (block for block in recognized.blocks if block.kind == "checklist")
    assert (checklist.first, checklist.last) == (5, 7)


@pytest.mark.parametrize("text", [DENSE.replace("\n", "\n\n"), "\n".join(DENSE.split("\n")[:8])])
def test_a_text_with_blank_lines_or_of_few_lines_stays_as_it_is(text):
    assert spread_out(source_of(text)) is None
