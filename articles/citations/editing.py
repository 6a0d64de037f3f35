"""Citing while a text is written: the feature "cite" of Wagtail's rich text editor.

The editor shows "[Unger 1998]", made anew from the source whenever a text is opened; what is stored is the key alone.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from draftjs_exporter import DOM
from wagtail.admin.rich_text.converters.contentstate_models import ContentState
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    HandlerState,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

from articles.models.source import Source

ENTITY = "SOURCE"


def register(features: FeatureRegistry) -> None:
    """Add the feature: a button, the command "/cite", and how a citation is read and stored."""
    feature = {
        "type": ENTITY,
        "icon": "cite",
        "description": gettext_lazy("Cite a source"),
        "attributes": ["id"],
        "chooserUrls": {"sourceChooser": reverse_lazy("wagtailsnippetchoosers_articles_source:choose")},
    }
    features.register_editor_plugin(
        "draftail",
        "cite",
        EntityFeature(
            feature,
            js=["wagtailadmin/js/chooser-modal.js", "articles/editor/cite.js"],
            css={"all": ["articles/editor/cite.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        "cite",
        {
            "from_database_format": {'embed[embedtype="source"]': CitationElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: stored}},
        },
    )


def label_in_text(source: Source | None) -> str:
    """Return what stands in the editor for a citation of `source`."""
    return f"[{source.label if source else _('deleted source')}]"


def stored(props: dict[str, Any]) -> Any:
    """Return the element that is stored for an entity of the editor."""
    return DOM.create_element("embed", {"embedtype": "source", "id": props.get("id")})


class CitationElementHandler(InlineEntityElementHandler):
    """Reads a stored citation into the editor, where it is a piece of text that goes or stays as a whole."""

    mutability = "IMMUTABLE"

    def handle_starttag(
        self, name: str, attrs: list[tuple[str, str]], state: HandlerState, contentstate: ContentState
    ) -> None:
        """Begin the entity, and write its text: the stored element has none."""
        super().handle_starttag(name, attrs, state, contentstate)
        key = dict(attrs).get("id", "")
        source = Source.objects.filter(pk=int(key)).first() if key.isdecimal() else None
        state.current_block.text += label_in_text(source)
        state.leading_whitespace = KEEP_WHITESPACE

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        """Return what is stored of it."""
        return {"id": attrs.get("id", "")}
