"""One reader's stars for one article."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from articles.models import ArticlePage
from ratings.models.reader import Reader


class Rating(models.Model):
    """One reader's stars for one article, changeable. Written by `ratings.actions.rate` alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="ratings")
    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="ratings")
    stars = models.PositiveSmallIntegerField(_("stars"))
    revision = models.ForeignKey(
        Revision, verbose_name=_("article revision"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["article", "reader"], name="one_rating_a_reader"),
            models.CheckConstraint(condition=models.Q(stars__range=(1, 5)), name="stars_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} stars for {self.article_id}"
