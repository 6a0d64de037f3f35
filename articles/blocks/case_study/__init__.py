"""The story of one person."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock
from prose.fields import CleanRichTextBlock


class CaseStudyBlock(ArticleStructBlock):
    """What happened to one person, told as a story in three parts."""

    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)
    person = blocks.CharBlock(
        label=_("Person"),
        max_length=160,
        required=False,
        help_text=_("For example “Jamie, 34, software developer (name changed)”."),
    )
    background = CleanRichTextBlock(label=_("Background"), required=False)
    what_happened = CleanRichTextBlock(label=_("What happened"), required=False)
    outcome = CleanRichTextBlock(label=_("Outcome"), required=False)

    class Meta:
        icon = "user"
        label = _("Case study")
        group = _("Evidence")
        rank = 36
        template = "blocks/case_study/block.html"
        label_format = "{title}"
        description = _("One person’s story: background, what happened, outcome.")
        preview_value = {
            "title": "The kettle that would not whistle",
            "person": "Ruth, 61, beekeeper",
            "background": "<p>Ruth had used the same kettle for thirty years when it fell silent.</p>",
            "what_happened": "<p>Lime had narrowed the spout until no steam could sing.</p>",
            "outcome": "<p>An hour in vinegar, and the kettle whistled again.</p>",
        }

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the title as a heading, the person, and the three parts under their labels."""
        parts = [
            markdown.heading(value["title"], 2),
            markdown.labelled(str(_("Person")), markdown.plain(value["person"])),
        ]
        for name in ("background", "what_happened", "outcome"):
            if text := markdown.rich(value[name].source):
                parts += [markdown.strong(str(self.child_blocks[name].label)), text]
        return markdown.together(*parts)
