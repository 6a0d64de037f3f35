"""Links in rich texts, which lead to what was found for all texts of a body at once (see `articles.chosen`)."""

from __future__ import annotations

from typing import Any

from wagtail.documents.rich_text import DocumentLinkHandler as WagtailDocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from articles.chosen import KEY, found_of
from freshness import tags
from freshness.collecting import depends_on


class _LinkHandler:
    """Leads to what was found before."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, str]]) -> list[Any]:
        """Return what the links with these attributes lead to, in their order; None for what there is not."""
        keys = [attributes.get("id", "") for attributes in attrs_list]
        depends_on(*(cls.tag(int(key)) for key in keys if KEY.fullmatch(key)))  # type: ignore[attr-defined]  # below
        objects = found_of(cls.get_model())  # type: ignore[attr-defined]  # of Wagtail, which is untyped
        if objects is None:
            linked: list[Any] = super().get_many(attrs_list)  # type: ignore[misc]  # the same
            return linked
        return [objects.get(int(key)) if KEY.fullmatch(key) else None for key in keys]


class PageLinkHandler(_LinkHandler, WagtailPageLinkHandler):
    """A link to a page of this site."""

    tag = staticmethod(tags.link)


class DocumentLinkHandler(_LinkHandler, WagtailDocumentLinkHandler):
    """A link to a document of this site."""

    tag = staticmethod(tags.document)
