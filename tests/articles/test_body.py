"""The body of an article, and how it is stored."""

import json

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.finders import BlockFinder
from articles.models import ArticlePage, BodyField

SCRIPT = '<p onclick="x">Safe <a href="javascript:alert(1)">link</a> <a href="https://example.org">kept</a></p><script>x</script>'
CLEAN = '<p>Safe <a>link</a> <a href="https://example.org">kept</a></p>'
CRASH = '<![><img src="]>'
"""Breaks the standard library's HTML parser, and with it Wagtail's indexing."""


def stored_body(article) -> list[dict]:
    with connection.cursor() as cursor:
        # As text on both databases: PostgreSQL's driver would decode jsonb by itself.
        cursor.execute("SELECT CAST(body AS text) FROM articles_articlepage WHERE page_ptr_id = %s", [article.pk])
        return json.loads(cursor.fetchone()[0])


def test_rich_text_is_clean_in_the_database_whoever_saved_it(make_article):
    article = make_article(body=[{"type": "text", "value": SCRIPT}])

    assert stored_body(article)[0]["value"] == CLEAN


def test_rich_text_inside_a_block_is_clean_too(make_article):
    article = make_article(
        body=[{"type": "faq", "value": {"title": "", "items": [{"question": "<b>?</b>", "answer": SCRIPT}]}}]
    )

    (item,) = stored_body(article)[0]["value"]["items"]
    assert item["value"] == {"question": "<b>?</b>", "answer": CLEAN}


def test_rich_text_of_an_update_past_the_model_is_clean(article):
    stream = ArticlePage._meta.get_field("body").to_python([{"type": "text", "value": SCRIPT}])
    ArticlePage.objects.filter(pk=article.pk).update(body=stream)

    assert stored_body(article)[0]["value"] == CLEAN


def test_revision_holds_clean_rich_text(article):
    article.body = [{"type": "text", "value": SCRIPT}]
    revision = article.save_revision()

    assert "javascript:" not in revision.content["body"]
    assert "<script>" not in revision.content["body"]


def test_markup_that_breaks_parsers_is_saved_indexed_and_shown(make_article, client):
    article = make_article(
        f"Crash {CRASH}",
        body=[
            {"type": "text", "value": f"<p>before {CRASH} after</p>"},
            {"type": "tip", "value": {"variant": "tip", "body": f"<p>kept {CRASH}</p>"}},
        ],
    )

    assert client.get(article.url).status_code == 200


def test_text_over_the_limit_is_refused_before_anything_parses_it(make_article):
    long = "<ul><li>" * 100_000
    article = make_article()
    article.body = [{"type": "text", "value": long}]

    with pytest.raises(ValueError, match="50,000 are allowed"):
        article.save()
    with pytest.raises(ValidationError):
        article.body.stream_block.clean(article.body)


def test_block_definitions_stay_out_of_migrations():
    field = ArticlePage._meta.get_field("body")
    _name, path, args, kwargs = field.deconstruct()

    assert (path, args) == ("articles.models.body.BodyField", [])
    assert set(kwargs) <= {"verbose_name", "blank"}


def test_data_migration_that_saves_a_page_keeps_its_body(make_article):
    article = make_article(body=[{"type": "tip", "value": {"variant": "note", "body": "<p>Kept.</p>"}}])
    state = MigrationExecutor(connection).loader.project_state([("articles", "0002_initial")])
    historical = state.apps.get_model("articles", "ArticlePage").objects.get(pk=article.pk)
    assert type(historical) is not apps.get_model("articles", "ArticlePage")

    historical.save()

    (block,) = ArticlePage.objects.get(pk=article.pk).body
    assert (block.block_type, block.value["body"].source) == ("tip", "<p>Kept.</p>")


def test_body_field_takes_no_kinds():
    with pytest.raises(TypeError):
        BodyField([("text", None)])


def test_finder_collects_stylesheets_and_scripts_and_nothing_else():
    collected = [path for path, _storage in BlockFinder().list()]

    assert "blocks/tip/block.css" in collected
    assert {path.rpartition(".")[2] for path in collected} <= {"css", "js"}
    assert BlockFinder().find("blocks/tip/block.html") == []
    assert BlockFinder().find("blocks/tip/__init__.py") == []
    assert BlockFinder().find("../manage.py") == []
