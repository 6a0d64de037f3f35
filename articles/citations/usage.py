"""Which articles cite a source, whether readers see it already or not."""

from __future__ import annotations

import json

from wagtail.models import Page, ReferenceIndex, Revision

from articles.citations.reading import cited_in
from articles.models.source import Source


def pages_citing(source: Source) -> list[Page]:
    """Return the pages that cite `source`, as they are or in a newer revision that nobody has published, by title."""
    references = ReferenceIndex.get_references_to(source).values_list("object_id", flat=True)
    published = {int(key) for key in references if key.isdecimal()}
    drafts = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    newest = Revision.objects.filter(pk__in=drafts).only("object_id", "content")
    unpublished = {int(each.object_id) for each in newest.iterator() if source.pk in _cited_in(each)}
    return list(Page.objects.filter(pk__in=published | unpublished).order_by("title", "pk"))


def _cited_in(revision: Revision) -> list[int]:
    # The quotation marks are escaped once in the text of a body, and once more in that of a revision.
    return cited_in(json.dumps(revision.content).replace("\\", ""))
