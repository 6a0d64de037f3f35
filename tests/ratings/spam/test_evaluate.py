"""Judging the model by a file."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command

from ratings.moderation.spam.starter import starter_examples

SPAM = "Buy pills at http://pills{0}.top now"
BENIGN = "My knee hurts on day {0}, thank you"


@pytest.fixture
def make_file(tmp_path):
    """Return a factory of files with the given bytes."""

    def make(content: bytes):
        path = tmp_path / "comments.csv"
        path.write_bytes(content)
        return path

    return make


def rows(*groups: str) -> str:
    kinds = [(SPAM, 1), (BENIGN, 0)]
    return "".join(f'"{text.format(n)}",{spam},{group}\n' for group in groups for n in range(4) for text, spam in kinds)


def test_figures_are_the_means_of_both_directions(make_file, capsys):
    file = make_file(
        ("\ufefftext,spam,group,more\n" + rows("a", "b", "c").replace("\n", ",x\n") + ',0,c,""\n').encode()
    )

    call_command("evaluate_spam", file)

    figures = json.loads(capsys.readouterr().out)
    assert (figures["texts"], figures["spam"], figures["groups"]) == (25, 12, 3)
    assert figures["auc"] == figures["recall_at_precision_99"] == 1
    assert figures["false_alarms"] == 0
    assert [(each["learned_from"], each["tried_on"]) for each in figures["directions"]] == [(9, 16), (16, 9)]
    assert figures["recall"] == pytest.approx(sum(each["recall"] for each in figures["directions"]) / 2)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "missing: text, spam, group"),
        (b"text,label\n", "missing: spam, group"),
        (b"text,spam,group\na,2,g\n", "Line 2: spam has to be 0 or 1, not '2'"),
        (b"text,spam,group\na,1\n", "Line 2: 2 fields instead of 3"),
        (b"text,spam,group\na,1,g\n\xff\xfe,0,g\n", "Line 3 is not UTF-8"),
        (b"text,spam,group\na\x00b,1,g\n", "Line 2 holds a NUL"),
        (b"text,spam,group\n" + b"a" * 1_000_001 + b",1,g\n", "Line 2: field larger than"),
        (b"text,spam,group\n", "fewer than two groups"),
        (("text,spam,group\n" + rows("only")).encode(), "fewer than two groups"),
        (b"text,spam,group\na,1,g\nb,1,h\n", "both spam and benign"),
    ],
)
def test_unusable_file_is_refused_with_the_reason(make_file, content, complaint):
    with pytest.raises(CommandError, match=complaint):
        call_command("evaluate_spam", make_file(content))


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("evaluate_spam", tmp_path / "none.csv")


def test_limit_of_fields_is_given_back(make_file):
    limit = csv.field_size_limit()

    with pytest.raises(CommandError):
        call_command("evaluate_spam", make_file(b"text,spam,group\n"))

    assert csv.field_size_limit() == limit


def test_what_the_product_brings_is_part_of_the_learning():
    assert {example.weight for example in starter_examples()} == {0.1}
