"""Topics: what articles are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from articles.paging import page_of
from findable.models import FindablePage
from pictures.models import Picture
from prose.fields import CleanRichTextField
from prose.sanitize import plain_text

if TYPE_CHECKING:
    from django.db.models import QuerySet


class TopicPage(FindablePage):
    """What a group of articles is about. Topics may have subtopics; the topmost one lists them all."""

    intro = CleanRichTextField(_("introduction"), blank=True)
    featured = models.ForeignKey(
        "articles.ArticlePage",
        verbose_name=_("featured article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    subpage_types = ["articles.TopicPage"]
    template = "articles/topic_page.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        PageChooserPanel("featured"),
    ]
    promote_panels = [*Page.promote_panels, *FindablePage.findable_panels]
    search_fields = [*Page.search_fields, *FindablePage.findable_search_fields]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    @property
    def short_description(self) -> str:
        """What an editor wrote for search engines, or else the introduction."""
        return self.search_description or plain_text(self.intro)

    def words_to_find(self) -> list[str]:
        """Return the introduction."""
        return [plain_text(self.intro)]

    def subtopics(self) -> QuerySet[TopicPage]:
        """Return the live subtopics, by name."""
        return TopicPage.objects.child_of(self).live().public().order_by("title")

    def pictures(self) -> list[Picture]:
        """Return the pictures that this page shows."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of articles that `?page=` asks for, and on the first one the featured article above the others.

        `featured` is a list of one or none, since ratings are asked for by the list. Raises Http404 for a page that is
        none.
        """
        from articles.models.article import ArticlePage

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        featured = list(ArticlePage.objects.published().for_cards().filter(pk=self.featured_id))
        others = ArticlePage.objects.about(self).for_cards().exclude(pk__in=[article.pk for article in featured])
        articles = page_of(others, request.GET.get("page"))
        context["articles"] = articles
        context["featured"] = featured if articles.number == 1 else []
        return context
