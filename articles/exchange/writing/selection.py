"""Which pages are written, and everything that their records ask for, in chunks: a few queries for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Prefetch, QuerySet
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from articles.models import ArticlePage, SignOff, TopicPage
from authors.models import AuthorPage
from pictures.models import Picture

CHUNK = 100
"""So many pages are in memory at a time."""

OF_ARTICLES = (
    "waivers",
    "versions",
    "corrections__wrong",
    Prefetch("sign_offs", queryset=SignOff.objects.select_related("revision")),
)

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The articles to write by their keys in the order of the tree, or all; and who is told of each that is done."""

    chosen: tuple[int, ...] | None = None
    progress: Callable[[int], None] = lambda count: None

    @property
    def is_all(self) -> bool:
        """Whether the whole site is written."""
        return self.chosen is None

    def keys(self) -> list[int]:
        """Return the keys of the articles, in the order of the tree. An alias only says what its original says."""
        found = ArticlePage.objects.filter(alias_of=None).order_by("path")
        if self.chosen is not None:
            found = found.filter(pk__in=self.chosen)
        return list(found.values_list("pk", flat=True))

    def articles(self) -> Iterator[ArticlePage]:
        """Yield the articles with what belongs to them, a chunk in memory at a time: ten queries for each chunk."""
        for chunk in chunks(self.keys()):
            related = ("live_revision", "latest_revision", "imported_from")
            found = ArticlePage.objects.filter(pk__in=chunk).order_by("path").select_related(*related)
            yield from who_may_read_known(found.prefetch_related(*OF_ARTICLES))
            self.progress(len(chunk))


def pages_of(model: type[Page], keys: Iterable[int] | None) -> Iterator[Any]:
    """Yield the people or topics with these keys, or all, in the order of the tree."""
    found = model.objects.filter(alias_of=None).order_by("path")
    if keys is not None:
        found = found.filter(pk__in=list(keys))
    for chunk in chunks(list(found.values_list("pk", flat=True))):
        related = model.objects.filter(pk__in=chunk).order_by("path").select_related("live_revision", "latest_revision")
        yield from who_may_read_known(related)


def who_may_read_known(pages: Iterable[Any]) -> list[Any]:
    """Return `pages`, each of which knows its `restrictions_in_force`, and so if it `is_for_everybody`.

    In force are its own restrictions and those of the pages above it. Takes two queries for any number of pages.
    """
    by_path: dict[str, list[PageViewRestriction]] = {}
    for each in PageViewRestriction.objects.select_related("page").prefetch_related("groups").order_by("pk"):
        by_path.setdefault(each.page.path, []).append(each)
    found, steps = list(pages), Page.steplen
    for page in found:
        above = (page.path[:length] for length in range(steps, len(page.path) + 1, steps))
        page.restrictions_in_force = [each for path in above for each in by_path.get(path, ())]
        page.is_for_everybody = page.live and not page.restrictions_in_force
    return found


def with_those_above(topics: Iterable[int]) -> list[int]:
    """Return the keys of `topics` and of all topics above them."""
    paths = TopicPage.objects.filter(pk__in=list(topics)).values_list("path", flat=True)
    steps = TopicPage.steplen
    above = {path[:length] for path in paths for length in range(steps, len(path) + 1, steps)}
    return list(TopicPage.objects.filter(path__in=above).values_list("pk", flat=True))


def people_and_topics(people: Iterable[int]) -> tuple[list[int], list[int]]:
    """Return the keys of those of the pages `people` that are people, and the keys of those that are topics."""
    keys = list(people)
    found = AuthorPage.objects.filter(pk__in=keys).values_list("pk", flat=True)
    return list(found), list(TopicPage.objects.filter(pk__in=keys).values_list("pk", flat=True))


def pictures() -> QuerySet[Picture]:
    """Return all pictures."""
    return Picture.objects.order_by("pk").prefetch_related("tags")


def open_documents() -> QuerySet[Any]:
    """Return the documents that everybody may open: who may open the others is not for a file to say."""
    found = get_document_model().objects.order_by("pk").prefetch_related("tags")
    for path in CollectionViewRestriction.objects.values_list("collection__path", flat=True):
        found = found.exclude(collection__path__startswith=path)
    return found


def chunks(things: Sequence[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield `things` in lists of `size`."""
    rest = iter(things)
    while chunk := list(islice(rest, size)):
        yield chunk
