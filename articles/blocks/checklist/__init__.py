"""Things to do and to avoid, to tick off."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock, LookChoiceBlock
from prose.fields import CleanRichTextBlock


class ChecklistItemBlock(blocks.StructBlock):
    """One thing to do or to avoid."""

    action = LookChoiceBlock(choices=[("do", _("Do")), ("avoid", _("Avoid"))], label=_("Action"), default="do")
    text = blocks.TextBlock(label=_("Text"), rows=2)

    class Meta:
        icon = "check"
        label = _("Item")
        label_format = "{action}: {text}"


class ChecklistBlock(ArticleStructBlock):
    """A list that a reader can tick. The ticks stay on the device."""

    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)
    introduction = CleanRichTextBlock(label=_("Introduction"), required=False)
    items = blocks.ListBlock(ChecklistItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "check"
        label = _("Checklist")
        group = _("Advice")
        rank = 23
        template = "blocks/checklist/block.html"
        label_format = "{title}"
        description = _("Things to do and to avoid. Readers can tick them; the ticks never leave their device.")
        preview_value = {
            "title": "Before you light the stove",
            "introduction": "",
            "items": [
                {"action": "do", "text": "Check that there is water in the kettle"},
                {"action": "do", "text": "Turn the handle away from the edge"},
                {"action": "avoid", "text": "Lifting the lid toward your face"},
            ],
        }

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the title as a heading, the introduction, and a list of boxes to tick."""
        avoid = markdown.strong(f"{_('Avoid')}:")
        items = (
            f"[ ] {avoid + ' ' if item['action'] == 'avoid' else ''}{markdown.plain(item['text'])}"
            for item in value["items"]
        )
        return markdown.together(
            markdown.heading(value["title"], 2),
            markdown.rich(value["introduction"].source),
            markdown.bullets(items),
        )
