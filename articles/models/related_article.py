"""What editors recommend below an article."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable


class RelatedArticle(Orderable):
    """An article that an editor recommends below another one."""

    article = ParentalKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="related_articles")
    other = models.ForeignKey(
        "articles.ArticlePage", verbose_name=_("article"), on_delete=models.CASCADE, related_name="recommended_by"
    )

    panels = [PageChooserPanel("other")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["article", "other"], name="related_article_once"),
            models.CheckConstraint(condition=~models.Q(article=models.F("other")), name="related_article_is_another"),
        ]

    def __str__(self) -> str:
        return str(self.other)
