"""The step of a workflow in which somebody checks an article and signs it off."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from articles.models.sign_off import SignOff
from authors.models import AuthorPage


class ReviewState(TaskState):
    """What a reviewer signed in the workflow. The sign-off itself begins when readers see what was signed."""

    reviewer = models.ForeignKey(
        AuthorPage, verbose_name=_("reviewer"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_on = models.DateField(_("signed on"), null=True)
    due_on = models.DateField(_("next review due on"), null=True)
    sign_off = models.OneToOneField(SignOff, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("state of a review")


class ReviewTask(AbstractGroupApprovalTask):
    """A review as a step of a workflow."""

    kind = models.CharField(
        _("what is checked"), max_length=20, choices=SignOff.Kind.choices, default=SignOff.Kind.MEDICAL
    )

    task_state_class = ReviewState
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "kind"]

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
