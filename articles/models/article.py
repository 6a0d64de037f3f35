"""Articles, their contributors, and the page that lists them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, Page, PageManager, PageQuerySet, Revision
from wagtail.search import index

from articles.blocks.base import OutlineEntry
from articles.models.body import BodyField, fetch_what_is_shown, pictures_in, texts_in
from articles.models.topic import TopicPage
from articles.outline import outline
from articles.paging import page_of
from articles.panels import ImportNotesPanel
from authors.models import AuthorPage
from findable.models import FindablePage
from pictures.models import Picture
from prose.words import reading_minutes, words


class ArticleQuerySet(PageQuerySet):
    """Questions about articles."""

    def published(self) -> ArticleQuerySet:
        """Return what any reader may see: live and under no restriction."""
        return self.live().public()

    def newest_first(self) -> ArticleQuerySet:
        """Return them by first publication, the newest first."""
        return self.order_by("-first_published_at", "-pk")

    def about(self, topic: TopicPage) -> ArticleQuerySet:
        """Return the published articles of `topic` and of all topics below it, the newest first."""
        return self.published().filter(topics__in=topic.get_descendants(inclusive=True)).distinct().newest_first()

    def by(self, author: AuthorPage) -> ArticleQuerySet:
        """Return the published articles that `author` had a part in, the newest first."""
        return self.published().filter(contributors__author=author).distinct().newest_first()

    def naming(self, author: AuthorPage) -> ArticleQuerySet:
        """Return those that `author` had a part in, as they are or in a newer revision that nobody has published."""
        unpublished = Revision.objects.filter(
            pk__in=self.filter(has_unpublished_changes=True).values("latest_revision")
        )
        # In Python: databases differ in how to look into a list that is kept as JSON.
        drafts = [
            revision.object_id
            for revision in unpublished.only("object_id", "content").iterator()
            if any(row["author"] == author.pk for row in revision.content.get("contributors", ()))
        ]
        return self.filter(models.Q(contributors__author=author) | models.Q(pk__in=drafts)).distinct()

    def for_cards(self) -> ArticleQuerySet:
        """Return them with all that a card in a listing shows: no further query for any number of cards."""
        return self.select_related("hero").prefetch_related(
            "hero__renditions",
            models.Prefetch("contributors", Contributor.objects.select_related("author").order_by("sort_order")),
        )


ArticleManager = PageManager.from_queryset(ArticleQuerySet)


class ArticleIndexPage(FindablePage):
    """The list of all articles, and the place where articles live."""

    max_count = 1
    subpage_types = ["articles.ArticlePage"]
    template = "articles/article_index_page.html"
    promote_panels = [*Page.promote_panels, *FindablePage.findable_panels]

    class Meta:
        verbose_name = _("article index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of articles that `?page=` asks for; raises Http404 for a page that is none."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        articles = ArticlePage.objects.child_of(self).published().newest_first().for_cards()
        context["articles"] = page_of(articles, request.GET.get("page"))
        return context


class ArticleTag(TaggedItemBase):
    """A tag of an article."""

    content_object = ParentalKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ArticlePage(FindablePage):
    """A structured article."""

    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One or two sentences: what the article answers.")
    )
    hero = models.ForeignKey(
        Picture, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hero_alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows. Left empty, the picture’s own description is used."),
    )
    body = BodyField(verbose_name=_("body"), blank=True)
    topics = ParentalManyToManyField(TopicPage, verbose_name=_("topics"), blank=True, related_name="articles")
    tags = ClusterTaggableManager(through=ArticleTag, blank=True)
    revised_on = models.DateField(
        _("revised on"),
        null=True,
        blank=True,
        help_text=_("When the substance last changed. Correcting a typo is no revision."),
    )

    objects = ArticleManager()

    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []
    template = "articles/article_page.html"

    content_panels = [
        ImportNotesPanel(),
        *Page.content_panels,
        FieldPanel("summary"),
        InlinePanel("contributors", heading=_("Contributors"), label=_("Contributor")),
        MultiFieldPanel([FieldPanel("hero"), FieldPanel("hero_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("tags")], heading=_("Topics and tags")),
        FieldPanel("revised_on"),
        InlinePanel(
            "related_articles",
            heading=_("Related articles"),
            label=_("Article"),
            help_text=_("These come first; articles of the same topics and tags follow."),
            max_num=6,
        ),
        *FindablePage.findable_panels,
    ]
    search_fields = [
        *Page.search_fields,
        *FindablePage.findable_search_fields,
        index.FilterField("first_published_at"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    @property
    def short_description(self) -> str:
        """What an editor wrote for search engines, or else the summary."""
        return self.search_description or self.summary

    def words_to_find(self) -> list[str]:
        """Return summary, tags, and the texts of the body."""
        return [self.summary, *(tag.name for tag in self.tags.all()), *texts_in(self.body)]

    @cached_property
    def outline(self) -> list[OutlineEntry]:
        """The contents list: every heading and titled block, in order."""
        return outline(self.body)

    @property
    def reading_minutes(self) -> int:
        """How many minutes the body takes to read."""
        return reading_minutes(sum(len(words(child.block.text(child.value))) for child in self.body))

    @property
    def published_at(self) -> datetime | None:
        """When the article was first published."""
        found: datetime | None = self.first_published_at
        return found

    @property
    def shown_revision_date(self) -> date | None:
        """The date of the last change of substance, if it came after the day of publication."""
        if self.revised_on and self.published_at and self.revised_on > self.published_at.date():
            return self.revised_on
        return None

    def authors(self) -> list[Contributor]:
        """Return the contributors that wrote the article, in order."""
        return [contributor for contributor in self.contributors.all() if contributor.role == Contributor.Role.AUTHOR]

    def introduced_authors(self) -> list[AuthorPage]:
        """Return the authors that readers may know more of than the name: those whose page is live."""
        return [contributor.author for contributor in self.authors() if contributor.author.live]

    def other_contributors(self) -> list[Contributor]:
        """Return all other contributors, in order."""
        return [contributor for contributor in self.contributors.all() if contributor.role != Contributor.Role.AUTHOR]

    def pictures(self) -> list[Picture]:
        """Return the pictures that belong to this page: its own and those in its body. Portraits are their authors'."""
        return ([self.hero] if self.hero else []) + pictures_in(self.body)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the topics, and fetch what the page shows, whatever number of each there is."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        models.prefetch_related_objects([self], "hero__renditions")
        fetch_what_is_shown(self.body)
        if not getattr(request, "is_preview", False):
            # In a preview the contributors are the unsaved ones of the form, which no query knows.
            models.prefetch_related_objects(
                [self],
                models.Prefetch(
                    "contributors", Contributor.objects.select_related("author__portrait").order_by("sort_order")
                ),
                "contributors__author__portrait__renditions",
                "contributors__author__credentials",
            )
        context["topics"] = self.topics.all()
        return context


