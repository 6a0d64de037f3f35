"""What could not be published or taken off at its time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ScheduleFailure(models.Model):
    """That the schedule of a page failed, why, and when it is tried again. It ends when the page is published."""

    class Doing(models.TextChoices):
        """What was to be done."""

        PUBLISH = "publish", _("Publish")
        UNPUBLISH = "unpublish", _("Unpublish")

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    doing = models.CharField(_("what was to be done"), max_length=20, choices=Doing.choices)
    due_at = models.DateTimeField(_("due at"))
    reason = models.TextField(_("reason"))
    tries = models.PositiveIntegerField(_("tries"), default=1)
    first_failed_at = models.DateTimeField(_("failed first at"))
    last_failed_at = models.DateTimeField(_("failed last at"))
    try_again_at = models.DateTimeField(_("tried again at"))
    told_at = models.DateTimeField(_("editors told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("failed schedule")
        verbose_name_plural = _("failed schedules")
        constraints = [models.UniqueConstraint(fields=["page", "doing"], name="schedule_failure_once_a_page")]

    def __str__(self) -> str:
        return f"{self.page}: {self.reason}"
