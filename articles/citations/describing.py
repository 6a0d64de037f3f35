"""The list of sources for machines: Markdown, the read API and JSON-LD."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.blocks.stream_block import StreamValue

from articles import markdown
from articles.citations.numbering import Citations, Entry, sources_of
from articles.models.source import Source
from findable.nodes import Node, node


def sources_in_markdown(citations: Citations) -> str:
    """Return the list as footnotes, which the numbers in the text point to; empty without a source."""
    lines = [f"[^{entry.number}]: {_line(entry.source)}" for entry in citations.entries()]
    return markdown.together(markdown.heading(_("Sources"), 2), *lines) if lines else ""


def source_data(entry: Entry) -> dict[str, Any]:
    """Return the fields of a SourceData of the read API."""
    source = entry.source
    return {
        "number": entry.number,
        "anchor": f"source-{entry.number}",
        "title": source.title,
        "authors": source.authors,
        "publication": source.publication,
        "year": source.year,
        "tier": source.tier,
        "doi": source.doi,
        "pmid": source.pmid,
        "isbn": source.isbn,
        "url": source.address or None,
        "accessed": source.accessed_on,
    }


def source_id(page_url: str, number: int) -> str:
    """Return the "@id" of the source with this number on the page at `page_url`."""
    return f"{page_url}#source-{number}"


def source_nodes(body: StreamValue, page_url: str) -> list[Node]:
    """Return a node of schema.org for each source that `body` cites, in the order of the numbers."""
    return [_node(source, source_id(page_url, number)) for number, source in enumerate(sources_of(body), start=1)]


def _line(source: Source) -> str:
    """Return `source` as one line: always of several words, since `[^1]: word` alone defines a link in Markdown."""
    told = [source.authors, source.title, source.publication, str(source.year or ""), str(source.get_tier_display())]
    if source.doi or source.pmid or source.isbn:
        names = {"DOI": source.doi, "PMID": source.pmid, "ISBN": source.isbn}
        told.append(", ".join(f"{name} {value}" for name, value in names.items() if value))
    if source.accessed_on:
        told.append(_("Read on %(day)s") % {"day": date_format(source.accessed_on)})
    sentences = [part.strip() if part.strip()[-1] in ".?!" else f"{part.strip()}." for part in told if part.strip()]
    address = f" <{markdown.address(source.address)}>" if source.address else ""
    return f"{markdown.escaped(' '.join(sentences))}{address}"


def _node(source: Source, identifier: str) -> Node:
    is_paper = bool(source.doi or source.pmid)
    kind = "Book" if source.isbn else "ScholarlyArticle" if is_paper else "CreativeWork"
    numbers = {"doi": source.doi, "pmid": source.pmid}
    return node(
        kind,
        id=identifier,
        name=source.title,
        url=source.address,
        identifier=[node("PropertyValue", propertyID=name, value=value) for name, value in numbers.items() if value],
        isbn=source.isbn,
        creditText=source.authors,
        datePublished=str(source.year or ""),
        isPartOf=node("Periodical" if is_paper else "CreativeWork", name=source.publication)
        if source.publication and not source.isbn
        else None,
        publisher=node("Organization", name=source.publication) if source.publication and source.isbn else None,
    )
