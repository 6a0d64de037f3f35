"""A heading: what opens a section of the article."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock, LookChoiceBlock


class HeadingBlock(ArticleStructBlock):
    """A heading of level 2 or 3. Sections, anchors and the contents list are computed from it."""

    text = blocks.CharBlock(label=_("Heading"), max_length=200)
    level = LookChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Subsection"))],
        label=_("Level"),
        default="2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = _("Text")
        rank = 12
        template = "blocks/heading/block.html"
        label_format = "{text}"
        description = _("Opens a section and stands in the contents list.")
        preview_value = {"text": "Why the kettle whistles", "level": "2"}

    def heading(self, value: blocks.StructValue) -> tuple[str, int] | None:
        """Return the heading itself."""
        return (value["text"], int(value["level"])) if value["text"] else None

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the heading."""
        return markdown.heading(value["text"], int(value["level"]))
