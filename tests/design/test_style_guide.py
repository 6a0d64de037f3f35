"""The style guide shows what there is, and falls behind nothing: it is read from the tokens and the kinds."""

from html import unescape

import pytest
from django.urls import reverse

from articles.blocks.registry import kinds
from pages.tokens import colors, sizes

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(client) -> str:
    return unescape(client.get(reverse("pages:style_guide")).content.decode())


def test_every_color_and_every_size_is_shown(guide):
    for named in [*colors().values(), *sizes()]:
        assert f"<code>{named.name}</code>" in guide


def test_contrast_is_told_in_numbers(guide):
    assert "13.9 · 13.2, at least 7" in guide


def test_every_kind_stands_with_its_label_its_description_and_its_sample(guide):
    for name, kind in kinds().items():
        assert f"{kind.label}</h3>" in guide
        assert str(kind.meta.description) in guide
        assert f'<div class="block block-{name}" id="part-sample' in guide


def test_search_engines_leave_it_out(guide):
    assert '<meta name="robots" content="noindex">' in guide


@pytest.mark.parametrize("size", sizes(), ids=lambda size: size.name)
def test_text_never_shrinks_on_a_larger_screen(size):
    assert 14 <= size.smallest <= size.largest
