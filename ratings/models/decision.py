"""What moderators decided, for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratings.models.bulk import Bulk
from ratings.models.comment import Comment, State
from ratings.models.grounds import Ground


class AppendOnly(Exception):
    """Somebody tried to change or delete a decision by itself."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, which can be read and added to only."""

    def update(self, **kwargs: Any) -> int:
        """Refuse: raises AppendOnly."""
        raise AppendOnly("A decision is never changed.")

    def delete(self) -> NoReturn:
        """Refuse: raises AppendOnly."""
        raise AppendOnly("A decision is never deleted.")


class Act(models.TextChoices):
    """What was done. Everything but a move leaves the comment in its state."""

    MOVE = "move", _("Moved")
    REDACT = "redact", _("Words taken out")
    CHECK = "check", _("Marked as checked")
    UNCHECK = "uncheck", _("No longer marked as checked")
    PIN = "pin", _("Pinned")
    UNPIN = "unpin", _("No longer pinned")
    PICK = "pick", _("Picked by the editors")
    UNPICK = "unpick", _("No longer picked")
    UNDO = "undo", _("Undone")


class Decision(models.Model):
    """One act on one comment: who, when, what, from where to where, and why. Append-only.

    Only a deleted article takes its comments' decisions along; the admin's site history keeps their entries.
    Where no person decided (the author deleted it, the checks or the reports moved it), it is not `is_by_moderator`.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="comment_decisions"
    )
    is_by_moderator = models.BooleanField(
        _("by a moderator"), default=False, help_text=_("Also when their account is gone.")
    )
    act = models.CharField(_("what was done"), max_length=10, choices=Act.choices, default=Act.MOVE)
    from_state = models.CharField(_("from"), max_length=10, choices=State.choices)
    to_state = models.CharField(_("to"), max_length=10, choices=State.choices)
    version = models.PositiveIntegerField(_("version that was judged"))
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices, blank=True)
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("The author of the comment reads it.")
    )
    note = models.CharField(_("note"), max_length=1000, blank=True, help_text=_("Only moderators read it."))
    trace = models.JSONField(_("rule trace"), default=list)
    before = models.JSONField(
        _("what it changed"),
        default=dict,
        help_text=_("Columns beside the state, as they were: undoing restores them."),
    )
    bulk = models.ForeignKey(Bulk, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by")
    because_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="entailed")
    decided_at = models.DateTimeField(_("decided at"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["comment", "version"], name="one_decision_a_version"),
            models.CheckConstraint(condition=Q(act__in=Act.values), name="decision_act_known"),
            models.CheckConstraint(condition=Q(ground="") | Q(ground__in=Ground.values), name="decision_ground_known"),
            models.CheckConstraint(
                condition=Q(act=Act.UNDO, undoes__isnull=False) | (~Q(act=Act.UNDO) & Q(undoes__isnull=True)),
                name="decision_undo_undoes_one",
            ),
        ]
        indexes = [models.Index(fields=["decided_at"], name="decision_latest")]

    def __str__(self) -> str:
        return f"{self.act}: {self.from_state} → {self.to_state} (comment {self.comment_id})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the decision; raises AppendOnly for one that is stored already."""
        if self.pk is not None:
            raise AppendOnly("A decision is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: raises AppendOnly."""
        raise AppendOnly("A decision is never deleted.")


def standing(decisions: models.QuerySet[Decision], act: Act = Act.MOVE) -> Iterator[Decision]:
    """Yield of each comment in `decisions` the last one of this `act` that stands, the latest first.

    Undoing leads back to what stood before: an undone decision is passed over, and one whose undoing was undone is
    found again, with its ground and its reason. The last move is what made the state that a comment is in. One query.
    """
    older_than: dict[int, int] = {}
    for decision in decisions.filter(act__in=[act, Act.UNDO]).order_by("-pk").iterator():
        key = decision.comment_id
        if decision.pk >= older_than.get(key, decision.pk + 1):
            continue
        if decision.undoes_id is not None:
            older_than[key] = decision.undoes_id
        else:
            older_than[key] = 0
            yield decision
