"""A question to the readers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock


class DiscussionBlock(ArticleStructBlock):
    """The door to the comments: a question that readers can answer from their own experience."""

    prompt = blocks.TextBlock(label=_("Prompt"), rows=2)

    class Meta:
        icon = "comment"
        label = _("Discussion prompt")
        group = _("Reader")
        rank = 42
        template = "blocks/discussion/block.html"
        label_format = "{prompt}"
        description = _("Asks readers for their experience and leads them to the comments.")
        preview_value = {"prompt": "Does your kettle sing, whistle or sigh? Tell us below."}

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the question."""
        return markdown.plain(value["prompt"])
