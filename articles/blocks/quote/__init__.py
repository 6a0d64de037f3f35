"""An expert, quoted."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown, semantic
from articles.blocks.base import ArticleStructBlock
from articles.chosen import AuthorChooserBlock
from articles.links import link_to
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
    profile = AuthorChooserBlock(
        label=_("Profile"),
        required=False,
        help_text=_("The speaker’s page on this site, if there is one."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = _("Evidence")
        rank = 33
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

    def own_words(self, value: blocks.StructValue) -> str:
        """Return nothing: all of it is somebody else’s."""
        return ""

    def lacks(self, value: blocks.StructValue) -> list[str]:
        """Return "profile" if the speaker has no page on this site; "credential" if no words tell either who it is."""
        if value["profile"]:
            return []
        return ["profile"] if value["credential"] else ["credential"]

    def markdown(self, value: blocks.StructValue) -> str:
        """Return a quotation, and below it who said it, with a link to a page of theirs that any reader may see."""
        profile = link_to("page", value["profile"].pk) if value["profile"] else None
        name, credential = value["speaker"] or "", markdown.escaped(value["credential"] or "")
        speaker = markdown.link(name, profile.url) if profile and name else markdown.escaped(name)
        byline = ", ".join(part for part in (speaker, credential) if part)
        words = markdown.plain(value["text"])
        return markdown.quoted(markdown.together(words, f"— {byline}" if byline else ""))

    def html(self, value: blocks.StructValue) -> str:
        """Return a quotation, and below it who said it."""
        byline = ", ".join(part for part in (value["speaker"], value["credential"]) if part)
        words = semantic.element("p", semantic.lines(value["text"]))
        return semantic.element(
            "blockquote", semantic.together(words, semantic.element("p", semantic.element("cite", byline)))
        )
