"""Where a comment came from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ratings.models.comment import Comment


class ImportedComment(models.Model):
    """The record of another system that a comment was imported from: that makes importing it again change nothing.

    `writer` is a digest of how that system knows who wrote it, so that all comments of one person are one reader's;
    `digest` is one of what was read, so that a changed record is noticed.
    """

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="imported_from")
    source = models.CharField(_("source"), max_length=100)
    foreign_id = models.CharField(_("foreign id"), max_length=200)
    writer = models.CharField(_("writer"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "foreign_id"], name="comment_imported_once")]
        indexes = [
            models.Index(fields=["source", "writer"], condition=~models.Q(writer=""), name="comment_imported_writer")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.foreign_id}"
