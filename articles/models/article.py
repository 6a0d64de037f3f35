"""Articles, their contributors, and the page that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page, PageManager, Revision
from wagtail.search import index

from articles.blocks.base import OutlineEntry
from articles.forms import ArticleForm
from articles.listing import Selection, Sort, letters_of
from articles.models.article_queries import ArticleQuerySet, listed_articles
from articles.models.body import BodyField, fetch_what_is_shown, pictures_in, texts_in
from articles.models.contributor import Contributor
from articles.models.topic import TopicPage
from articles.outline import outline
from articles.paging import no_such_page, page_of
from articles.panels import ImportNotesPanel, ReadinessPanel, SearchResultPanel
from articles.previews import MODES, preview
from articles.readiness.gate import require_ready
from articles.structured_data import article_nodes
from authors.models import AuthorPage
from findable.models import FindablePage
from findable.nodes import Node
from findable.visibility import find_out_who_sees, seen_by_everybody
from freshness import tags
from freshness.collecting import depends_on
from pictures.models import Picture
from prose.words import reading_minutes, words

if TYPE_CHECKING:
    from articles.chronicle import Event
    from articles.models.sign_off import SignOff


BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
"""Comes before all that ever happened here."""

ArticleManager = PageManager.from_queryset(ArticleQuerySet)


class ArticleIndexPage(FindablePage):
    """The list of all articles, and the place where articles live."""

    page_kind = "CollectionPage"
    max_count = 1
    subpage_types = ["articles.ArticlePage"]
    template = "articles/article_index_page.html"
    promote_panels = [*Page.promote_panels, *FindablePage.findable_panels]

    class Meta:
        verbose_name = _("article index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page of articles that the address asks for, and what else it may ask for; raises Http404."""
        depends_on(tags.ARTICLES, tags.TOPICS)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        selection = Selection.read(request.GET, ("topic", "letter", "sort"))
        topics = TopicPage.objects.listed()
        articles = listed_articles()
        if selection.topic:
            context["chosen_topic"] = topic = next((each for each in topics if str(each.pk) == selection.topic), None)
            if topic is None:
                raise no_such_page()
            articles = articles.of_topic(topic)
        letters = letters_of(articles)
        found, cards = selection.of(articles, letters), ArticlePage.objects.for_cards()
        return context | {
            "selection": selection,
            "filter_topics": topics,
            "sorts": Sort.choices,
            "letters": letters,
            "articles": page_of(found, selection.page, count=selection.number(letters), shown=cards),
        }


