"""A warning, with its urgency."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock, LookChoiceBlock
from prose.fields import CleanRichTextBlock

URGENCIES: list[tuple[str, str | Promise]] = [
    ("non_urgent", _("Non-urgent: see someone about it")),
    ("urgent", _("Urgent: today or tomorrow")),
    ("emergency", _("Emergency: now")),
]


class WarningBlock(ArticleStructBlock):
    """First what to do, then why; its color belongs to urgency alone. The levels are those of the NHS care cards."""

    urgency = LookChoiceBlock(
        choices=URGENCIES,
        label=_("Urgency"),
        default="non_urgent",
    )
    title = blocks.CharBlock(
        label=_("What to do"),
        max_length=300,
        required=False,
        help_text=_("For example “Ask for an urgent appointment if:”."),
    )
    body = CleanRichTextBlock(label=_("Signs and reasons"))

    class Meta:
        icon = "warning"
        label = _("Warning")
        group = _("Advice")
        rank = 24
        form_layout = blocks.BlockGroup(children=["title", "body", "urgency"])
        template = "blocks/warning/block.html"
        label_format = "{title}"
        description = _("When to seek help, in three levels of urgency. It cannot be folded away.")
        preview_value = {
            "urgency": "urgent",
            "title": "Leave the kitchen and call the gas company if:",
            "body": "<ul><li>you smell gas</li><li>the flame burns yellow</li></ul>",
        }

    def heading(self, value: blocks.StructValue) -> None:
        """Return None: a warning belongs to the section it stands in."""
        return

    def is_warning(self, value: blocks.StructValue) -> bool:
        """Return True: that is what it is for."""
        return True

    def markdown(self, value: blocks.StructValue) -> str:
        """Return a quotation that begins with the urgency and with what to do."""
        urgency = dict(self.child_blocks["urgency"].field.choices).get(value["urgency"], "")
        parts = [markdown.strong(str(urgency)), markdown.strong(value["title"]), markdown.rich(value["body"].source)]
        return markdown.quoted(markdown.together(*parts))
