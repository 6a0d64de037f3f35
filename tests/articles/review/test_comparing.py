"""What changed between two texts, and whether a reviewer has to see it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comparing import LONGEST, Mark, Passage, compare, fingerprint, pieces

LONG = "Steam needs room to leave the kettle and it sings while it goes out into the cold kitchen air"
TEXTS = st.text(alphabet="ab 1\n.é", max_size=60)
STREAMS = st.lists(st.tuples(st.sampled_from("stuvw"), TEXTS), unique_by=lambda pair: pair[0], max_size=5)


def passage(text: str, name: str = "a", **fields) -> Passage:
    return Passage(id=name, label="Text", text=text, **fields)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.mark.value, piece.text) for piece in pieces(before, after)]


def is_big(before: str, after: str, **fields) -> bool:
    return compare([passage(before, **fields)], [passage(after, **fields)]).is_big


def marks(before: str, after: str) -> list[tuple[str, str]]:
    """Compare streams of passages, one letter each."""
    comparison = compare(*([passage(name, name) for name in names] for names in (before, after)))
    return [(change.mark.value, change.pieces[0].text) for change in comparison.changes]


class TestWords:
    def test_what_came_and_went_is_told_word_by_word(self):
        assert told("It may burst at once.", "It may rarely burst.") == [
            ("same", "It may "),
            ("added", "rarely "),
            ("same", "burst"),
            ("removed", " at once"),
            ("same", "."),
        ]

    def test_number_is_told_whole(self):
        assert told("Take 1.5 mg.", "Take 2.5 mg.") == [
            ("same", "Take "),
            ("removed", "1.5"),
            ("added", "2.5"),
            ("same", " mg."),
        ]

    @given(TEXTS, TEXTS)
    def test_pieces_hold_both_texts_and_nothing_else(self, before, after):
        found = pieces(before, after)

        assert "".join(piece.text for piece in found if piece.mark != Mark.ADDED) == before
        assert "".join(piece.text for piece in found if piece.mark != Mark.REMOVED) == after
        assert all(piece.text for piece in found)

    def test_longest_texts_are_replaced_but_for_how_they_begin_and_end(self):
        before, after = ("begin " + f"{word} " * LONGEST + "end" for word in ("old", "new"))

        assert [(mark, len(text)) for mark, text in told(before, after)] == [
            ("same", 6),
            ("removed", 4 * LONGEST - 1),
            ("added", 4 * LONGEST - 1),
            ("same", 4),
        ]


class TestPassages:
    def test_added_and_removed_stand_where_they_stood(self):
        assert marks("abcd", "axcde") == [
            ("same", "a"),
            ("added", "x"),
            ("removed", "b"),
            ("same", "c"),
            ("same", "d"),
            ("added", "e"),
        ]

    def test_moved_is_told_of_the_one_that_moved(self):
        assert [mark for mark, text in marks("abcd", "bcda")] == ["same", "same", "same", "moved"]

    def test_change_of_what_is_no_words_is_told(self):
        change = compare([passage("Steam", stored="old picture")], [passage("Steam", stored="new picture")]).changes[0]

        assert (change.mark, change.is_in_words) == (Mark.CHANGED, False)

    @given(STREAMS, STREAMS)
    def test_every_passage_is_told_once(self, before, after):
        old, new = ([passage(text, name) for name, text in stream] for stream in (before, after))
        comparison = compare(old, new)

        known = {name for name, _ in before}
        kept = [change.mark for change in comparison.changes if change.mark != Mark.REMOVED]
        assert [mark == Mark.ADDED for mark in kept] == [name not in known for name, _ in after]
        assert len(comparison.changes) == len(known | {name for name, _ in after})
        assert 0 <= comparison.share <= 1


class TestBigUpdate:
    def test_typo_is_none_and_more_than_a_tenth_of_the_words_is_one(self):
        assert not is_big(LONG, LONG.replace("kettle", "kettel"))
        assert is_big(LONG, LONG.replace("the kettle", "that pot"))

    @pytest.mark.parametrize(
        ("before", "after"),
        [("200 mg", "400 mg"), ("for 2.5 hours", "for 25 hours"), ("once", "once, 1 hour later"), ("5 of 7", "of 7")],
    )
    def test_number_is_one_however_long_the_text(self, before, after):
        text = f"{LONG} " * 5

        assert is_big(f"{text} {before}", f"{text} {after}")

    def test_same_numbers_in_another_sentence_are_none(self):
        text = f"{LONG} " * 5

        assert not is_big(f"Take 2 cups. {text}", f"Take just 2 cups. {text}")

    def test_anything_in_a_warning_is_one(self):
        assert is_big(LONG, f"{LONG}!", is_warning=True)
        assert compare([passage(LONG), passage("Go.", "b", is_warning=True)], [passage(LONG)]).is_big

    def test_moved_passage_is_none(self):
        one, other = passage("Fill it in 3 steps.", "a"), passage("Light the fire.", "b")

        assert not compare([one, other], [other, one]).is_big

    @given(STREAMS)
    def test_nothing_changed_is_none(self, stream):
        passages = [passage(text, name) for name, text in stream]
        comparison = compare(passages, passages)

        assert (comparison.changed, comparison.share, comparison.is_big) == ([], 0.0, False)


def test_fingerprint_tells_every_text_from_the_others():
    streams = [
        [],
        [passage("a b")],
        [passage("a", "a"), passage("b", "b")],
        [passage("b", "b"), passage("a", "a")],
        [passage("a b", stored="x")],
        [passage("a b", "c")],
        [passage("\ud800")],
    ]
    prints = [fingerprint(stream) for stream in streams]

    assert all(one != other for one, other in pairwise(sorted(prints)))
    assert fingerprint([passage("a b")]) == prints[1]
