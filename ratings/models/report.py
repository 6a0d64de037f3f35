"""What a reader reports about a comment."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext_lazy as _

from ratings.models.comment import Comment, CommentRevision, State
from ratings.models.decision import Act, Decision
from ratings.models.reader import Reader
from ratings.moderation.reports import LATEST, Record

ANSWERING = (Act.MOVE, Act.REDACT, Act.CHECK)
"""Acts of a moderator that answer the reports of a comment."""

AGAIN_FROM = 3
"""So many further readers who say what a moderator has answered already make it a question again."""


class Outcome(models.TextChoices):
    """What became of a report."""

    WAITING = "waiting", _("Waiting for a moderator")
    UPHELD = "upheld", _("Upheld")
    DISMISSED = "dismissed", _("Not upheld")
    KNOWN = "known", _("Looked at before")


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports.

    The answer to a report is the first act of a moderator on the reported version or a later one that stands. Where
    there is none, a report of what a moderator has looked at before is answered by that: of the same words for the
    same reason, or of a comment that is marked as checked. Nothing of this is stored, so whatever is undone or edited
    opens what it should.
    """

    def open(self) -> Self:
        """Return those that no moderator has answered."""
        return self.filter(~Exists(_answers()), ~Exists(_earlier_answers()))

    def with_answer(self) -> Self:
        """Return them with `answered_act`, `answered_to` (the state it left the comment in) and their `outcome`.

        The first two are None while a report waits.
        """
        answer, earlier = _answers().order_by("version"), _earlier_answers().order_by("-version")
        return self.annotate(
            own_act=Subquery(answer.values("answer")[:1]),
            own_to=Subquery(answer.values("to_state")[:1]),
            earlier_act=Subquery(earlier.values("answer")[:1]),
        ).annotate(
            answered_act=Coalesce("own_act", "earlier_act"),
            answered_to=Case(
                When(own_act__isnull=False, then=F("own_to")),
                When(earlier_act__isnull=False, then=Value(State.PUBLISHED)),
                output_field=CharField(),
            ),
            outcome=Case(
                When(
                    Q(own_act=Act.REDACT) | ~Q(own_to=State.PUBLISHED),
                    own_act__isnull=False,
                    then=Value(Outcome.UPHELD),
                ),
                When(own_act__isnull=False, then=Value(Outcome.DISMISSED)),
                When(earlier_act__isnull=False, then=Value(Outcome.KNOWN)),
                default=Value(Outcome.WAITING),
                output_field=CharField(),
            ),
        )

    def records(self, readers: Iterable[int]) -> dict[int, Record]:
        """Return how often the reports of each of `readers` were right, by their latest answers. One query.

        Who repeats what was looked at before was neither right nor wrong by it.
        """
        answered: QuerySet[Any] = self.filter(reader__in=set(readers)).with_answer()
        latest = answered.filter(outcome__in=[Outcome.UPHELD, Outcome.DISMISSED]).annotate(
            place=Window(RowNumber(), partition_by=F("reader"), order_by="-pk")
        )
        counts = Counter(latest.filter(place__lte=LATEST).values_list("reader", "outcome"))
        return {
            reader: Record(upheld=counts[reader, Outcome.UPHELD], dismissed=counts[reader, Outcome.DISMISSED])
            for reader in readers
        }


def _standing() -> QuerySet[Any]:
    """Return what answers reports, with its act as `answer`: done by a moderator, and not undone or brought back."""
    return Decision.objects.filter(
        Q(act__in=ANSWERING) | Q(undoes__undoes__act__in=ANSWERING), is_by_moderator=True, undone_by__isnull=True
    ).annotate(answer=Coalesce("undoes__undoes__act", "act"))


def _answers() -> QuerySet[Any]:
    return _standing().filter(comment=OuterRef("comment"), version__gte=OuterRef("version"))


def _earlier_answers() -> QuerySet[Any]:
    """Return what a moderator decided before the report, and what holds for it: see `ReportQuerySet`."""
    edits = CommentRevision.objects.filter(
        comment=OuterRef("comment"), version__gt=OuterRef("version"), version__lt=OuterRef(OuterRef("version"))
    )
    same = Report.objects.filter(comment=OuterRef("comment"), reason=OuterRef(OuterRef("reason")))
    answered = same.filter(version__lte=OuterRef("version"))
    further = same.filter(version__gt=OuterRef("version"), weight__gt=0)
    return (
        _standing()
        .filter(comment=OuterRef("comment"), version__lt=OuterRef("version"), to_state=State.PUBLISHED)
        .filter(~Exists(edits))
        .filter(
            Q(answer=Act.CHECK, comment__is_checked=True)
            | Q(Exists(answered)) & ~Q(Exists(further.order_by("pk")[AGAIN_FROM - 1 :]))
        )
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

    @property
    def became(self) -> Report:
        """Return it as `ReportQuerySet.with_answer` does. One query."""
        return Report.objects.with_answer().select_related("comment").get(pk=self.pk)
