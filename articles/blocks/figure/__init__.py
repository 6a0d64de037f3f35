"""A picture with its caption."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown, semantic
from articles.blocks.base import ArticleStructBlock
from articles.chosen import PictureChooserBlock
from findable.nodes import Node
from findable.structured_data import image_node
from pictures.models import Picture


class FigureBlock(ArticleStructBlock):
    """A picture, what it shows in words, its caption and its credit."""

    image = PictureChooserBlock(label=_("Picture"), required=False)
    alt = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=300,
        required=False,
        search_index=False,
        help_text=_(
            "What the picture shows, for those who cannot see it. Left empty, the picture’s own description is used."
        ),
    )
    is_decorative = blocks.BooleanBlock(
        label=_("The picture is decorative"),
        required=False,
        help_text=_("It says nothing that the text does not say: those who cannot see it are told nothing of it."),
    )
    caption = blocks.TextBlock(label=_("Caption"), rows=2, required=False)
    credit = blocks.CharBlock(
        label=_("Credit"), max_length=200, required=False, help_text=_("Left empty, the picture’s own credit is used.")
    )

    class Meta:
        icon = "image"
        label = _("Figure")
        group = _("Evidence")
        rank = 31
        form_layout = blocks.BlockGroup(children=["image", "alt", "is_decorative", "caption"], settings=["credit"])
        template = "blocks/figure/block.html"
        preview_template = "blocks/figure/preview.html"
        label_format = "{caption}"
        description = _("A picture with alternative text, caption and credit.")
        preview_value = {
            "image": None,
            "is_decorative": False,
            "alt": "A kettle on a gas flame, steam rising from its spout",
            "caption": "Steam leaves the spout faster than a cyclist rides.",
            "credit": "Drawn for Almanac",
        }

    def pictures(self, value: blocks.StructValue) -> list[Picture]:
        """Return the picture, if one was chosen."""
        return [value["image"]] if value["image"] else []

    def lacks(self, value: blocks.StructValue) -> list[str]:
        """Return "alternative_text" if nothing tells what the picture shows, nor that it shows nothing that matters."""
        told = value["is_decorative"] or self.get_context(value)["alt"]
        return ["alternative_text"] if value["image"] and not told else []

    def nodes(self, value: blocks.StructValue, page_url: str) -> list[Node]:
        """Return the picture with its license, if one was chosen."""
        image = value["image"]
        caption = value["caption"] or value["alt"]
        return [image_node(image, page_url, caption=caption, credit=value["credit"])] if image else []

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add `alt` and `credit`: the figure's own, or else those that the picture was stored with.

        The alternative text of a decorative picture is empty.
        """
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        image = value["image"]
        context["alt"] = "" if value["is_decorative"] else value["alt"] or (image.description if image else "")
        context["credit"] = value["credit"] or (image.credit if image else "")
        return context

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the picture with its alternative text, or that alone; its caption and its credit."""
        shown = self.get_context(value)
        return markdown.together(
            markdown.picture(shown["alt"], value["image"]) if value["image"] else _described(shown["alt"]),
            markdown.plain(value["caption"]),
            markdown.plain(shown["credit"]),
        )

    def html(self, value: blocks.StructValue) -> str:
        """Return a figure with its caption and its credit."""
        shown = self.get_context(value)
        picture = markdown.picture(shown["alt"], value["image"]) if value["image"] else ""
        told = semantic.together(semantic.lines(value["caption"]), semantic.lines(shown["credit"]))
        # A paragraph of its own in Markdown; a figure holds the picture itself.
        image = semantic.from_markdown(picture).removeprefix("<p>").removesuffix("</p>")
        return semantic.element("figure", semantic.together(image, semantic.element("figcaption", told)))


def _described(alt: str) -> str:
    return markdown.line(f"[{_('Image')}: {alt}]") if alt else ""
