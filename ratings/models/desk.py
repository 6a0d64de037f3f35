"""What moderators keep for themselves: who is looking at what, views of the list, and the sections they look after."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from ratings.models.comment import Comment

LEASED_FOR = timedelta(minutes=5)
"""So long others see that somebody is looking at a comment."""


class LeaseQuerySet(models.QuerySet["Lease"]):
    """Questions about leases."""

    def in_force(self, now: datetime) -> LeaseQuerySet:
        """Return those that have not run out at `now`."""
        return self.filter(until__gt=now)


class Lease(models.Model):
    """A moderator looks at a comment just now. It keeps nobody out, and hides nothing: it only spares double work."""

    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, primary_key=True, related_name="lease")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(_("until"))

    objects = LeaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")

    def __str__(self) -> str:
        return f"Comment {self.comment_id} until {self.until}"


class SavedView(models.Model):
    """A list of comments that a moderator looks at often: its filters under a name."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("parameters of the list"), max_length=1000, blank=True)
    is_shared = models.BooleanField(_("shared"), default=False, help_text=_("All moderators have it in their list."))

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_saved_view_a_name")]

    def __str__(self) -> str:
        return self.name


class ModeratedSection(models.Model):
    """A group moderates only what stands under this page. A group without any section moderates the whole site.

    A section whose page was deleted has nothing in it; it does not make its moderators those of the whole site.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="moderated_sections")
    page = models.ForeignKey(Page, verbose_name=_("section"), null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("moderated section")
        verbose_name_plural = _("moderated sections")
        constraints = [models.UniqueConstraint(fields=["group", "page"], name="one_moderated_section_a_group")]

    def __str__(self) -> str:
        return f"{self.group}: {self.page}"
