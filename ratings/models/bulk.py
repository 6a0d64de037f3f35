"""One decision on many comments, made in chunks, and undone in chunks."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratings.models.comment import State
from ratings.models.grounds import Ground


class Bulk(models.Model):
    """One decision on all comments that match a selection: how far it has come, and how far it was undone again.

    `cursor` is the key of the last comment that was looked at; it moves in the transaction of its chunk, so that a
    bulk that was cut short goes on where it stopped, and decides nothing twice.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    to_state = models.CharField(_("to"), max_length=10, choices=State.choices)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    selection = models.JSONField(
        _("selection"), help_text=_("The parameters of the list, or `keys`: pairs of a comment and its version.")
    )
    until = models.PositiveBigIntegerField(_("last comment of the preview"))
    seen_at = models.DateTimeField(_("previewed at"), help_text=_("What changed after it is left alone."))
    total = models.PositiveIntegerField(_("comments in the preview"))
    cursor = models.PositiveBigIntegerField(_("done up to"), default=0)
    done = models.PositiveIntegerField(_("decided"), default=0)
    skipped = models.PositiveIntegerField(_("left alone"), default=0)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undo_started_at = models.DateTimeField(_("undoing started at"), null=True, blank=True)
    undo_cursor = models.PositiveBigIntegerField(_("undone down to"), null=True, blank=True)
    undone = models.PositiveIntegerField(_("undone"), default=0)
    not_undone = models.PositiveIntegerField(_("moved on meanwhile, not undone"), default=0)
    undo_finished_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("bulk decision")
        verbose_name_plural = _("bulk decisions")
        constraints = [
            models.CheckConstraint(condition=Q(to_state__in=State.values), name="bulk_state_known"),
            models.CheckConstraint(
                condition=Q(undo_finished_at__isnull=True) | Q(undo_started_at__isnull=False), name="bulk_undo_began"
            ),
            models.CheckConstraint(
                condition=Q(undone__lte=F("done") - F("not_undone")), name="bulk_undoes_what_it_did"
            ),
        ]
        indexes = [models.Index(fields=["-started_at"], name="bulk_latest")]

    def __str__(self) -> str:
        return f"{self.done} of {self.total} comments: {self.to_state}"

    @property
    def is_running(self) -> bool:
        """Whether chunks are left to decide or to undo."""
        if self.undo_started_at is not None:
            return self.undo_finished_at is None
        return self.finished_at is None
