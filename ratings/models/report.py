"""What a reader reports about a comment."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from ratings.models.comment import Comment
from ratings.models.decision import Act, Decision
from ratings.models.reader import Reader

ANSWERING = (Act.MOVE, Act.REDACT, Act.CHECK)
"""Acts of a moderator that answer the reports of a comment."""


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports.

    The answer to a report is the first act of a moderator on the reported version or a later one that was not undone.
    """

    def open(self) -> ReportQuerySet:
        """Return those that no moderator has answered."""
        return self.filter(~Exists(_answers()))

    def with_answer(self) -> ReportQuerySet:
        """Return them with `answered_act` and `answered_to` (the state it left the comment in), None while open."""
        first = _answers().order_by("version")
        return self.annotate(
            answered_act=Subquery(first.values("act")[:1]), answered_to=Subquery(first.values("to_state")[:1])
        )


def _answers() -> QuerySet[Decision]:
    return Decision.objects.filter(
        comment=OuterRef("comment"),
        version__gte=OuterRef("version"),
        moderator__isnull=False,
        act__in=ANSWERING,
        undone_by__isnull=True,
    )


class Report(models.Model):
    """One reader tells the moderators what is wrong with one comment: once for each reason."""

    class Reason(models.TextChoices):
        """What may be wrong with a comment."""

        DANGEROUS = "dangerous", _("It gives advice that could hurt somebody")
        FALSE = "false", _("It says something that is not true")
        PERSONAL = "personal", _("It tells private things about somebody")
        ABUSE = "abuse", _("It insults or threatens")
        ADVERTISING = "advertising", _("It advertises or is spam")
        OTHER = "other", _("Something else")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reports", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    note = models.TextField(_("in the reporter’s words"), blank=True)
    version = models.PositiveIntegerField(_("version that was reported"))
    weight = models.FloatField(
        _("weight"), default=1, help_text=_("How often its reporter was right before: 1 for a new one, 0 to 2.")
    )
    network = models.CharField(_("network"), max_length=32, blank=True)
    created_at = models.DateTimeField(_("reported at"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader", "reason"], name="one_report_a_reader_and_reason"),
            models.CheckConstraint(
                condition=Q(reason__in=["dangerous", "false", "personal", "abuse", "advertising", "other"]),
                name="report_reason_known",
            ),
            models.CheckConstraint(condition=Q(weight__range=(0, 2)), name="report_weight_0_to_2"),
        ]
        indexes = [models.Index(fields=["created_at"], name="report_latest")]

    def __str__(self) -> str:
        return f"Report of comment {self.comment_id}: {self.reason}"
