"""A myth, and the fact beside it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock
from prose.fields import CleanRichTextBlock
from prose.sanitize import plain_text


class MythFactPairBlock(blocks.StructBlock):
    """A claim that is often heard, and what is known."""

    myth = blocks.TextBlock(label=_("Myth"), rows=2)
    fact = CleanRichTextBlock(label=_("Fact"))

    class Meta:
        icon = "cross"
        label = _("Myth and fact")
        label_format = "{myth}"


class MythFactBlock(ArticleStructBlock):
    """Claims, each with the fact beside it."""

    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)
    pairs = blocks.ListBlock(MythFactPairBlock(), label=_("Pairs"), min_num=1)

    class Meta:
        icon = "circle-check"
        label = _("Myth and fact")
        group = _("Evidence")
        rank = 35
        template = "blocks/myth_fact/block.html"
        label_format = "{title}"
        description = _("A claim that is often heard, and what is known, side by side.")
        preview_value = {
            "title": "Heard in the kitchen",
            "pairs": [
                {
                    "myth": "Water that boiled once must never boil again.",
                    "fact": "<p>Boiling twice changes the taste a little and harms nobody.</p>",
                }
            ],
        }

    def own_words(self, value: blocks.StructValue) -> str:
        """Return the title and the facts."""
        return "\n".join([value["title"] or "", *(plain_text(pair["fact"].source) for pair in value["pairs"])])

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the title as a heading, and each myth with its fact behind their labels."""
        pairs = (
            markdown.together(
                markdown.labelled(str(_("Myth")), markdown.plain(pair["myth"])),
                markdown.labelled(str(_("Fact")), markdown.rich(pair["fact"].source)),
            )
            for pair in value["pairs"]
        )
        return markdown.together(markdown.heading(value["title"], 2), *pairs)
