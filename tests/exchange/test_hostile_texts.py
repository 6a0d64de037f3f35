"""Texts made to break a parser: each is recognized or refused. One that takes more than linear time would not end."""

import pytest

from articles.exchange.recognition import recognize
from articles.exchange.source import MAX_LINES, Refused, Source, source_of

TEXTS = {
    "open tags": "<a " * 200_000,
    "one long line": "word " * 20_000,
    "many bullets": "• item\n" * 50_000,
    "many first items": "1. item\n" * 50_000,
    "deep markup": "**_" * 10_000 + "[a](http://" * 2_000,
    "open brackets": "[" * 40_000 + "![](",
    "blanks in a line": "Myth: x" + " " * 40_000 + "x",
    "a long rule": "-" * 40_000 + "x",
    "a row of bars": "|" * 40_000,
    "many small tables": ("Sign Meaning\n" + "Some words here Other words there\n" * 30 + "\n") * 600,
    "headings only": "A Short Heading\n\n" * 10_000,
    "questions only": "Q: what?\n" * 20_000,
    "myths only": "Myth: x\n" * 20_000,
    "one pair and much text": "Myth: x\nFact: y\n\n" + "Some text here.\n\n" * 10_000,
    "conclusions only": "Conclusion\n\n" * 10_000,
    "first steps only": "Step 1: do (5 min)\n" * 20_000,
    "open quotations": "“a\n" * 20_000,
    "names only": "Nora Price\n\n" * 10_000,
    "ever deeper list": "".join(f"{' ' * (depth % 200)}- x\n" for depth in range(9_000)),
    "marks of direction": "\u202e\u200b\u202dTip\u200f: \u2066text\u2069 " * 500,
    "broken markup": '<![><img src="]> ' * 2_000,
    "a lone next-line": "\x85\n\x85 a \x85\u2028b",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_hostile_text_is_recognized_without_loss_or_refused(text):
    source = source_of(f"A Title\n\n{text}")
    try:
        recognized = recognize(Source(source.path, source.lines[:MAX_LINES]))
    except Refused as refused:
        assert "characters" in refused.reason  # noqa: PT017  # either outcome is right, but not a third one
    else:
        assert (recognized.words.lost, recognized.words.invented) == ((), ())