class Contributor(Orderable):
    """A person's part in an article."""

    class Role(models.TextChoices):
        """What somebody did for an article. A reviewer's sign-off is a record of its own, never this."""

        AUTHOR = "author", _("Author")
        EXPERT = "expert", _("Expert")
        REVIEWER = "reviewer", _("Reviewer")
        FACT_CHECKER = "fact_checker", _("Fact-checker")
        EDITOR = "editor", _("Editor")

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="contributors")
    author = models.ForeignKey(
        AuthorPage, verbose_name=_("person"), on_delete=models.CASCADE, related_name="contributions"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.AUTHOR)

    panels = [PageChooserPanel("author"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["article", "author", "role"], name="contributor_once_in_a_role"),
            models.CheckConstraint(
                condition=models.Q(role__in=["author", "expert", "reviewer", "fact_checker", "editor"]),
                name="contributor_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author} ({self.get_role_display()})"


class RelatedArticle(Orderable):
    """An article that an editor recommends below another one."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="related_articles")
    other = models.ForeignKey(
        ArticlePage, verbose_name=_("article"), on_delete=models.CASCADE, related_name="recommended_by"
    )

    panels = [PageChooserPanel("other")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["article", "other"], name="related_article_once"),
            models.CheckConstraint(condition=~models.Q(article=models.F("other")), name="related_article_is_another"),
        ]

    def __str__(self) -> str:
        return str(self.other)
