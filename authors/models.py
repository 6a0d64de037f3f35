"""Author pages: who writes, with which credentials."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from pictures.models import Picture
from prose.fields import CleanRichTextField


class AuthorIndexPage(Page):
    """The list of all authors, and the place where author pages live."""

    max_count = 1
    subpage_types = ["authors.AuthorPage"]
    template = "authors/author_index_page.html"

    class Meta:
        verbose_name = _("author index")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the authors, by name."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["authors"] = (
            AuthorPage.objects.child_of(self)
            .live()
            .public()
            .order_by("title")
            .select_related("portrait")
            .prefetch_related("portrait__renditions")
        )
        return context


class AuthorPage(Page):
    """A person who writes, reviews or is quoted. The page title is the person's name."""

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
        InlinePanel("credentials", heading=_("Credentials"), label=_("Credential")),
        InlinePanel("links", heading=_("Links"), label=_("Link")),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("account", permission="auth.change_user")]
    search_fields = [*Page.search_fields, index.SearchField("job_title"), index.SearchField("biography")]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def pictures(self) -> list[Picture]:
        """Return the pictures that this page shows."""
        return [self.portrait] if self.portrait else []


class Credential(Orderable):
    """A degree, license or certificate, and when somebody last checked it."""

    author = ParentalKey(AuthorPage, on_delete=models.CASCADE, related_name="credentials")
    degree = models.CharField(_("degree or license"), max_length=120)
    body = models.CharField(_("granted by"), max_length=160, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    panels = [MultiFieldPanel([FieldPanel("degree"), FieldPanel("body"), FieldPanel("checked_on")])]

    def __str__(self) -> str:
        return f"{self.degree}, {self.body}" if self.body else self.degree


class AuthorLink(Orderable):
    """A profile of the author elsewhere."""

    author = ParentalKey(AuthorPage, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(_("label"), max_length=80)
    url = models.URLField(_("address"))

    panels = [FieldPanel("label"), FieldPanel("url")]

    def __str__(self) -> str:
        return self.label
