"""A tip or note beside the text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock, LookChoiceBlock
from prose.fields import CleanRichTextBlock


class TipBlock(ArticleStructBlock):
    """A short piece of advice that a reader can use at once."""

    variant = LookChoiceBlock(
        choices=[
            ("tip", _("Tip")),
            ("note", _("Note")),
            ("important", _("Important")),
            ("did_you_know", _("Did you know?")),
        ],
        label=_("Lead-in"),
        default="tip",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    body = CleanRichTextBlock(label=_("Text"))

    class Meta:
        icon = "pick"
        label = _("Tip")
        group = _("Advice")
        rank = 21
        form_layout = blocks.BlockGroup(children=["title", "body", "variant"])
        template = "blocks/tip/block.html"
        label_format = "{title} {body}"
        description = _("A tip, a note, something important or worth knowing, set beside the text.")
        preview_value = {
            "variant": "tip",
            "title": "",
            "body": "<p>Fill the kettle with what you need and no more: it boils sooner.</p>",
        }

    def heading(self, value: blocks.StructValue) -> None:
        """Return None: a tip is an aside, not a section."""
        return

    def markdown(self, value: blocks.StructValue) -> str:
        """Return a quotation that begins with the lead-in."""
        lead = dict(self.child_blocks["variant"].field.choices).get(value["variant"], "")
        parts = [markdown.strong(str(lead)), markdown.strong(value["title"]), markdown.rich(value["body"].source)]
        return markdown.quoted(markdown.together(*parts))
