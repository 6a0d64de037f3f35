"""The keys that turn network addresses into digests."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NetworkKey(models.Model):
    """A random key of one period of 30 days. When it is deleted, no digest made with it can be told from another."""

    period = models.PositiveIntegerField(_("period"), unique=True)
    key = models.CharField(_("key"), max_length=64)

    def __str__(self) -> str:
        return f"Key of period {self.period}"
