"""Questions and answers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown, semantic
from articles.blocks.base import ArticleStructBlock
from prose.fields import CleanRichTextBlock


class QuestionBlock(blocks.StructBlock):
    """A question that readers ask, and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=300)
    answer = CleanRichTextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"


class FaqBlock(ArticleStructBlock):
    """Questions and answers that open in place, also without JavaScript."""

    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)
    introduction = CleanRichTextBlock(label=_("Introduction"), required=False)
    items = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        group = _("Reader")
        rank = 41
        template = "blocks/faq/block.html"
        label_format = "{title}"
        description = _("Questions that open in place when a reader wants the answer.")
        preview_value = {
            "title": "Questions about kettles",
            "introduction": "",
            "items": [
                {
                    "question": "Does hard water harm a kettle?",
                    "answer": "<p>It leaves lime, which slows the boiling.</p>",
                },
                {
                    "question": "How often should I clean it?",
                    "answer": "<p>When you can see the lime: every month or two.</p>",
                },
            ],
        }

    def questions(self, value: blocks.StructValue) -> list[str]:
        """Return the questions."""
        return [item["question"] for item in value["items"] if item["question"]]

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the title and the questions as headings, each with its answer."""
        answered = (
            markdown.together(markdown.heading(item["question"], 3), markdown.rich(item["answer"].source))
            for item in value["items"]
        )
        introduction = markdown.rich(value["introduction"].source)
        return markdown.together(markdown.heading(value["title"], 2), introduction, *answered)

    def html(self, value: blocks.StructValue) -> str:
        """Return the title, and each question so that it opens in place."""
        return semantic.together(
            semantic.heading(value["title"], 2),
            semantic.from_markdown(markdown.rich(value["introduction"].source)),
            *(
                semantic.element(
                    "details",
                    semantic.together(
                        semantic.element("summary", item["question"]),
                        semantic.from_markdown(markdown.rich(item["answer"].source)),
                    ),
                )
                for item in value["items"]
            ),
        )
