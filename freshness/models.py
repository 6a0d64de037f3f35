"""The log of changes."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """Something that readers see has changed.

    Written in the transaction of whatever changed it: what is rolled back never changed, and what is committed is known
    to have changed even if the process was killed right after it. Each machine reads them past its own cursor.
    """

    tag = models.CharField(max_length=100, db_index=True)
    """What changed, by `freshness.tags`; may be empty if there is only an address to make."""
    path = models.CharField(max_length=2048, blank=True)
    """An address that nothing may be known of yet, such as that of a new page."""
    withdraw = models.BooleanField(default=False)
    """Whether nobody may read any longer what is kept of it, not even for a moment."""
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.tag or self.path
