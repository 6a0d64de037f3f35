"""An article as Markdown reads well and comes back as the same blocks."""

from __future__ import annotations

from pathlib import Path

import pytest

from articles.blocks.registry import kinds
from articles.citations.numbering import citing
from articles.exchange.applying import stream_data
from articles.exchange.reading.markdown import document_of
from articles.exchange.recognition import recognize
from articles.exchange.source import read_source
from articles.exchange.writing.returning import blocks_that_return
from articles.links import links_known
from tests.articles.test_blocks import body_of, every_kind, sample
import json


def returned(body, title="A Title"):
    with links_known(body), citing(body) as citations:
        texts = blocks_that_return(title, body, citations)
    return texts


@every_kind
def test_show_samples(name, db):
    body = body_of((name, sample(name)))
    print("\n".join(returned(body)))

ARTICLES = sorted([*Path("site/demo/content/articles").glob("*.txt"), *Path("tests/exchange/articles").glob("*.txt")])

@pytest.mark.parametrize("path", ARTICLES)
def test_show(path, db):
    r = recognize(read_source(path))
    data, _ = stream_data(r)
    body = body_of(*[(d["type"], d["value"]) for d in data])
    texts = returned(body, r.title)
    kinds_ = [c.block_type for c in body]
    for k, t in zip(kinds_, texts):
        if t.startswith("<!--"):
            print(k, ":", t, "\n")
    print("MARKED", sum(t.startswith("<!--") for t in texts), len(texts))
