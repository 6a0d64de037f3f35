"""The history of an article that its readers can see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from articles.models.article import ArticlePage


class Version(models.Model):
    """What an article said at a time, frozen: readers can still read it at an address of its own.

    One is kept for the first publication and for each change of substance; correcting a typo makes none. `content` is
    the content of the revision that was published, since revisions may be purged.
    """

    class Kind(models.TextChoices):
        """Why there is a version."""

        PUBLISHED = "published", _("Published")
        REVISED = "revised", _("Revised")
        CORRECTED = "corrected", _("Corrected")

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=255)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published at"))
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["article", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["published", "revised", "corrected"]), name="version_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"


class CorrectionStands(Exception):
    """Somebody tried to change or delete a correction."""


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Refuses for many corrections what each refuses for itself."""

    def update(self, **fields: Any) -> int:
        """Raise CorrectionStands."""
        raise CorrectionStands(_("A correction is never changed. Make another one."))

    def delete(self) -> Any:
        """Raise CorrectionStands."""
        raise CorrectionStands(_("A correction is never deleted."))


class Correction(models.Model):
    """That an article was wrong, and what is right. Once told, it is neither changed nor deleted, nor is its article.

    `wrong` is the version that readers were told was wrong, so that they can see what it said.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.PROTECT, related_name="corrections")
    wrong = models.ForeignKey(
        Version, verbose_name=_("wrong version"), null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    text = models.TextField(
        _("correction"), max_length=1000, help_text=_("What was wrong, and what is right. Readers see it for good.")
    )
    corrected_on = models.DateField(_("corrected on"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-corrected_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="correction_has_a_text")]
        permissions = [("correct_article", "Can correct articles in public")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new correction; raises CorrectionStands for one that is stored already."""
        if not self._state.adding:
            raise CorrectionStands(_("A correction is never changed. Make another one."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raise CorrectionStands."""
        raise CorrectionStands(_("A correction is never deleted."))
