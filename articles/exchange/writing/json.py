"""Everything, without loss: one record a line in `almanac.json`, the files of pictures and documents beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page

from articles.exchange.almanac import MEDIA, VERSION
from articles.exchange.almanac.naming import Names
from articles.exchange.almanac.records import (
    Record,
    document_record,
    line,
    page_record,
    picture_record,
    place_row,
    redirect_row,
    retraction_record,
    source_record,
)
from articles.exchange.writing.piece import Piece, digest_of, pieces_of
from articles.exchange.writing.selection import (
    Selection,
    chunks,
    open_documents,
    pages_of,
    people_and_topics,
    pictures,
    with_those_above,
)
from articles.models import ArticlePage, Retraction, Source, TopicPage
from authors.models import AuthorPage
from pictures.models import Picture

FORMAT = "json"
LABEL = _("Almanac (JSON): everything, to be imported into another site")
ENDING = ".json"
IS_ONE_FILE = True
MAIN = "almanac.json"


def pieces(selection: Selection, *, with_media: bool) -> Iterator[Piece]:
    """Yield the files of pictures and documents, each once, and then the records.

    Each record names only what comes before it, since the places of all pages come before their contents.
    """
    names = Names()
    wanted = None if selection.is_all else _named_by(selection, names)
    for model, files in ((Picture, pictures()), (get_document_model(), open_documents())):
        told = files if wanted is None else files.filter(pk__in=wanted.get(model, ()))
        digests: dict[int, str] = {}
        seen: set[str] = set()
        for each in told.iterator(chunk_size=100):
            digest = digest_of(each.file)
            if digest is None:
                continue
            if with_media and digest not in seen:
                yield from pieces_of(f"{MEDIA}/{digest}", each.file)
            digests[each.pk] = digest
            seen.add(digest)
        names.tell(model, digests)
    yield Piece(MAIN, b"[\n")
    yield Piece(MAIN, line({"kind": "almanac", "version": VERSION}).encode())
    for record in _records(selection, names, wanted):
        yield Piece(MAIN, f",\n{line(record)}".encode())
    yield Piece(MAIN, b"\n]\n")


def _records(selection: Selection, names: Names, wanted: dict[type[Model], set[int]] | None) -> Iterator[Record]:
    def of(model: type[Model]) -> set[int] | None:
        return None if wanted is None else wanted.get(model, set())

    yield from (picture_record(each, names) for each in _only(pictures(), of(Picture)) if names(Picture, each.pk))
    document = get_document_model()
    yield from (document_record(each, names) for each in _only(open_documents(), of(document)))
    yield from (source_record(each, names) for each in _only(Source.objects.order_by("pk"), of(Source)))
    for rows in chunks(list(_places(selection, names, of(TopicPage), of(AuthorPage)))):
        yield {"kind": "places", "pages": rows}
    for model in (TopicPage, AuthorPage):
        yield from (page_record(page, names) for page in pages_of(model, of(model)))
    yield from (page_record(article, names) for article in selection.articles())
    retractions, redirects = Retraction.objects.order_by("retracted_at", "pk"), Redirect.objects.order_by("old_path")
    if wanted is not None:
        articles = selection.keys()
        retractions, redirects = retractions.filter(article__in=articles), redirects.filter(redirect_page__in=articles)
    yield from (retraction_record(each, names) for each in retractions.iterator())
    for found in chunks(list(redirects.order_by("old_path", "pk"))):
        rows = [row for row in (redirect_row(each, names) for each in found) if row["page"] or row["redirect_link"]]
        if rows:
            yield {"kind": "redirects", "redirects": rows}


def _places(
    selection: Selection, names: Names, topics: Iterable[int] | None, people: Iterable[int] | None
) -> Iterator[Record]:
    above: dict[str, Page] = {}
    for topic in pages_of(TopicPage, topics):
        above[topic.path] = topic
        if topic.pk != names.top:
            yield place_row(topic, above.get(topic.path[: -TopicPage.steplen]), names)
    for person in pages_of(AuthorPage, people):
        yield place_row(person, None, names)
    for chunk in chunks(selection.keys()):
        for article in ArticlePage.objects.filter(pk__in=chunk).order_by("path").only("pk", "path", "title", "slug"):
            yield place_row(article, None, names)


def _named_by(selection: Selection, names: Names) -> dict[type[Model], set[int]]:
    """Return the keys of what the chosen articles name: files, sources, people, and topics with those above.

    Other articles are none of it: each names further ones.
    """
    for article in selection.articles():
        page_record(article, names)
    people, _topics = people_and_topics(names.named[Page])
    for person in pages_of(AuthorPage, people):
        page_record(person, names)
    topics = with_those_above(people_and_topics(names.named[Page])[1])
    for topic in pages_of(TopicPage, topics):
        page_record(topic, names)
    return {**names.named, AuthorPage: set(people), TopicPage: set(topics)}


def _only(found: Any, keys: set[int] | None) -> Iterator[Any]:
    chosen = found if keys is None else found.filter(pk__in=keys)
    return chosen.iterator(chunk_size=100)
