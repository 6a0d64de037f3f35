"""What limits remember."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bucket(models.Model):
    """A token bucket, kept as one moment: when it will be full again, in microseconds since 1970.

    The form of the Generic Cell Rate Algorithm (ITU-T I.371): a bucket that is full needs no row.
    """

    key = models.CharField(_("what it limits"), max_length=120, primary_key=True)
    full_at = models.BigIntegerField(_("full again at"), db_index=True)
    capacity = models.BigIntegerField(_("time that it takes to fill"))

    def __str__(self) -> str:
        return self.key


class SpentProof(models.Model):
    """A proof of work that was accepted; it is not accepted again."""

    key = models.CharField(_("challenge"), max_length=64, primary_key=True)
    spent_at = models.DateTimeField(_("spent at"), db_index=True)

    def __str__(self) -> str:
        return self.key