class ArticleTag(TaggedItemBase):
    """A tag of an article."""

    content_object = ParentalKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class ArticlePage(FindablePage):
    """A structured article."""

    DESCRIPTION_LENGTH = 155
    """So many characters of an article without a summary stand for it; search engines show no more."""

    shared_as = "article"

    taking_part: list[Contributor] | None = None
    """The contributors with what is shown of them, once `articles.showing` has fetched them."""

    chronicle: Sequence[Event] = ()
    """What readers are told of the article's history, the latest first, once that was fetched."""

    corrected_on: date | None = None
    """The day of the last correction, where a query fetched that alone."""

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
    hero_is_decorative = models.BooleanField(
        _("the picture is decorative"),
        default=False,
        help_text=_("It says nothing that the text does not say: those who cannot see it are told nothing of it."),
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
    revision_note = models.CharField(
        _("what changed"),
        max_length=300,
        blank=True,
        help_text=_("What the last change of substance was, for the history that readers see."),
    )

    objects = ArticleManager()

    parent_page_types = ["articles.ArticleIndexPage"]
    subpage_types: list[str] = []
    template = "articles/article_page.html"

    base_form_class = ArticleForm
    content_panels = [
        ReadinessPanel(heading=_("Ready to publish?"), icon="clipboard-list"),
        ImportNotesPanel(),
        *Page.content_panels,
        FieldPanel("summary", widget=AdminAutoHeightTextInput),
        MultiFieldPanel(
            [FieldPanel("hero"), FieldPanel("hero_alt"), FieldPanel("hero_is_decorative")],
            heading=_("Picture"),
            classname="collapsed",
        ),
        InlinePanel("contributors", heading=_("Contributors"), label=_("Contributor"), classname="collapsed"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("revised_on"), FieldPanel("revision_note")],
            heading=_("What changed"),
            help_text=_(
                "Only when the substance changed: readers see the day and the note. A typo fix is no revision."
            ),
            classname="collapsed",
        ),
    ]
    promote_panels = [
        *Page.promote_panels,
        SearchResultPanel(heading=_("In search results"), icon="search"),
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("tags")], heading=_("Topics and tags")),
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
        """What an editor wrote for search engines, or else the summary, or else the first words of the body."""
        return self.search_description or self.summary or self._first_words

    @cached_property
    def _first_words(self) -> str:
        text = next((text for text in texts_in(self.body) if text), "")
        return Truncator(" ".join(text.split())).chars(self.DESCRIPTION_LENGTH)

    def save(self, clean: bool = True, **options: Any) -> None:
        """Store the article. Whatever makes it live passes here, so here is the gate; raises NotReady.

        What is live already and not published anew is none of its business, nor is an alias, which only says what its
        original says.
        """
        written = options.get("update_fields")
        if self.live and not self.alias_of_id and (written is None or "live" in written) and self._goes_live():
            require_ready(self)
        super().save(clean=clean, **options)

    def save_revision(self, user: Any = None, overwrite_revision: Revision | None = None, **options: Any) -> Revision:
        """Store the article as a revision and return that. Raises PermissionDenied if it may not be written over.

        An open editor writes over its own last revision again and again, but not over one that readers read or that
        somebody signed: from there it goes on with a new one.
        """
        from articles.what_stands import stands

        is_own = overwrite_revision and overwrite_revision.user_id == (user and user.pk)
        if is_own and overwrite_revision == self.get_latest_revision() and stands(overwrite_revision):
            overwrite_revision = None
        return super().save_revision(user=user, overwrite_revision=overwrite_revision, **options)

    def _goes_live(self) -> bool:
        """Return whether readers may see what they did not. A revision that was written over keeps its key."""
        stands = ArticlePage.objects.filter(pk=self.pk, live=True).values_list("live_revision_id", "last_published_at")
        return stands.first() != (self.live_revision_id, self.last_published_at)

    @property
    def preview_modes(self) -> list[tuple[str, str | Promise]]:
        """How editors see it before readers do."""
        return MODES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the article in one of these ways."""
        return preview(self, request, mode_name)

    def words_to_find(self) -> list[str]:
        """Return summary, tags, and the texts of the body."""
        return [self.summary, *(tag.name for tag in self.tags.all()), *texts_in(self.body)]

    @cached_property
    def outline(self) -> list[OutlineEntry]:
        """The contents list: every heading and titled block, in order."""
        return outline(self.body)

    @cached_property
    def word_count(self) -> int:
        """How many words the body has."""
        return sum(len(words(text)) for text in texts_in(self.body))

    @property
    def hero_description(self) -> str:
        """What the picture shows, for those who cannot see it; nothing if it is decorative, or if there is none."""
        if self.hero is None or self.hero_is_decorative:
            return ""
        return self.hero_alt or self.hero.description

    @property
    def reading_minutes(self) -> int:
        """How many minutes the body takes to read."""
        return reading_minutes(self.word_count)

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

    @property
    def revised_at(self) -> datetime | None:
        """When the substance last changed: at the start of the day of the revision, or when the article appeared."""
        revised_on = self.shown_revision_date
        return timezone.make_aware(datetime.combine(revised_on, time.min)) if revised_on else self.published_at

    @property
    def modified_at(self) -> datetime | None:
        """When the substance last changed or was last corrected, as far as corrections were fetched."""
        days = [event.day for event in self.chronicle if event.is_correction]
        days += [self.corrected_on] if self.corrected_on else []
        moments = [timezone.make_aware(datetime.combine(day, time.min)) for day in days]
        return max([*moments, self.revised_at]) if self.revised_at else None

    @property
    def revision_begins_at(self) -> datetime:
        """The moment at which the day of the last change of substance begins; without one the beginning of time."""
        revised_on = self.shown_revision_date
        return timezone.make_aware(datetime.combine(revised_on, time.min)) if revised_on else BEGINNING

    @cached_property
    def shown_topics(self) -> list[TopicPage]:
        """The topics that anybody may see, in their order."""
        topics = list(self.topics.all())
        shown = set(
            seen_by_everybody(Page.objects.filter(pk__in=[topic.pk for topic in topics])).values_list("pk", flat=True)
        )
        return [topic for topic in topics if topic.pk in shown]

    @cached_property
    def tag_names(self) -> list[str]:
        """The names of the tags."""
        return [tag.name for tag in self.tags.all()]

    @cached_property
    def trail(self) -> list[Page]:
        """The list of articles, and the first of the topics: articles lie below no topic in the tree."""
        return [self.get_parent(), *self.shown_topics[:1]]

    def nodes(self) -> list[Node]:
        """Return what the article tells machines of itself."""
        return article_nodes(self)

    @cached_property
    def picks(self) -> list[int]:
        """The keys of the articles that an editor recommends to read next, in their order."""
        return [row.other_id for row in self.related_articles.all()]

    @property
    def _parts(self) -> Iterable[Contributor]:
        found: Iterable[Contributor] = self.contributors.all() if self.taking_part is None else self.taking_part
        return found

    def authors(self) -> list[Contributor]:
        """Return the contributors that wrote the article, in order."""
        return [part for part in self._parts if part.role == Contributor.Role.AUTHOR]

    def introduced_authors(self) -> list[AuthorPage]:
        """Return the authors that readers may know more of than the name: those whose page anybody may see."""
        return [contributor.author for contributor in self.authors() if contributor.author.is_for_everybody]

    def other_contributors(self) -> list[Contributor]:
        """Return all other contributors, in order, without reviewers: sign-offs alone tell that somebody reviewed."""
        told_elsewhere = {Contributor.Role.AUTHOR, Contributor.Role.REVIEWER}
        return [part for part in self._parts if part.role not in told_elsewhere]

    def reviews_in_force(self, today: date) -> list[SignOff]:
        """Return the sign-offs that hold on `today`, the latest of each reviewer and kind, medical ones first.

        Takes two queries, with the reviewers' credentials. An article that was never saved has none.
        """
        if self.pk is None:
            return []
        from articles.models.sign_off import latest_of_each

        found = self.sign_offs.in_force(today).by_who_may_be_seen()
        reviews = latest_of_each(found.select_related("reviewer").prefetch_related("reviewer__credentials"))
        for review in reviews:
            review.reviewer.is_for_everybody = True  # they were asked for by that
        return reviews

    def pictures(self) -> list[Picture]:
        """Return the pictures that belong to this page: its own and those in its body. Portraits are their authors'."""
        return ([self.hero] if self.hero else []) + pictures_in(self.body)

    def shown_context(self, *, is_preview: bool = False) -> dict[str, Any]:
        """Fetch what the page shows, whatever number of each there is, and return what its template asks for."""
        from articles.chronicle import news

        today = timezone.localdate()
        if self.pk is None or is_preview:
            # The contributors and topics are the unsaved ones of the form, which no query knows.
            models.prefetch_related_objects([self], "hero__renditions")
            fetch_what_is_shown(self.body)
            find_out_who_sees(part.author for part in self.contributors.all())
            reviews = self.reviews_in_force(today)
        else:
            from articles.showing import fetch_for_page

            reviews = fetch_for_page(self, today)
        return {
            "reviews": reviews,
            "topics": self.shown_topics,
            "other_contributors": self.other_contributors(),
            "corrections": news(self.chronicle, today),
        }
