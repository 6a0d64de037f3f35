"""The project's own corpus: health comments and spam, of which each half is judged by what the other half taught."""

import csv
from pathlib import Path

import pytest

from ratings.moderation.spam.evaluate import evaluate
from ratings.moderation.spam.learning import Example
from ratings.moderation.spam.starter import starter_examples, train_with_starter


@pytest.fixture(scope="module")
def corpus() -> list[Example]:
    with Path(__file__).with_name("corpus.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Example(text=row["text"], spam=row["spam"] == "1", group=row["group"]) for row in rows]


def test_corpus_is_large_even_and_apart_from_what_the_product_brings(corpus):
    texts = {example.text for example in corpus}

    assert len(texts) == len(corpus) >= 600
    assert sum(not example.spam for example in corpus) >= 300
    assert sum("http" in example.text or "www." in example.text for example in corpus if not example.spam) >= 30
    assert not texts & {example.text for example in starter_examples()}


def test_before_the_first_decision_benign_comments_raise_no_alarm_and_most_spam_is_found(corpus):
    model = train_with_starter()
    found = [example for example in corpus if model.is_spam(example.text)]

    assert sum(not example.spam for example in found) <= 0.005 * sum(not example.spam for example in corpus)
    assert len(found) >= 0.6 * sum(example.spam for example in corpus)


def test_benign_comments_raise_no_alarm_and_most_spam_is_found(corpus):
    figures = evaluate(corpus)

    assert figures["false_alarms"] <= 0.005
    assert figures["recall"] >= 0.6
    assert figures["auc"] >= 0.985
    assert figures["recall_at_precision_99"] >= 0.8
