"""What a reader may not do, for a time or until it is lifted."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratings.models.bulk import Bulk
from ratings.models.grounds import Ground
from ratings.models.reader import Reader


class SanctionKind(models.TextChoices):
    """From the mildest to the hardest."""

    WARNING = "warning", _("Warning")
    PREMODERATION = "premoderation", _("Every comment waits for a moderator")
    MUTE = "mute", _("Mute: no responses for a time")
    BAN = "ban", _("Ban: no responses any more")


SILENCING = (SanctionKind.MUTE, SanctionKind.BAN)
"""Who is under one of these can neither comment, edit, report nor vote. They can still take back what they gave."""


NEVER = datetime.max.replace(tzinfo=UTC)


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Questions about sanctions."""

    def in_force(self, now: datetime) -> SanctionQuerySet:
        """Return those that hold at `now`."""
        return self.not_over(now).filter(begins_at__lte=now)

    def not_over(self, now: datetime) -> SanctionQuerySet:
        """Return those that nobody has lifted and that have not ended at `now`."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), lifted_at__isnull=True)

    def silencing(self) -> SanctionQuerySet:
        """Return those that keep a reader from answering."""
        return self.filter(kind__in=SILENCING)


class Sanction(models.Model):
    """One sanction on one reader, with its reason, its end and, once it was reversed, who lifted it and why."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(_("kind"), max_length=15, choices=SanctionKind.choices)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True, help_text=_("The reader is told."))
    note = models.CharField(_("note"), max_length=1000, blank=True, help_text=_("Only moderators read it."))
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    begins_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True, help_text=_("Empty: until it is lifted."))
    hid = models.OneToOneField(
        Bulk,
        verbose_name=_("comments hidden with it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sanction",
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True, help_text=_("When the reader was told."))
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    lifted_reason = models.CharField(_("why it was lifted"), max_length=300, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SanctionKind.values), name="sanction_kind_known"),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="sanction_ground_known"),
            models.CheckConstraint(
                condition=~Q(kind=SanctionKind.MUTE) | Q(ends_at__isnull=False), name="sanction_mute_ends"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("begins_at")), name="sanction_ends_after_begin"
            ),
        ]
        indexes = [models.Index(fields=["-begins_at"], name="sanction_latest")]

    def __str__(self) -> str:
        return f"{self.kind} of reader {self.reader_id}"

    @property
    def hardness(self) -> int:
        """How hard it is: 0 for a warning, 3 for a ban."""
        return SanctionKind.values.index(self.kind)

    @property
    def is_silencing(self) -> bool:
        """Whether it keeps the reader from answering while it is in force."""
        return self.kind in SILENCING

    def is_in_force(self, now: datetime) -> bool:
        """Return whether it holds at `now`."""
        return self.lifted_at is None and self.begins_at <= now and (self.ends_at is None or self.ends_at > now)


def longest(sanctions: Iterable[Sanction]) -> Sanction | None:
    """Return the one of `sanctions` that holds longest, of equals the hardest, or None if there is none."""
    return max(sanctions, key=lambda sanction: (sanction.ends_at or NEVER, sanction.hardness), default=None)
