"""A routine, step by step."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from articles import markdown
from articles.blocks.base import ArticleStructBlock
from articles.durations import duration
from prose.fields import CleanRichTextBlock
from prose.sanitize import plain_text


class StepBlock(blocks.StructBlock):
    """One step of a routine."""

    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=6000, required=False)
    body = CleanRichTextBlock(label=_("What to do"), required=False)

    class Meta:
        icon = "arrow-right"
        label = _("Step")
        label_format = "{title}"

    def clean(self, value: Any) -> Any:
        """Refuse a step that says nothing, but in a draft."""
        value = super().clean(value)
        if not self.is_deferred_validation and not value["title"] and not plain_text(value["body"].source).strip():
            error = ValidationError(_("Say what to do in this step, or delete it."), code="required")
            raise blocks.StructBlockValidationError(block_errors={"body": error})
        return value

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """Return title, duration as the page shows it, and body."""
        parts = [value["title"], duration(value["minutes"]) if value["minutes"] else ""]
        return [part for part in parts if part] + self.child_blocks["body"].get_searchable_content(value["body"])


class StepsBlock(ArticleStructBlock):
    """Numbered steps; the page adds the minutes up."""

    title = blocks.CharBlock(label=_("Title"), max_length=200, required=False)
    introduction = CleanRichTextBlock(label=_("Introduction"), required=False)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = _("Advice")
        rank = 22
        template = "blocks/steps/block.html"
        label_format = "{title}"
        description = _("A routine in numbered steps, with minutes that the page adds up.")
        preview_value = {
            "title": "A cup of tea, step by step",
            "introduction": "",
            "steps": [
                {"title": "Warm the pot", "minutes": 1, "body": "<p>Swirl hot water in it and pour it out.</p>"},
                {"title": "Steep", "minutes": 4, "body": "<p>Pour boiling water over the leaves and wait.</p>"},
                {"title": "Pour", "minutes": None, "body": "<p>Through a strainer, into warm cups.</p>"},
            ],
        }

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add `total_minutes`, the sum of all minutes that are stated (0 if none are)."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["total_minutes"] = sum(step["minutes"] or 0 for step in value["steps"])
        return context

    def markdown(self, value: blocks.StructValue) -> str:
        """Return the title as a heading, the introduction, how long it all takes, and a numbered list."""
        total = sum(step["minutes"] or 0 for step in value["steps"])
        return markdown.together(
            markdown.heading(value["title"], 2),
            markdown.rich(value["introduction"].source),
            markdown.line(gettext("%(total)s in all") % {"total": duration(total)}) if total else "",
            markdown.numbered(_step(step) for step in value["steps"]),
        )


def _step(step: blocks.StructValue) -> str:
    minutes = f"({duration(step['minutes'])})" if step["minutes"] else ""
    lead = " ".join(part for part in (markdown.strong(step["title"]), minutes) if part)
    return markdown.together(lead, markdown.rich(step["body"].source))
