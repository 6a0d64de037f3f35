"""The editor's form of an article."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

from articles.readiness.finding import Finding
from articles.readiness.gate import examine, obstacles, sentence

if TYPE_CHECKING:
    from articles.models import ArticlePage

SUBMITTING = ("action-submit", "action-restart-workflow")
"""The buttons that hand an article on to the next person."""


class ArticleForm(WagtailAdminPageForm):
    """Says what keeps an article from being published, each at its field or block, before anything is written.

    A draft may be unfinished: Wagtail then defers what is required, and so does this form. Who hands an article on
    leaves warnings to whoever publishes it. A reason that is posted with a warning counts.
    """

    @property
    def reasons(self) -> dict[str, str]:
        """The reasons that were posted with the form, by what they are about."""
        from articles.readiness.standing import reasons_in

        return reasons_in(self.data) if self.is_bound else {}

    def is_valid(self) -> bool:
        """Return whether the article can be saved, and published or handed on if that is asked for."""
        if not super().is_valid():
            return False
        self._refuse(self._obstacles())
        return not self.errors

    def save(self, commit: bool = True) -> ArticlePage:
        """Take over what was typed, and keep the reasons, so that the gate that comes next knows them."""
        is_new = self.instance.pk is None
        if is_new:
            # Wagtail would have it live before there is a revision to publish.
            self.instance.live = False
        article: ArticlePage = super().save(commit=commit)
        if self.reasons and not is_new and not self.is_deferred_validation:
            from articles.actions import keep_reasons

            keep_reasons(article=article, reasons=self.reasons, by=self.for_user, now=timezone.now())
        return article

    def as_typed(self) -> ArticlePage:
        """Return the article with all that was typed into it, also where the form is refused."""
        if self.is_bound:
            again = type(self)(
                self.data, self.files, instance=self.instance, parent_page=self.parent_page, for_user=self.for_user
            )
            again.defer_required_fields()
            if again.is_valid():
                again.save(commit=False)
        return self._article()

    def _article(self) -> ArticlePage:
        article: ArticlePage = self.instance
        # New blocks get their ids when they are prepared for the database.
        article.body.stream_block.get_prep_value(article.body)
        return article

    def _obstacles(self) -> list[Finding]:
        """Return what is in the way of what the editor asked for."""
        is_approval = self.data.get("action-workflow-action") and self.data.get("workflow-action-name") != "reject"
        is_publishing = self.data.get("action-publish") or (is_approval and self._is_last_step())
        is_handed_on = is_approval or any(self.data.get(name) for name in SUBMITTING)
        if self.is_deferred_validation or not (is_publishing or is_handed_on):
            return []
        super().save(commit=False)
        article = self._article()
        if not is_publishing:
            return [finding for finding in examine(article) if finding.is_error]
        return [each for each in obstacles(article) if each.is_error or each.about not in self.reasons]

    def _is_last_step(self) -> bool:
        state = self.instance.current_workflow_state
        return state is not None and state.get_next_task() is None

    def _refuse(self, found: list[Finding]) -> None:
        numbers = {str(child.id): number for number, child in enumerate(self.instance.body)} if found else {}
        in_blocks: dict[int, list[str]] = defaultdict(list)
        in_body: list[str] = []
        for finding in found:
            if finding.block in numbers:
                in_blocks[numbers[finding.block]].append(sentence(finding))
            elif finding.field == "body":
                in_body.append(sentence(finding))
            else:
                self.add_error(finding.field if finding.field in self.fields else None, sentence(finding))
        if in_blocks or in_body:
            errors: dict[Any, Any] = {number: ValidationError(said) for number, said in in_blocks.items()}
            refusal = StreamBlockValidationError(block_errors=errors, non_block_errors=in_body)
            number = len(in_blocks)
            refusal.message = ngettext("%(count)d block needs you", "%(count)d blocks need you", number) % {
                "count": number
            }
            self.add_error("body", refusal)
