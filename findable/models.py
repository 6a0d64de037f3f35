"""What every kind of page has in common where it is to be found."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from findable.nodes import Node
from findable.structured_data import page_nodes
from findable.visibility import seen_by_everybody
from freshness import tags
from freshness.collecting import depends_on
from prose.fields import AddressField
from prose.stems import folded_words, search_text

SECTION_DEPTH = 3
"""How deep in the tree the pages directly below the home page lie."""


class StemmedTitle(index.SearchField):
    """The title in the form in which it is searched, kept where search backends keep titles."""

    def get_value(self, obj: Page) -> str:
        """Return the stems of the title."""
        return search_text(obj.title)


class FoldedTitle(index.AutocompleteField):
    """The words of the title without case and accents: what a beginning of a word is looked for in."""

    def get_value(self, obj: Page) -> str:
        """Return the folded words of the title."""
        return " ".join(folded_words(obj.title))


class FindablePage(Page):
    """A page that says how it wants to be found: what every kind of page that readers see is made from.

    A kind answers three questions of its own: `short_description`, `words_to_find`, and `nodes`.
    """

    page_kind = "WebPage"
    """What the page is to schema.org: the name of a kind of WebPage."""
    shared_as = "website"
    """What the page is to Open Graph."""

    is_unlisted = models.BooleanField(
        _("keep out of search engines"),
        default=False,
        help_text=_("Readers still find it on this site; search engines are asked to leave it out."),
    )
    original_url = AddressField(
        _("address of the original"),
        blank=True,
        help_text=_("Only if this text first appeared elsewhere: search engines are sent there."),
    )

    findable_panels = [
        MultiFieldPanel([FieldPanel("is_unlisted"), FieldPanel("original_url")], heading=_("Search engines"))
    ]
    # All are normalized by us, in the same way as what readers ask for: databases differ in all of this.
    findable_search_fields = [
        StemmedTitle("title"),
        FoldedTitle("title"),
        index.SearchField("title_to_find", boost=10),
        index.SearchField("text_to_find"),
    ]

    search_fields = [*Page.search_fields, *findable_search_fields]

    class Meta:
        abstract = True

    @property
    def short_description(self) -> str:
        """One or two sentences on the page, as plain text: what an editor wrote for search engines, or else nothing."""
        return str(self.search_description)

    @property
    def canonical_url(self) -> str:
        """The absolute address under which the page wants to be known; empty for a page that has none yet."""
        return self.original_url or self.full_url or ""

    @cached_property
    def trail(self) -> list[Page]:
        """The breadcrumb: the pages above this one, the topmost first; none for home and what is directly below it."""
        steps: list[Page] = [self]
        while (steps[0].depth or 0) > SECTION_DEPTH:
            # Each page remembers its parent, so that others who ask for it cost nothing.
            steps.insert(0, steps[0].get_parent())
        depends_on(*(tags.link(step.pk) for step in steps[:-1]))
        return [step for step in steps[:-1] if step.live]

    @property
    def title_to_find(self) -> str:
        """The title in the form in which it is searched."""
        return search_text(self.title)

    @cached_property
    def text_to_find(self) -> str:
        """All other words of the page in the form in which they are searched."""
        return search_text("\n".join([self.search_description, *self.words_to_find()]))

    def get_indexed_instance(self) -> Any:
        """Return what is indexed: the page with its words as they are now, found once for all that is made of them."""
        found = super().get_indexed_instance()
        if isinstance(found, FindablePage):
            found.__dict__.pop("text_to_find", None)
        return found

    @cached_property
    def is_for_everybody(self) -> bool:
        """Whether anybody may read the page. For many pages: `findable.visibility.find_out_who_sees`."""
        depends_on(tags.page(self.pk))
        return bool(seen_by_everybody(Page.objects.filter(pk=self.pk)).exists())

    def get_view_restrictions(self) -> Any:
        """Return the restrictions of the page, which are not asked for again once it is known that there are none."""
        if self.__dict__.get("is_for_everybody"):
            none = PageViewRestriction.objects.none()
            none._result_cache = []  # Django would compile the query to find that out
            return none
        return super().get_view_restrictions()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Note that the page is shown."""
        depends_on(tags.page(self.pk))
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context

    def words_to_find(self) -> list[str]:
        """Return the texts of the page, beside its title, that a search looks through."""
        return []

    def nodes(self) -> list[Node]:
        """Return what the page tells machines of itself: the nodes of its JSON-LD, the one of the page first."""
        return page_nodes(self)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Return nothing for a page that is to be kept out of search engines, or that is a copy."""
        if self.is_unlisted or self.original_url:
            return []
        found: list[dict[str, Any]] = super().get_sitemap_urls(request)
        return found
