"""What to keep if you read nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock


class TakeawaysBlock(ArticleStructBlock):
    """The few sentences that a hurried reader should leave with."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False, default=_("Key takeaways"))
    items = blocks.ListBlock(
        blocks.TextBlock(label=_("Takeaway"), rows=2),
        label=_("Takeaways"),
        min_num=1,
        help_text=_("Five at most are remembered."),
    )

    class Meta:
        icon = "key"
        label = _("Key takeaways")
        group = _("Text")
        rank = 13
        template = "blocks/takeaways/block.html"
        label_format = "{title}"
        description = _("What to keep if a reader reads nothing else.")
        preview_value = {
            "title": "Key takeaways",
            "items": [
                "A whistle is steam in a narrow hole.",
                "Lime silences kettles, and vinegar removes lime.",
                "Never lift the lid toward your face.",
            ],
        }

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the title as a heading, and a list."""
        items = markdown.bullets(markdown.plain(item) for item in value["items"])
        return markdown.together(markdown.heading(value["title"], 2), items)
