"""What readers found wrong in an article: for editors, never for the public."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageQuerySet

from articles.models import ArticlePage
from ratings.models.reader import Reader


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    """Questions about error reports."""

    def open(self) -> Self:
        """Return those that no editor has answered."""
        return self.filter(state=ErrorReport.State.OPEN)

    def under(self, pages: PageQuerySet) -> Self:
        """Return those of the articles that are among `pages`."""
        return self.filter(article__in=pages.order_by().values("pk"))

    def open_first(self) -> Self:
        """Return what waits first, the longest waiting on top; then what was answered, the latest on top."""
        is_answered = models.Case(models.When(state=ErrorReport.State.OPEN, then=0), default=1)
        waiting_since = models.Case(models.When(state=ErrorReport.State.OPEN, then="created_at"))
        return self.order_by(is_answered, waiting_since, "-answered_at", "-pk")


class ErrorReport(models.Model):
    """An error that a reader reports in an article, and what the editors made of it.

    `anchor` names the part of the article (`articles.outline.anchor`), `place` is that part's heading or first words as
    they stood then, `revision_id` the version that was read.
    """

    class State(models.TextChoices):
        """What became of a report."""

        OPEN = "open", _("Open")
        CORRECTED = "corrected", _("Corrected")
        DECLINED = "declined", _("No error")
        SPAM = "spam", _("Spam")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="error_reports")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="error_reports")
    anchor = models.CharField(_("part"), max_length=40, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    version = models.BigIntegerField(_("version that was read"), null=True, blank=True)
    text = models.TextField(_("what is wrong"), max_length=2000)
    email = models.EmailField(_("e-mail address"), blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(_("sent at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(
        _("answer"), max_length=1000, blank=True, help_text=_("The reader sees it among their responses.")
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "corrected", "declined", "spam"]), name="error_report_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at=None)
                | (~models.Q(state="open") & models.Q(answered_at__isnull=False)),
                name="error_report_answered_with_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="error_report_waiting")]
        permissions = [("answer_error_report", "Can answer error reports")]

    def __str__(self) -> str:
        return f"{self.article}: {self.text[:60]}"
