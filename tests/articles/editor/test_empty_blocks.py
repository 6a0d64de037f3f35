"""A draft may hold blocks that nobody has filled yet; an article may not."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail import blocks
from wagtail.test.utils.form_data import rich_text

from articles.blocks.registry import kinds
from articles.models import ArticlePage
from tests.articles.editor.posting import article_form, signed_in

pytestmark = pytest.mark.django_db

SAYS_NOTHING_IS_MISSING = {"case_study", "figure"}
"""Kinds of which every part is optional."""


def empty(block: blocks.Block) -> Any:
    """Return what the form posts of `block` when an editor has just inserted it."""
    if isinstance(block, blocks.StructBlock):
        return {name: empty(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return {"count": 1, 0: {"deleted": "", "order": 0, "value": empty(block.child_block)}}
    if isinstance(block, blocks.RichTextBlock):
        return rich_text("")
    return block.get_default() if isinstance(block, blocks.ChoiceBlock) else ""


def test_draft_with_every_kind_empty_is_saved_whole_and_does_not_go_live(editor, make_article):
    draft = make_article(live=False)
    browser, address = signed_in(editor), f"/admin/pages/{draft.pk}/edit/"
    body = [(name, empty(block)) for name, block in kinds().items()]

    assert browser.post(address, article_form(draft, *body)).status_code == 302
    saved = ArticlePage.objects.get(pk=draft.pk).get_latest_revision_as_object().body
    assert [child.block_type for child in saved] == list(kinds())

    answer = browser.post(address, article_form(draft, *body) | {"action-publish": "action-publish"})
    assert answer.status_code == 200
    [refusal] = answer.context["form"].errors.as_data()["body"]
    refused = {list(kinds())[number] for number in refusal.as_json_data()["blockErrors"]}
    assert refused == set(kinds()) - SAYS_NOTHING_IS_MISSING
    assert not ArticlePage.objects.get(pk=draft.pk).live


def test_picker_offers_what_is_used_most_first(editor):
    """Text before advice, advice before evidence; in each group what articles are mostly made of."""
    stream = ArticlePage._meta.get_field("body").stream_block
    offered = {str(group): [block.name for block in found] for group, found in stream.grouped_child_blocks()}

    assert list(offered) == ["Text", "Advice", "Evidence", "Reader"]
    assert [names[0] for names in offered.values()] == ["text", "tip", "figure", "faq"]
