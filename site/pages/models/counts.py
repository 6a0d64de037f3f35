"""What was asked of the site, counted: searches, and addresses that it does not have.

Requests count in memory; the worker writes what was counted in batches (`findable.counting`).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchTerm(models.Model):
    """How often something was searched on a day, and how much the last of these searches found."""

    day = models.DateField(_("day"))
    words = models.CharField(_("words"), max_length=100)
    searches = models.PositiveIntegerField(_("searches"), default=0)
    results = models.PositiveIntegerField(_("results"), default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["words", "day"], name="search_term_once_a_day")]
        indexes = [models.Index(fields=["day"], name="search_term_day")]

    def __str__(self) -> str:
        return self.words


class MissingAddress(models.Model):
    """An address that readers ask for and the site does not have."""

    path = models.CharField(_("address"), max_length=500, unique=True)
    hits = models.PositiveIntegerField(_("requests"), default=0)
    referrer = models.CharField(_("linked from"), max_length=500, blank=True)
    first_seen_on = models.DateField(_("first asked for on"))
    last_seen_on = models.DateField(_("last asked for on"))
    is_ignored = models.BooleanField(_("ignored"), default=False)

    class Meta:
        indexes = [models.Index(fields=["is_ignored", "-hits"], name="missing_address_hits")]

    def __str__(self) -> str:
        return self.path
