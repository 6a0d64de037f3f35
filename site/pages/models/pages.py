"""The home page and plain pages of information."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page

from articles.models import (
    ArticleIndexPage,
    ArticlePage,
    BodyField,
    TopicPage,
    fetch_what_is_shown,
    pictures_in,
    texts_in,
)
from findable.models import FindablePage
from findable.visibility import published_of_kind
from freshness import tags
from freshness.collecting import depends_on
from pictures.models import Picture


class HomePage(FindablePage):
    """The first page: what the site is, its topics and its newest articles."""

    NEWEST = 6
    """How many of the newest articles are shown below the one that leads."""
    TOPICS = 12

    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    featured = models.ForeignKey(
        ArticlePage,
        verbose_name=_("featured article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands above all others. Left empty, the newest article does."),
    )

    max_count = 1
    subpage_types = [
        "articles.ArticleIndexPage",
        "articles.TopicPage",
        "authors.AuthorIndexPage",
        "pages.InformationPage",
    ]
    template = "pages/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("tagline"), PageChooserPanel("featured")]
    promote_panels = [*Page.promote_panels, *FindablePage.findable_panels]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the article that leads, the newest others, and the topics that stand directly below the topmost one.

        The first article leads: the featured one if readers may see it, or else the newest. `all_articles` and
        `all_topics` are the pages that list what does not stand here, or None.
        """
        depends_on(tags.ARTICLES, tags.TOPICS, tags.page(self.featured_id or 0))
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        published = ArticlePage.objects.published().for_cards()
        topics = TopicPage.objects.published()
        featured = list(published.filter(pk=self.featured_id)) if self.featured_id else []
        newest = published.newest_first().exclude(pk__in=[article.pk for article in featured])
        return context | {
            "articles": [*featured, *newest[: self.NEWEST + 1 - len(featured)]],
            "all_articles": published_of_kind(ArticleIndexPage.objects.all()).first(),
            "topics": topics.filter(depth=self.depth + 2).order_by("title")[: self.TOPICS],
            "all_topics": topics.filter(depth=self.depth + 1).order_by("path").first(),
        }


class InformationPage(FindablePage):
    """A page about the site itself: privacy, imprint, editorial policy."""

    body = BodyField(verbose_name=_("body"), blank=True)

    subpage_types = ["pages.InformationPage"]
    template = "pages/information_page.html"
    content_panels = [*Page.content_panels, FieldPanel("body")]
    promote_panels = [*Page.promote_panels, *FindablePage.findable_panels]
    search_fields = [*Page.search_fields, *FindablePage.findable_search_fields]

    class Meta:
        verbose_name = _("information page")

    def pictures(self) -> list[Picture]:
        """Return the pictures that this page shows."""
        return pictures_in(self.body)

    def words_to_find(self) -> list[str]:
        """Return the texts of the body."""
        return texts_in(self.body)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Fetch what the page shows, whatever number of each there is."""
        fetch_what_is_shown(self.body)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context
