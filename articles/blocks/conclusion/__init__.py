"""The last page of the article."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock
from prose.fields import CleanRichTextBlock


class ConclusionBlock(ArticleStructBlock):
    """What it all comes to."""

    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)
    body = CleanRichTextBlock(label=_("Text"))

    class Meta:
        icon = "doc-full"
        label = _("Conclusion")
        group = _("Text")
        rank = 14
        template = "blocks/conclusion/block.html"
        label_format = "{title}"
        description = _("What it all comes to, at the end of the article.")
        preview_value = {
            "title": "Let it sing",
            "body": "<p>A whistling kettle is a kettle that works. Clean it now and then, and let it sing.</p>",
        }

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the title as a heading, and the text."""
        return markdown.together(markdown.heading(value["title"], 2), markdown.rich(value["body"].source))
