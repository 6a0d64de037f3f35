"""The search: a question in, what was found out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import ModuleType

from django.core.paginator import Page as Paging
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.utils import normalise_query_string

from articles.models import ArticlePage, TopicPage
from articles.paging import page_of
from findable.models import FindablePage
from pages.search import index_other, index_postgresql, index_sqlite
from pages.search.backend import CleansQuestions
from pages.search.dictionary import dictionary
from pages.search.passages import Excerpt, excerpts, marked, stems_asked
from pages.search.question import Question
from pages.search.readable import KINDS, Found, Kind, Readable
from pages.search.synonyms import Group, groups_of, read_synonyms
from prose.stems import folded, folded_words

MOST = 1000
"""So many pages a search lists, the best ones. Topics and kinds are counted among them."""

PER_PAGE = 10

MOST_TOPICS = 12

MOST_SUGGESTIONS = 8
MOST_CANDIDATES = 50
"""So many titles are looked at to choose the suggestions from."""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A way to narrow a question: its label, how many pages it leaves, where it leads, and whether it is chosen."""

    label: str | Promise
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Result:
    """A page that was found, with its title and the best place in it, both marked."""

    page: FindablePage
    kind: Kind
    title: SafeString
    excerpt: Excerpt


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a question found.

    `total` is how many pages hold all words; with `is_partial` no page does, and `results` are those with any of them.
    `has_more` says that there are more than are listed, `meant` is another question that finds something.
    """

    question: Question
    total: int = 0
    has_more: bool = False
    is_partial: bool = False
    only_small_words: bool = False
    results: list[Result] = field(default_factory=list)
    paging: Paging[Found] | None = None
    topics: list[Facet] = field(default_factory=list)
    kinds: list[Facet] = field(default_factory=list)
    recommended: list[SearchPromotion] = field(default_factory=list)
    meant: Question | None = None


def find(question: Question, page: str | None = None) -> Answer:
    """Return what `question` finds, on the page that was asked for.

    Raises Http404 for a topic, kind or page of the list that is none. Reads only.
    """
    if question.kind and question.kind not in {kind.name for kind in KINDS}:
        raise Http404(_("There is no such kind of page."))
    readable = Readable.now()
    topics = {topic.path: topic for topic in TopicPage.objects.published()}
    chosen = next((topic for topic in topics.values() if str(topic.pk) == question.topic), None)
    if question.topic and chosen is None:
        raise Http404(_("There is no such topic."))

    synonyms = read_synonyms()
    groups = groups_of(question.words, synonyms)
    if not groups:
        page_of([], page, PER_PAGE)
        return Answer(question=question, only_small_words=bool(question.words))
    found = index().find(groups, readable, every=True, limit=MOST + 1)
    is_partial, meant = False, None
    if not found:
        meant = _meant(question, readable)
        found = index().find(groups, readable, every=False, limit=MOST + 1) if len(groups) > 1 else []
        is_partial = bool(found)
    has_more, found = len(found) > MOST, found[:MOST]

    topics_of = _topics_of([key for key, _kind in found], topics)
    of_kind = [each for each in found if question.kind in ("", readable.kinds[each[1]].name)]
    of_topic = [each for each in found if chosen is None or chosen.path in topics_of.get(each[0], ())]
    in_topic = set(of_topic)
    listed = [each for each in of_kind if each in in_topic]
    paging = page_of(listed, page, PER_PAGE)
    return Answer(
        question=question,
        total=len(listed),
        has_more=has_more,
        is_partial=is_partial,
        results=_results(list(paging), readable, groups),
        paging=paging,
        topics=_topic_facets(question, of_kind, topics_of, topics),
        kinds=_kind_facets(question, of_topic, readable),
        recommended=_recommended(question, readable) if paging.number == 1 else [],
        meant=meant,
    )


def suggest(text: str) -> list[Page]:
    """Return the pages with a word in the title that begins with each word of `text`, the likeliest first."""
    question = Question.of(text)
    if len("".join(question.words)) < 2:
        return []
    readable = Readable.now()
    pages = index().titled(tuple(question.words), readable, limit=MOST_CANDIDATES)
    beginning = " ".join(question.words)

    def likelihood(page: Page) -> tuple[bool, int, str]:
        title = " ".join(folded_words(page.title))
        return not title.startswith(beginning), len(title), title

    return sorted(pages, key=likelihood)[:MOST_SUGGESTIONS]


def index() -> ModuleType:
    """Return what asks the search index that is in use."""
    ours = {"sqlite": index_sqlite, "postgresql": index_postgresql}
    is_ours = isinstance(get_search_backend(), CleansQuestions)
    return ours.get(connection.vendor, index_other) if is_ours else index_other


def _meant(question: Question, readable: Readable) -> Question | None:
    """Return the question that was likely meant, if it is another one and finds something."""
    text = dictionary().meant(question.text)
    if not text or folded(text) == folded(question.text):
        return None
    meant = Question.of(text)
    groups = groups_of(meant.words, read_synonyms())
    return meant if groups and index().find(groups, readable, every=True, limit=1) else None


def _topics_of(pages: Sequence[int], topics: dict[str, TopicPage]) -> dict[int, set[str]]:
    """Return the paths of the topics of each article among `pages`, those above them too, in one query.

    The topmost topic, which lists the others, is left out: it narrows nothing.
    """
    paths = {topic.pk: path for path, topic in topics.items()}
    narrow = topics.keys() - ({_above(path) for path in topics} - {path for path in topics if _above(path) in topics})
    found: dict[int, set[str]] = {}
    pairs = ArticlePage.topics.through.objects.filter(articlepage__in=pages).values_list("articlepage", "topicpage")
    for page, topic in pairs:
        if topic in paths:
            found.setdefault(page, set()).update(_upwards(paths[topic]) & narrow)
    return found


def _above(path: str) -> str:
    return path[: -Page.steplen]


def _upwards(path: str) -> set[str]:
    return {path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)}


def _topic_facets(
    question: Question, found: Sequence[Found], topics_of: dict[int, set[str]], topics: dict[str, TopicPage]
) -> list[Facet]:
    counts = Counter(path for key, _kind in found for path in topics_of.get(key, ()))
    by_count = sorted(counts.items(), key=lambda each: (-each[1], topics[each[0]].title))
    return [
        Facet(
            label=topics[path].title,
            count=count,
            address=question.address(topic="" if is_chosen else str(topics[path].pk)),
            is_chosen=is_chosen,
        )
        for position, (path, count) in enumerate(by_count)
        for is_chosen in [str(topics[path].pk) == question.topic]
        if position < MOST_TOPICS or is_chosen
    ]


def _kind_facets(question: Question, found: Sequence[Found], readable: Readable) -> list[Facet]:
    counts = Counter(readable.kinds[kind].name for _key, kind in found)
    return [
        Facet(
            label=kind.plural,
            count=counts[kind.name],
            address=question.address(kind="" if kind.name == question.kind else kind.name),
            is_chosen=kind.name == question.kind,
        )
        for kind in KINDS
        if counts[kind.name] or kind.name == question.kind
    ]


def _results(found: Sequence[Found], readable: Readable, groups: Sequence[Group]) -> list[Result]:
    asked = stems_asked(groups)
    pages = {page.pk: page for page in _pages(found, readable)}
    places = excerpts(list(pages.values()), asked)
    return [
        Result(page=pages[key], kind=readable.kinds[kind], title=marked(pages[key].title, asked), excerpt=places[key])
        for key, kind in found
        if key in pages
    ]


def _pages(found: Sequence[Found], readable: Readable) -> Iterator[FindablePage]:
    """Yield the pages, in one query for each kind."""
    for content_type, kind in readable.kinds.items():
        keys = [key for key, of_type in found if of_type == content_type]
        if keys:
            yield from kind.model.objects.filter(pk__in=keys)


def _recommended(question: Question, readable: Readable) -> list[SearchPromotion]:
    """Return what editors recommend for just this question, without pages that readers may not see, in one query."""
    return list(
        SearchPromotion.objects.filter(query__query_string=normalise_query_string(question.text))
        .filter(Exists(readable.pages.filter(pk=OuterRef("page"))) | Q(page=None))
        .select_related("page")
        .order_by("sort_order", "pk")
    )
