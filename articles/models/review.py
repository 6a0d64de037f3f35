"""The step of a workflow in which somebody checks an article and signs it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState
from wagtail.models.workflows import BaseTaskStateManager, TaskStateQuerySet

from articles.models.sign_off import SignOff
from authors.models import AuthorPage

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from articles.models.article import ArticlePage


class ReviewStateQuerySet(TaskStateQuerySet):
    """Questions about reviews."""

    def waiting_for(self, user: User) -> ReviewStateQuerySet:
        """Return the reviews that `user` may do now, those that wait longest first."""
        waiting = self.filter(status=TaskState.STATUS_IN_PROGRESS, task__active=True).order_by("started_at", "pk")
        if user.is_superuser:
            return waiting
        return waiting.filter(task__in=ReviewTask.objects.filter(groups__in=user.groups.all()).values("pk"))

    def signed(self, article: ArticlePage) -> ReviewStateQuerySet:
        """Return what was signed of `article`, whether readers see it or not."""
        return self.for_instance(article).filter(status=TaskState.STATUS_APPROVED).exclude(signed_on=None)


class ReviewState(TaskState):
    """What a reviewer signed in the workflow. The sign-off itself begins when readers see what was signed."""

    reviewer = models.ForeignKey(
        AuthorPage, verbose_name=_("reviewer"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_on = models.DateField(_("signed on"), null=True)
    due_on = models.DateField(_("next review due on"), null=True)
    sign_off = models.OneToOneField(SignOff, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = BaseTaskStateManager.from_queryset(ReviewStateQuerySet)()

    exclude_fields_in_copy = ["sign_off"]

    class Meta:
        verbose_name = _("state of a review")

    @property
    def article(self) -> ArticlePage:
        """The article that is reviewed, as its newest draft says."""
        return self.workflow_state.content_object.specific.get_latest_revision_as_object()

    def approve(self, user: User | None = None, update: bool = True, comment: str = "") -> ReviewState:
        """End the review well. Whatever approves passes here; raises PermissionDenied if nobody has signed."""
        if self.signed_on is None or self.reviewer_id is None:
            raise PermissionDenied(_now("A review ends with a signature: see “Review…” above the article."))
        return super().approve(user=user, update=update, comment=comment)

    def get_comment(self) -> str:
        """Return what the history of the workflow tells: the comment, or who signed."""
        if self.comment or not (self.signed_on and self.reviewer):
            return str(self.comment)
        return _now("Signed by %(name)s on %(day)s.") % {
            "name": self.reviewer.title,
            "day": date_format(self.signed_on),
        }


class ReviewTask(AbstractGroupApprovalTask):
    """A review as a step of a workflow: it is approved by a signature alone."""

    kind = models.CharField(
        _("what is checked"), max_length=20, choices=SignOff.Kind.choices, default=SignOff.Kind.MEDICAL
    )

    task_state_class = ReviewState
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "kind"]

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """Return what Wagtail offers `user` beside the article: to sign, and to ask for changes."""
        if not super().get_actions(obj, user):
            return []
        return [("approve", _now("Review and sign off…"), True), ("reject", _now("Ask for changes"), True)]

    def get_template_for_action(self, action: str) -> str:
        """Return what Wagtail shows when one of the two is chosen: signing leads to the screen of the review."""
        return "articles/desk/where_to_sign.html" if action == "approve" else ""

    def on_action(self, task_state: ReviewState, user: Any, action_name: str, **kwargs: Any) -> str | None:
        """Ask for changes, or lead to where the article is signed: Wagtail's own form has no place for a signature."""
        if action_name == "approve":
            return reverse("review_article", args=[task_state.workflow_state.object_id])
        super().on_action(task_state, user, action_name, **kwargs)
        return None

    @classmethod
    def get_description(cls) -> str:
        """Return what this kind of task is for, where an administrator chooses one."""
        return _now("A member of the chosen groups checks the article and signs it off under their own name")
