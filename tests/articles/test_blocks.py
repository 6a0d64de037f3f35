"""The contract of the blocks, over every kind that is found in the folder."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from wagtail import blocks
from wagtail.admin.icons import get_icons
from wagtail.blocks import StreamValue

import articles.blocks
from articles.blocks import registry
from articles.blocks.base import ArticleBlock
from articles.blocks.registry import kinds
from articles.blocks.table.grid import GridBlock
from articles.exchange.recognition import recognize
from articles.exchange.recognizers import block_recognizers
from articles.exchange.source import source_of
from articles.models import ArticlePage
from articles.outline import anchor, outline
from delivery.bundles import slim
from prose.sanitize import plain_text
from prose.words import words

FOLDER = Path(articles.blocks.__path__[0])
every_kind = pytest.mark.parametrize("name", sorted(kinds()))


def body_of(*pairs) -> StreamValue:
    """Return a body of (kind, value) pairs, as it comes from the database."""
    block = ArticlePage._meta.get_field("body").stream_block
    return block.to_python([{"type": name, "value": value, "id": f"{name:0>8}-0000"} for name, value in pairs])


def sample(name: str):
    block = kinds()[name]
    return block.get_prep_value(block.get_preview_value())


def rendered(body: StreamValue) -> str:
    return "".join(child.render() for child in body)


def shown(html: str) -> list[str]:
    """Return the words that a reader of `html` sees, in order."""
    return words(BeautifulSoup(html, "html.parser").get_text(" "))


def icon_names() -> set[str]:
    """Return the names of all icons that the admin has."""
    return set(re.findall(r'id="icon-([\w-]+)"', get_icons()))


def is_subsequence(part: list[str], whole: list[str]) -> bool:
    remaining = iter(whole)
    return all(word in remaining for word in part)


def test_every_folder_is_a_kind_and_every_kind_has_a_folder():
    folders = {path.parent.name for path in FOLDER.glob("*/__init__.py")}

    assert set(kinds()) == folders
    assert folders >= {
        "heading", "text", "tip", "quote", "table", "steps", "case_study", "checklist", "faq", "warning", "takeaways",
        "myth_fact", "figure", "discussion", "conclusion",
    }  # fmt: skip


@every_kind
def test_kind_holds_all_that_makes_it(name):
    files = {path.name for path in (FOLDER / name).iterdir()}

    assert {"__init__.py", "block.html", "block.css", "recognize.py"} <= files


@every_kind
def test_editor_is_offered_the_kind_with_label_icon_group_description_and_preview(name):
    block = kinds()[name]

    assert block.label
    assert block.meta.group
    assert block.get_description()
    assert block.meta.icon in icon_names()
    assert block.is_previewable


@every_kind
def test_sample_is_valid_and_survives_the_database(name):
    block = kinds()[name]
    value = block.clean(block.get_preview_value())

    stored = json.loads(json.dumps(block.get_prep_value(value)))

    assert block.get_prep_value(block.to_python(stored)) == stored


@every_kind
def test_page_shows_every_word_of_the_kind_in_order(name):
    body = body_of((name, sample(name)))
    text = words(kinds()[name].text(body[0].value))

    assert text
    assert is_subsequence(text, shown(rendered(body)))


def strings(block: blocks.Block, value) -> list[str]:
    """Return every text in the stored `value`, told by the fields of `block`: choices, numbers and pages are none."""
    if isinstance(block, blocks.StructBlock):
        return [text for name, child in block.child_blocks.items() for text in strings(child, value.get(name))]
    if isinstance(block, blocks.ListBlock):
        return [text for item in value for text in strings(block.child_block, item["value"])]
    if isinstance(block, GridBlock):
        cells = [cell for row in value["rows"] for cell in row["values"]]
        return [value["caption"], *(column["heading"] for column in value["columns"]), *cells]
    if isinstance(block, blocks.RichTextBlock):
        return [plain_text(value)]
    is_text = isinstance(block, blocks.CharBlock | blocks.TextBlock) and block.search_index
    return [value] if is_text and value else []


@every_kind
def test_words_of_the_kind_are_the_words_of_its_sample(name):
    """Nothing that a reader sees is forgotten by search and word count."""
    block = kinds()[name]

    expected = words(" ".join(strings(block, sample(name))))

    assert expected
    assert not set(expected) - set(words(block.text(block.get_preview_value())))


@every_kind
def test_styles_and_script_of_the_kind_are_in_the_bundles_of_an_article(name):
    style, script = (finders.find(f"blocks/{name}/block.{ending}") for ending in ("css", "js"))

    assert slim(Path(style)) in Path(finders.find("bundles/article.css")).read_text()
    if script:
        assert slim(Path(script)) in Path(finders.find("bundles/article.js")).read_text()


@every_kind
def test_empty_value_neither_breaks_the_page_nor_the_word_count(name):
    block = kinds()[name]
    value = block.normalize(block.get_default())

    assert isinstance(block.text(value), str)
    block.render(value)


def test_preview_of_the_editor_loads_the_styles_of_all_kinds(admin, client):
    client.force_login(admin)
    context = {"page": None}
    html = render_to_string("wagtailcore/shared/block_preview.html", context)

    assert "bundles/site.css" in html
    assert "bundles/article.css" in html


HAIKU = {
    "__init__.py": """
