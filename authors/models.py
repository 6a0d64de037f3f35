"""Author pages: who writes, with which credentials."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from authors.structured_data import profile_nodes
from findable.models import FindablePage
from findable.nodes import Node
from findable.visibility import published_of_kind, seen_by_everybody
from freshness import tags
from freshness.collecting import depends_on
from pictures.models import Picture
from prose.fields import AddressField, CleanRichTextField
from prose.sanitize import plain_text


class AuthorIndexPage(FindablePage):
    """The list of all authors, and the place where author pages live."""

    page_kind = "CollectionPage"
    max_count = 1
    subpage_types = ["authors.AuthorPage"]
    template = "authors/author_index_page.html"
    promote_panels = [*Page.promote_panels, *FindablePage.findable_panels]

    class Meta:
        verbose_name = _("author index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the authors, by name, with what their cards show."""
        depends_on(tags.AUTHORS)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["authors"] = (
            published_of_kind(AuthorPage.objects.child_of(self))
            .order_by("title")
            .select_related("portrait")
            .prefetch_related("portrait__renditions", "credentials")
        )
        return context


class AuthorPage(FindablePage):
    """A person who writes, reviews or is quoted. The page title is the person's name."""

    page_kind = "ProfilePage"
    shared_as = "profile"

    portrait = models.ForeignKey(
        Picture, verbose_name=_("portrait"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    job_title = models.CharField(
        _("job title"),
        max_length=120,
        blank=True,
        help_text=_("As it stands under the name, for example “Physical therapist”."),
    )
    biography = CleanRichTextField(_("biography"), blank=True)
    topics = ParentalManyToManyField(
        "articles.TopicPage",
        verbose_name=_("topics"),
        blank=True,
        related_name="authors",
        help_text=_("What this person knows about."),
    )
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author_page",
        help_text=_("Who signs in with it answers readers with a badge, and cannot rate their own articles."),
    )

    parent_page_types = ["authors.AuthorIndexPage"]
    subpage_types: list[str] = []
    template = "authors/author_page.html"
    exclude_fields_in_copy = ["account"]

    content_panels = [
        *Page.content_panels,
        FieldPanel("portrait"),
        FieldPanel("job_title"),
        FieldPanel("biography"),
        FieldPanel("topics"),
        InlinePanel("credentials", heading=_("Credentials"), label=_("Credential")),
        InlinePanel("links", heading=_("Links"), label=_("Link")),
    ]
    promote_panels = [
        *Page.promote_panels,
        FieldPanel("account", permission="auth.change_user"),
        *FindablePage.findable_panels,
    ]
    search_fields = [*Page.search_fields, *FindablePage.findable_search_fields]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    @property
    def short_description(self) -> str:
        """What an editor wrote for search engines, or else name and job."""
        return self.search_description or ": ".join(filter(None, [self.title, self.job_title]))

    @cached_property
    def shown_topics(self) -> list[Page]:
        """The topics that the person knows and readers may see, by name."""
        known = [topic.pk for topic in self.topics.all()]
        depends_on(*map(tags.link, known))
        return list(seen_by_everybody(Page.objects.filter(pk__in=known)).order_by("title"))

    def words_to_find(self) -> list[str]:
        """Return job title and biography."""
        return [self.job_title, plain_text(self.biography)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Fetch what the page both shows and tells machines; a preview shows what the form holds."""
        depends_on(tags.listing(self.pk))
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        if not getattr(request, "is_preview", False):
            models.prefetch_related_objects([self], "portrait__renditions", "credentials", "links")
        return context

    def nodes(self) -> list[Node]:
        """Return what the page tells machines: a profile and the person."""
        return profile_nodes(self)

    def pictures(self) -> list[Picture]:
        """Return the pictures that this page shows."""
        return [self.portrait] if self.portrait else []


class Credential(Orderable):
    """A degree, license or certificate, and when somebody last checked it."""

    author = ParentalKey(AuthorPage, on_delete=models.CASCADE, related_name="credentials")
    degree = models.CharField(_("degree or license"), max_length=120)
    body = models.CharField(_("granted by"), max_length=160, blank=True)
    number = models.CharField(_("license number"), max_length=60, blank=True)
    register_url = AddressField(_("register"), blank=True, help_text=_("Where anybody can look the license up."))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=120, blank=True)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("degree"),
                FieldPanel("body"),
                FieldPanel("number"),
                FieldPanel("register_url"),
                FieldPanel("checked_on"),
                FieldPanel("checked_by"),
            ]
        )
    ]

    def __str__(self) -> str:
        return f"{self.degree}, {self.body}" if self.body else self.degree


class AuthorLink(Orderable):
    """A profile of the author elsewhere."""

    author = ParentalKey(AuthorPage, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=80)
    url = AddressField(_("address"))

    panels = [FieldPanel("label"), FieldPanel("url")]

    def __str__(self) -> str:
        return self.label
