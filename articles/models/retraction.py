"""Retractions: why an article is no longer there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import ArticlePage


class Retraction(models.Model):
    """That an article was taken back, and why. Its address answers 410 with the reason while the retraction stands.

    It outlives its article: `path` is the address below the site's root (“/articles/old-advice/”), `title` what stood
    there. Publishing the article again lifts it.
    """

    article = models.ForeignKey(ArticlePage, null=True, on_delete=models.SET_NULL, related_name="retractions")
    path = models.CharField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=255)
    reason = models.TextField(_("reason"), max_length=2000, help_text=_("Readers who come to the address read this."))
    retracted_at = models.DateTimeField(_("retracted at"))
    retracted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["path"], condition=models.Q(lifted_at=None), name="retraction_stands_once_an_address"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="retraction_has_a_reason"),
        ]
        permissions = [("retract_article", "Can retract articles")]

    def __str__(self) -> str:
        return self.title
