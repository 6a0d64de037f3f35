"""The home page and plain pages of information."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from articles.models import ArticleIndexPage, ArticlePage, BodyField, TopicPage, fetch_what_is_shown, pictures_in
from pictures.models import Picture


class HomePage(Page):
    """The first page: what the site is, its topics and its newest articles."""

    NEWEST = 9

    tagline = models.CharField(_("tagline"), max_length=200, blank=True)

    max_count = 1
    subpage_types = [
        "articles.ArticleIndexPage",
        "articles.TopicPage",
        "authors.AuthorIndexPage",
        "pages.InformationPage",
    ]
    template = "pages/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("tagline")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the newest articles, the list of all, and the topics that stand directly below the topmost ones."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["articles"] = list(ArticlePage.objects.published().newest_first().for_cards()[: self.NEWEST])
        context["all_articles"] = ArticleIndexPage.objects.live().first()
        context["topics"] = TopicPage.objects.live().public().filter(depth=self.depth + 2).order_by("title")
        return context


class InformationPage(Page):
    """A page about the site itself: privacy, imprint, editorial policy."""

    body = BodyField(verbose_name=_("body"), blank=True)

    subpage_types = ["pages.InformationPage"]
    template = "pages/information_page.html"
    content_panels = [*Page.content_panels, FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("information page")

    def pictures(self) -> list[Picture]:
        """Return the pictures that this page shows."""
        return pictures_in(self.body)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Fetch what the page shows, whatever number of each there is."""
        fetch_what_is_shown(self.body)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context
