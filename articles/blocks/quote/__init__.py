"""An expert, quoted."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles.blocks.base import ArticleStructBlock
from authors.models import AuthorPage


class QuoteBlock(ArticleStructBlock):
    """The words of a person, with the reason why they count."""

    text = blocks.TextBlock(label=_("Quotation"), help_text=_("Without quotation marks: the page sets them."), rows=3)
    speaker = blocks.CharBlock(label=_("Speaker"), max_length=120, required=False)
    credential = blocks.CharBlock(
        label=_("Credential"),
        max_length=200,
        required=False,
        help_text=_("Why the reader should listen, for example “Board-certified spine specialist”."),
    )
    profile = blocks.PageChooserBlock(
        label=_("Profile"),
        page_type="authors.AuthorPage",
        required=False,
        help_text=_("The speaker’s page on this site, if there is one."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = _("Evidence")
        template = "blocks/quote/block.html"
        label_format = "{speaker}: {text}"
        description = _("The words of an expert, with name and credential.")
        preview_value = {
            "text": "A whistle is only steam that found a narrow way out.",
            "speaker": "Dr. Ada Brook",
            "credential": "Physicist and tea drinker",
            "profile": None,
        }

    def people(self, value: blocks.StructValue) -> list[AuthorPage]:
        """Return the speaker, whose page may be shown."""
        return [value["profile"]] if value["profile"] and value["profile"].live else []
