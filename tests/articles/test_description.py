"""One description of every kind: its data fit its JSON Schema, and nothing else does."""

from __future__ import annotations

import json
from datetime import date

import pytest
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from articles.blocks.registry import kinds
from articles.description import UndescribedBlock, data_of, schema_of
from articles.links import linked, links_known
from articles.models import ArticlePage
from pictures.actions import store_picture
from tests.articles.test_blocks import body_of, sample
from tests.pictures.drawing import photograph

jsonschema = pytest.importorskip("jsonschema")

every_kind = pytest.mark.parametrize("name", sorted(kinds()))


def fits(instance, schema) -> bool:
    return jsonschema.Draft202012Validator(schema).is_valid(instance)


def data(name: str):
    block = kinds()[name]
    return block.data(block.normalize(block.get_preview_value()))


def spoiled(value, schema) -> list:
    """Return variants of `value` that `schema` must refuse: of another type, with more, with less."""
    if not isinstance(value, dict):
        return [None, {"words": value}]
    first = next(iter(value))
    return [None, [value], value | {"surprise": 1}, {name: part for name, part in value.items() if name != first},
            value | {first: {"unexpected": []}}]  # fmt: skip


@pytest.mark.django_db
@every_kind
def test_data_of_the_sample_fit_the_schema_and_nothing_else_does(name):
    schema = kinds()[name].json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    found = json.loads(json.dumps(data(name)))

    assert fits(found, schema)
    assert [wrong for wrong in spoiled(found, schema) if fits(wrong, schema)] == []


@pytest.mark.django_db
@every_kind
def test_data_of_an_empty_block_fit_the_schema(name):
    """A page may go live with fields that nobody filled in."""
    block = kinds()[name]
    schema = json.loads(json.dumps(block.json_schema(), default=str))

    found = json.loads(json.dumps(block.data(block.normalize(block.get_default()))))
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(found)) == []


def test_what_has_no_description_is_named():
    class StrangeBlock(blocks.FieldBlock):
        pass

    with pytest.raises(UndescribedBlock, match="StrangeBlock"):
        schema_of(blocks.StructBlock([("odd", StrangeBlock())]))
    with pytest.raises(UndescribedBlock, match="StrangeBlock"):
        data_of(StrangeBlock(), "")


def test_numbers_days_and_choices_keep_their_limits():
    block = blocks.StructBlock(
        [
            ("minutes", blocks.IntegerBlock(min_value=1, max_value=90, required=False)),
            ("day", blocks.DateBlock(required=False)),
            ("side", blocks.ChoiceBlock(choices=[("a", "A"), ("b", "B")], required=False)),
            ("certain", blocks.BooleanBlock(required=False)),
        ]
    )
    value = block.normalize({"minutes": 5, "day": date(2026, 11, 2), "side": "a", "certain": True})
    schema = schema_of(block)

    assert data_of(block, value) == {"minutes": 5, "day": "2026-11-02", "side": "a", "certain": True}
    for change in ({"minutes": 0}, {"minutes": 91}, {"side": "c"}, {"certain": "yes"}):
        assert not fits(data_of(block, value) | change, schema)


class TestLinks:
    def test_links_are_absolute_and_what_is_not_public_keeps_its_words_only(self, make_article):
        shown = make_article("Shown")
        draft = make_article("Hidden", live=False)
        private = make_article("Private")
        PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
        source = (
            f'<p data-block-key="abc"><a linktype="page" id="{shown.pk}">one</a> '
            f'<a linktype="page" id="{draft.pk}">two</a> <a linktype="page" id="{private.pk}">three</a> '
            '<a href="/articles/">four</a> <a linktype="page" id="9999999999999999999999">five</a></p>'
        )

        assert kinds()["text"].data(body_of(("text", source))[0].value) == (
            f'<p><a href="{shown.full_url}">one</a> two three <a href="http://testserver/articles/">four</a> five</p>'
        )

    @pytest.mark.parametrize("address", ["//[x]", "http://[", "https://[::1"])
    def test_link_to_what_is_no_address_leaves_its_words(self, address, capfd):
        source = f'<p><a href="{address}">one</a> <a href="/two/">two</a></p>'

        assert linked(source) == '<p>one <a href="http://testserver/two/">two</a></p>'
        assert capfd.readouterr().err == ""

    def test_document_of_a_closed_collection_is_no_link(self, db):
        closed = Collection.get_first_root_node().add_child(name="Closed")
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        documents = [
            get_document_model().objects.create(title=title, file=f"{title}.pdf", collection=collection)
            for title, collection in (("open", Collection.get_first_root_node()), ("closed", closed))
        ]
        source = " ".join(f'<a linktype="document" id="{each.pk}">{each.title}</a>' for each in documents)

        found = kinds()["text"].data(body_of(("text", f"<p>{source}</p>"))[0].value)
        assert found.count("href") == 1
        assert found.endswith("open</a> closed</p>")

    def test_speaker_is_named_as_a_page_only_while_any_reader_may_see_it(self, author):
        body = body_of(("quote", sample("quote") | {"profile": author.pk}))

        assert body[0].block.data(body[0].value)["profile"] == {"title": "Ada Brook", "url": author.full_url}
        PageViewRestriction.objects.create(page=author, restriction_type=PageViewRestriction.LOGIN)
        assert body[0].block.data(body[0].value)["profile"] is None

    @pytest.mark.parametrize("number", [1, 20])
    def test_body_takes_four_queries_for_one_link_and_for_twenty(self, make_article, django_assert_num_queries, number):
        target = make_article("Target")
        source = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
        article = make_article("From", body=[{"type": "text", "value": source} for _ in range(number)])
        body = ArticlePage.objects.get(pk=article.pk).body
        target.full_url  # noqa: B018 (fills the cache of sites)

        with django_assert_num_queries(4), links_known(body):
            assert all(target.full_url in child.block.data(child.value) for child in body)


def test_picture_is_told_with_its_rights(db):
    picture = store_picture(title="Kettle", name="kettle.png", data=photograph("PNG"), credit="Ruth")
    picture.license_url = "https://example.org/license"
    picture.save()
    body = body_of(("figure", sample("figure") | {"image": picture.pk}))

    found = body[0].block.data(body[0].value)["image"]
    assert found["url"].startswith("http://testserver/media/")
    assert [found[name] for name in ("width", "height")] == [picture.width, picture.height]
    assert [found[name] for name in ("credit", "license", "source")] == ["Ruth", "https://example.org/license", None]
    assert fits(data_of(body[0].block, body[0].value), body[0].block.json_schema())
