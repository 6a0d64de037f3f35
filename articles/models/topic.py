"""Topics: what articles are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Page, PageManager, PageQuerySet

from articles.listing import Selection, letters_of
from articles.paging import page_of
from authors.models import AuthorPage
from findable.models import FindablePage
from findable.visibility import published_of_kind, seen_by_everybody
from freshness import tags
from freshness.collecting import depends_on
from pictures.models import Picture
from prose.fields import CleanRichTextField
from prose.sanitize import plain_text

if TYPE_CHECKING:
    from django.db.models import QuerySet


class TopicQuerySet(PageQuerySet):
    """Questions about topics."""

    def published(self) -> TopicQuerySet:
        """Return what any reader may see: live and under no restriction."""
        found: TopicQuerySet = published_of_kind(self)
        return found

    def listed(self) -> list[TopicPage]:
        """Return the published topics below the topmost one in the order of the tree."""
        found = list(self.published().order_by("path"))
        return [topic for topic in found if topic.depth > min(each.depth for each in found)]


TopicManager = PageManager.from_queryset(TopicQuerySet)


class TopicPage(FindablePage):
    """What a group of articles is about. Topics may have subtopics; the topmost one lists them all."""

    page_kind = "CollectionPage"

    intro = CleanRichTextField(_("introduction"), blank=True)
    featured = models.ForeignKey(
        "articles.ArticlePage",
        verbose_name=_("featured article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    review_months = models.PositiveSmallIntegerField(
        _("months between reviews"),
        null=True,
        blank=True,
        help_text=_("So long a sign-off of its articles holds. Left empty: as for the topic above."),
    )
    readability_target = models.PositiveSmallIntegerField(
        _("readability target (LIX)"),
        null=True,
        blank=True,
        help_text=_(
            "Words a sentence plus the percentage of words of more than six letters. Up to 30 is very easy, 40 is "
            "a newspaper, 50 and more is for specialists. Left empty: as for the topic above."
        ),
    )
    sentence_target = models.PositiveSmallIntegerField(
        _("longest sentence (words)"),
        null=True,
        blank=True,
        help_text=_("Left empty: as for the topic above."),
    )

    objects = TopicManager()

    subpage_types = ["articles.TopicPage"]
    template = "articles/topic_page.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        PageChooserPanel("featured"),
        MultiFieldPanel(
            [FieldPanel("review_months"), FieldPanel("readability_target"), FieldPanel("sentence_target")],
            heading=_("What its articles are held to"),
            classname="collapsed",
        ),
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
        return TopicPage.objects.child_of(self).published().order_by("title")

    def people(self) -> QuerySet[AuthorPage]:
        """Return the authors who know this topic, by name, with what their cards show."""
        return (
            seen_by_everybody(AuthorPage.objects.filter(topics=self))
            .order_by("title")
            .select_related("portrait")
            .prefetch_related("portrait__renditions")
        )

    def pictures(self) -> list[Picture]:
        """Return the pictures that this page shows."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of articles that the address asks for, and on the first one what the topic has beside them.

        `featured` is a list of one or none, since ratings are asked for by the list. Raises Http404 for a page that is
        none.
        """
        from articles.models.article import ArticlePage
        from articles.models.article_queries import listed_articles

        depends_on(tags.listing(self.pk), tags.TOPICS, tags.page(self.featured_id or 0))
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        selection = Selection.read(request.GET, ("letter",))
        everything, cards = listed_articles().of_topic(self), ArticlePage.objects.for_cards()
        letters = letters_of(everything)
        context |= {"selection": selection, "letters": letters}
        if selection.letter:
            found, number = selection.of(everything, letters), selection.number(letters)
            return context | {"articles": page_of(found, selection.page, count=number, shown=cards)}
        featured = list(cards.published().filter(pk=self.featured_id))
        chosen = everything.filter(pk__in=[article.pk for article in featured])
        others = everything.exclude(pk__in=[article.pk for article in featured]).newest_first()
        number = selection.number(letters) - (chosen.count() if featured else 0)
        context["articles"] = page_of(others, selection.page, count=number, shown=cards)
        if not selection.page:
            context |= {"featured": featured, "subtopics": self.subtopics(), "people": self.people()}
        return context
