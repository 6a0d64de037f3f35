"""Where an article came from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from articles.models.article import ArticlePage


class ImportedFrom(models.Model):
    """The file or record that an article was imported from. This, not the slug, makes an import idempotent.

    `digest` is the SHA-256 of the content and that of the options of the import, 128 bits of each; `notes` lists what
    the importer asks an editor to confirm, as {"block": id, "kind": …, "text": …}; `revision` is what the import wrote,
    so that a later one can tell whether somebody has edited the article since.
    """

    article = models.OneToOneField(ArticlePage, on_delete=models.CASCADE, related_name="imported_from")
    source = models.CharField(_("source"), max_length=40)
    foreign_id = models.CharField(_("foreign id"), max_length=500)
    digest = models.CharField(_("digest"), max_length=64, db_index=True)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    notes = models.JSONField(_("notes"), default=list, blank=True)
    imported_at = models.DateTimeField(_("imported at"), auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "foreign_id"], name="imported_once")]

    def __str__(self) -> str:
        return f"{self.source}: {self.foreign_id}"
