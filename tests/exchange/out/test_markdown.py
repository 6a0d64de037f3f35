"""An article as Markdown reads well and comes back as the same blocks."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue

from articles.blocks.registry import kinds
from articles.blocks.table.grid import GridBlock, Table
from articles.blocks.table.grid import written as written_table
from articles.citations.numbering import citing
from articles.exchange.applying import stream_data
from articles.exchange.findings import RatingTotal
from articles.exchange.reading.markdown import document_of
from articles.exchange.recognition import recognize
from articles.exchange.source import read_source
from articles.exchange.writing.comparing import comparable
from articles.exchange.writing.markdown import Media, markdown_file
from articles.exchange.writing.piece import digest_of
from articles.exchange.writing.returning import blocks_that_return
from articles.links import links_known
from articles.models import Source
from pictures.actions import store_picture
from prose.fields import AddressBlock
from tests.articles.test_blocks import body_of, every_kind, sample
from tests.pictures.drawing import photograph

ROOT = Path(__file__).parents[3]
DEMO = sorted((ROOT / "site" / "demo" / "content" / "articles").glob("*.txt"))
ARTICLES = sorted((ROOT / "tests" / "exchange" / "articles").glob("*.txt"))
MARKED = re.compile(r"<!-- (\w+)")
TITLE = "A Title"

HOSTILE = [
    "*", "**", "_", "__init__", "#", "## two", "1.", "1) one", "- item", "|", "a | b", "| --- |", ">", "> said", "<!--",
    "-->", "<!-- tip -->", "<!-- /tip -->", "<b>", "&amp;", "\\", "`", "[a](b)", "![a](b)", "[^1]", ": ", "---", "***",
    "Tip:", "Note:", "Q:", "A:", "Myth:", "Fact:", "Step 1:", "FAQ", "Avoid:", "word", "Words are here.", "is it?",
]  # fmt: skip

plain = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=5).map(" ".join)
lines = st.lists(plain, min_size=1, max_size=2).map("\n".join)
elements = st.tuples(st.sampled_from(["p", "p", "ul><li", "ol><li", "p><b", "p><i"]), plain.map(html.escape))
rich = st.lists(elements, min_size=1, max_size=3).map(lambda found: "".join(in_element(*each) for each in found))


def in_element(tags: str, inner: str) -> str:
    """Return `inner` between `tags`, as "ul><li" names one in the other."""
    names = tags.split("><")
    return "".join(f"<{name}>" for name in names) + inner + "".join(f"</{name}>" for name in reversed(names))


def values_of(block: blocks.Block) -> st.SearchStrategy[Any]:
    """Return what `block` may hold, with marks of Markdown and HTML in all words."""
    if isinstance(block, blocks.StructBlock):
        return st.fixed_dictionaries({name: values_of(child) for name, child in block.child_blocks.items()})
    if isinstance(block, blocks.ListBlock):
        return st.lists(values_of(block.child_block), min_size=1, max_size=2)
    if isinstance(block, blocks.RichTextBlock):
        return rich
    if isinstance(block, blocks.ChoiceBlock):
        return st.sampled_from([value for value, _ in block.field.choices if value])
    if isinstance(block, GridBlock):
        rows = st.lists(st.tuples(plain, plain).map(list), min_size=1, max_size=3)
        return st.builds(lambda rows: written_table(Table("", ("", "x"), tuple(map(tuple, rows)))), rows)
    if isinstance(block, blocks.IntegerBlock):
        return st.none() | st.integers(1, 59)
    if isinstance(block, AddressBlock):
        return st.just("https://www.youtube.com/watch?v=Ke77leSteam")
    if isinstance(block, blocks.TextBlock):
        return lines
    return plain if isinstance(block, blocks.CharBlock) else st.none()


any_block = st.sampled_from([*kinds()]).flatmap(lambda kind: st.tuples(st.just(kind), values_of(kinds()[kind])))


def written(body: StreamValue, title: str = TITLE) -> list[str]:
    """Return the blocks of `body` as Markdown."""
    with links_known(body), citing(body) as citations:
        return blocks_that_return(title, body, citations)


def told(body: StreamValue) -> list[tuple[str, object]]:
    """Return the kinds and values of `body` as two of them share them that say the same."""
    return [(child.block_type, comparable(child.block, child.block.get_prep_value(child.value), {})) for child in body]


def returned(texts: list[str], title: str = TITLE) -> StreamValue:
    """Return the body that is read from the Markdown `texts` below `title`."""
    recognized = recognize(document_of("\n\n".join([f"# {title}", *texts])).source)
    return body_of(*((found.kind, found.value) for found in recognized.blocks))


def body_in(path: Path) -> tuple[str, StreamValue]:
    """Return the title and the body of the plain text at `path`."""
    recognized = recognize(read_source(path))
    found, _notes = stream_data(recognized)
    return recognized.title, body_of(*((each["type"], each["value"]) for each in found))


@every_kind
def test_sample_of_each_kind_comes_back(name, db):
    body = body_of((name, sample(name)))

    assert told(returned(written(body))) == told(body)


@pytest.mark.parametrize("path", [*DEMO, *ARTICLES[::4]], ids=lambda path: path.stem)
def test_article_comes_back_block_by_block(path, db):
    title, body = body_in(path)

    assert told(returned(written(body, title), title)) == told(body)


def test_reference_article_comes_back_block_by_block(reference_article, db):
    title, body = body_in(reference_article)

    assert told(returned(written(body, title), title)) == told(body)


def test_articles_need_marks_in_comments_for_next_to_nothing(db):
    texts = [text for path in DEMO for text in written(body_in(path)[1])]

    assert [text for text in texts if MARKED.match(text)] == []


def test_marks_are_written_only_where_words_leave_a_doubt(db):
    body = body_of(("text", "<p>One.</p>"), ("text", "<p>Two.</p>"), ("conclusion", sample("conclusion")))

    assert [MARKED.findall(text) for text in written(body)] == [[], ["text"], ["conclusion"]]


def test_marks_say_what_words_cannot(db):
    value = sample("video") | {"uploaded_on": "2026-03-01"}
    body = body_of(("video", value))

    (text,) = written(body)
    assert text.startswith(
        '<!-- video {"minutes": 2, "seconds": 35, "uploaded_on": "2026\\u002d03\\u002d01"} -->\n\n[How'
    )
    assert told(returned([text])) == told(body)


def test_file_says_above_the_text_what_else_belongs_to_the_article(full_site):
    full_site.summary, full_site.search_description = "All: in one", "For “engines”"
    full_site.tags.add("tea", "steam")

    read = document_of(markdown_file(full_site, Media()))

    details = read.details
    assert read.source.lines[0] == "# Everything at Once"
    assert read.foreign_id == str(full_site.translation_key)
    assert read.parts == {"rating": RatingTotal(mean=Decimal("5.0"), count=42)}
    assert (details.summary, details.description) == ("All: in one", "For “engines”")
    assert [writer.name for writer in details.authors] == ["Ada Brook"]
    assert (details.topics, details.tags) == ((("Kettles",),), ("steam", "tea"))
    assert (details.slug, details.published_at) == ("everything-at-once", full_site.first_published_at)
    assert (details.addresses, details.is_published) == ((full_site.full_url,), None)
    assert (details.notes, read.removed) == ((), ())


def test_draft_is_written_as_it_was_last_saved(make_article):
    draft = make_article(live=False)
    draft.body = body_of(("text", "<p>Said anew.</p>"))
    draft.save_revision()
    draft.refresh_from_db()

    text = markdown_file(draft, Media())

    assert "\ndraft: true\n" in text
    assert text.endswith("\n\nSaid anew.\n")


def test_pictures_lie_beside_the_text_each_once(make_article):
    drawing = store_picture(title="Kettle", name="kettle.png", data=photograph("PNG"))
    figure = {"image": drawing.pk, "alt": "A kettle", "caption": "It *sings*", "credit": ""}
    article = make_article(body=[{"type": "figure", "value": figure}] * 2)
    name = f"media/{digest_of(drawing.file)}.png"

    text = markdown_file(article, media := Media())
    found = recognize(document_of(text).source).blocks

    assert media.taken() == [(name, drawing)]
    assert media.taken() == []
    assert [block.picture for block in found] == [name, name]
    assert [(block.value["alt"], block.value["caption"]) for block in found] == [("A kettle", "It *sings*")] * 2


def test_citations_are_footnotes_that_name_their_source_and_no_key(make_article):
    source = Source.objects.create(title="On kettles", authors="Brook A.", doi="10.1000/kettle")
    cited = f'<p>It sings<embed embedtype="source" id="{source.pk}"/>.</p>'
    article = make_article(body=[{"type": "tip", "value": {"variant": "tip", "title": "", "body": cited}}])

    text = markdown_file(article, Media())
    found = recognize(document_of(text).source).blocks

    assert "It sings[^1]." in text
    assert "[^1]: Brook A. On kettles. Other. DOI 10.1000/kettle. <https://doi.org/10.1000/kettle>" in text
    assert (found[0].kind, found[0].value["body"]) == ("tip", "<p>It sings<sup>[1]</sup>.</p>")
    assert "10.1000/kettle" in found[-1].text


@settings(max_examples=60, deadline=None, suppress_health_check=[*HealthCheck])
@given(values=st.lists(any_block, min_size=1, max_size=4))
@example(values=[("text", "<p>&lt;!-- tip --&gt; a</p>"), ("discussion", {"prompt": "-->"})])
def test_marks_in_texts_stay_text(values, db):
    body = body_of(*values)

    assert told(returned(written(body))) == told(body)
