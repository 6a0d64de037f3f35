"""Who found a comment helpful."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratings.models.comment import Comment
from ratings.models.reader import Reader
from ratings.models.standing import Standing


class HelpfulQuerySet(models.QuerySet["HelpfulVote"]):
    """Questions about helpful votes."""

    def counted(self) -> HelpfulQuerySet:
        """Return those that count: a comment's `helpful_count` is the number of these."""
        return self.filter(standing=Standing.COUNTED)


class HelpfulVote(models.Model):
    """One reader found one comment helpful. Written by `ratings.actions` alone."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="helpful_votes", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="helpful_votes")
    standing = models.CharField(_("standing"), max_length=12, choices=Standing.choices, default=Standing.COUNTED)
    reason = models.CharField(_("reason of its standing"), max_length=500, blank=True)
    is_vouched_for = models.BooleanField(
        _("released by a moderator"), default=False, help_text=_("It is not set aside again.")
    )
    is_withdrawn = models.BooleanField(
        _("taken back"),
        default=False,
        help_text=_(
            "A vote that was set aside keeps its row, so that taking it back and giving it again helps nobody."
        ),
    )
    network = models.CharField(_("network"), max_length=32, blank=True)
    created_at = models.DateTimeField(_("created at"))

    objects = HelpfulQuerySet.as_manager()

    class Meta:
        verbose_name = _("helpful vote")
        verbose_name_plural = _("helpful votes")
        constraints = [
            models.UniqueConstraint(fields=["comment", "reader"], name="one_helpful_vote_a_reader"),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | ~Q(standing=Standing.COUNTED),
                name="helpful_taken_back_is_not_counted",
            ),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="helpful_standing_known"),
        ]
        indexes = [models.Index(fields=["standing", "created_at"], name="helpful_queue")]

    def __str__(self) -> str:
        return f"Reader {self.reader_id} found comment {self.comment_id} helpful"
