"""What moderators decided, for ever."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ratings.models.comment import Comment, State


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


class Decision(models.Model):
    """One move of one comment: who, when, from where to where, and why. Append-only.

    Only a deleted article takes its comments' decisions along; the admin's site history keeps their entries.
    `moderator` is empty when no person decided (the author deleted it, the checks moved it).
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="decisions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="comment_decisions"
    )
    from_state = models.CharField(_("from"), max_length=10, choices=State.choices)
    to_state = models.CharField(_("to"), max_length=10, choices=State.choices)
    version = models.PositiveIntegerField(_("version that was judged"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    trace = models.JSONField(_("rule trace"), default=list)
    decided_at = models.DateTimeField(_("decided at"))

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [models.UniqueConstraint(fields=["comment", "version"], name="one_decision_a_version")]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state} (comment {self.comment_id})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the decision; raises AppendOnly for one that is stored already."""
        if self.pk is not None:
            raise AppendOnly("A decision is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: raises AppendOnly."""
        raise AppendOnly("A decision is never deleted.")
