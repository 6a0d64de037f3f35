"""Citations in rich texts: what stands on the page where `prose.sanitize.CITATION` is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.rich_text import EmbedHandler

from articles.citations.numbering import cite
from articles.models.source import Source


class CitationHandler(EmbedHandler):
    """Shows the number of a source as a link to its line in the list; nothing where nothing is numbered."""

    identifier = "source"

    @staticmethod
    def get_model() -> type[Source]:
        """Return what is cited."""
        return Source

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """Return the HTML of one citation."""
        return cited(attrs.get("id", ""))

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[type[Source], str, str, str]]:
        """Yield what Wagtail's reference index keeps: that the text needs this source."""
        if attrs.get("id", "").isdecimal():
            yield cls.get_model(), attrs["id"], "", ""


def cited(key: str) -> str:
    """Return the HTML of the next citation of the source with this `key`."""
    citation = cite(int(key)) if key.isdecimal() else None
    if citation is None:
        return ""
    label = _("Source %(number)d: %(title)s") % {"number": citation.number, "title": citation.source.title}
    return format_html(
        '<sup class="citation"><a href="#source-{number}" id="{anchor}" role="doc-noteref" aria-label="{label}">'
        "[{number}]</a></sup>",
        number=citation.number,
        anchor=citation.anchor,
        label=label,
    )


def numbered(key: int) -> str:
    """Return the HTML of the citation for a machine that has the list of sources beside the text."""
    citation = cite(key)
    return format_html('<sup><a href="#source-{0}">[{0}]</a></sup>', citation.number) if citation else ""


def reference(attributes: dict[str, Any]) -> str:
    """Return the citation in Markdown, as a footnote's number."""
    key = str(attributes.get("id", ""))
    citation = cite(int(key)) if key.isdecimal() else None
    return f"[^{citation.number}]" if citation else ""