from wagtail import blocks
from articles.blocks.base import ArticleStructBlock

class HaikuBlock(ArticleStructBlock):
    lines = blocks.TextBlock()

    class Meta:
        template = "blocks/haiku/block.html"
""",
    "block.html": "<pre class='haiku'>{{ value.lines }}</pre>",
    "recognize.py": """
from articles.exchange.findings import Found

ORDER = 1

def recognize(passage):
    if not passage.line.text.startswith("An old silent pond"):
        return None
    number = passage.line.number
    text = passage.text(number)
    return Found(kind="haiku", value={"lines": text}, first=number, last=number, confidence=1.0, text=text, facts={})
""",
}


@pytest.fixture
def haiku(tmp_path, monkeypatch, settings):
    """A folder beside the others that makes a kind of its own."""
    folder = tmp_path / "blocks" / "haiku"
    folder.mkdir(parents=True)
    for name, content in HAIKU.items():
        (folder / name).write_text(content)
    monkeypatch.setattr(articles.blocks, "__path__", [*articles.blocks.__path__, str(folder.parent)])
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], tmp_path]}]
    for cached in (kinds, block_recognizers):
        cached.cache_clear()
    importlib.invalidate_caches()
    yield
    monkeypatch.undo()
    for cached in (kinds, block_recognizers):
        cached.cache_clear()


def test_adding_a_folder_adds_a_kind(haiku):
    block = registry.stream_block()
    assert "haiku" in block.child_blocks

    recognized = recognize(source_of("A Title\n\nSome words.\n\nAn old silent pond\n\nMore words."))
    assert [found.kind for found in recognized.blocks] == ["text", "haiku", "text"]

    body = block.to_python([{"type": found.kind, "value": found.value} for found in recognized.blocks])
    assert "<pre class='haiku'>An old silent pond</pre>" in rendered(body)


def test_contents_list_names_headings_and_titled_blocks_with_their_anchors():
    body = body_of(
        ("heading", {"text": "One", "level": "2"}),
        ("text", "<p>Words.</p>"),
        ("heading", {"text": "Two", "level": "3"}),
        ("faq", {"title": "Asked", "items": []}),
        ("tip", {"variant": "tip", "title": "A title", "body": "<p>Aside.</p>"}),
    )

    assert [(entry.text, entry.level) for entry in outline(body)] == [("One", 2), ("Two", 3), ("Asked", 2)]
    assert outline(body)[0].anchor == anchor(body[0].id)


@every_kind
def test_every_kind_is_an_article_block(name):
    assert isinstance(kinds()[name], ArticleBlock)
    assert kinds()[name].kind == name
