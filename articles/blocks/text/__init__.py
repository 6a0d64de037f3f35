"""Running text: paragraphs and lists."""

from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import RichText

from articles import markdown
from articles.blocks.base import ArticleBlock
from prose.fields import CleanRichTextBlock


class TextBlock(ArticleBlock, CleanRichTextBlock):
    """Paragraphs and lists. What is more than that has a kind of its own."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = _("Text")
        rank = 11
        template = "blocks/text/block.html"
        description = _("Paragraphs, lists, links and emphasis.")
        preview_value = (
            "<p>Water that boils makes <b>steam</b>, and steam needs room. A kettle lends it a small hole.</p>"
            "<ul><li>A small hole makes a high note.</li><li>A large hole makes none.</li></ul>"
        )

    def markdown(self, value: RichText) -> str:
        """Return the text."""
        return markdown.rich(value.source)
