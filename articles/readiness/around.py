"""What the database knows around an article: the rules ask nobody, so it is all asked here, each at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from wagtail.documents import get_document_model
from wagtail.models import Page, WorkflowState
from wagtail.search.backends import get_search_backend
from wagtail.search.query import Or, Phrase

from articles.chosen import found
from articles.links import KEY, link_to, links_known
from articles.models import ArticlePage, Contributor, ReviewState, SignOff, Source, TopicPage
from articles.readiness.draft import CitedSource, Draft, Person
from articles.what_changed import changes_between
from authors.models import AuthorPage
from pictures.models import Picture
from prose.stems import folded_words, search_text

MOST_SEEN = 20
"""So many articles that say the words of its questions are looked into, the likeliest first."""

LONGEST_QUESTION = 300
MOST_QUESTIONS = 50


@dataclass(frozen=True, kw_only=True)
class Topics:
    """The topics of an article, with all above them, and what they ask of a text."""

    keys: frozenset[int]
    readability_target: int
    sentence_target: int


def topics_of(article: ArticlePage) -> Topics:
    """Return the topics of `article`: at most two queries.

    Of several topics, the strictest target counts; an empty one is that of the topic above.
    """
    step = TopicPage.steplen
    paths = [topic.path for topic in article.topics.all()]
    trails = [[path[:end] for end in range(step, len(path) + step, step)] for path in paths]
    rows = TopicPage.objects.filter(path__in={above for trail in trails for above in trail})
    known = {row["path"]: row for row in rows.values("path", "pk", "readability_target", "sentence_target")}

    def strictest(name: str, last_resort: int) -> int:
        wanted = ([known[above][name] for above in trail if above in known and known[above][name]] for trail in trails)
        return min((targets[-1] for targets in wanted if targets), default=last_resort)

    return Topics(
        keys=frozenset(row["pk"] for row in known.values()),
        readability_target=strictest("readability_target", Draft.readability_target),
        sentence_target=strictest("sentence_target", Draft.sentence_target),
    )


def people_of(article: ArticlePage) -> tuple[Person, ...]:
    """Return the contributors of `article` with the topics that they know. At most three queries."""
    named: list[Contributor] = [part for part in article.contributors.all() if part.author_id]
    keys = {part.author_id for part in named}
    names = dict(AuthorPage.objects.filter(pk__in=keys).values_list("pk", "title"))
    known = AuthorPage.topics.through.objects.filter(authorpage__in=keys).values_list("authorpage_id", "topicpage_id")
    topics: dict[int, set[int]] = {}
    for person, topic in known:
        topics.setdefault(person, set()).add(topic)
    return tuple(
        Person(name=names[part.author_id], role=part.role, topics=frozenset(topics.get(part.author_id, ())))
        for part in named
        if part.author_id in names
    )


def sources_of(keys: Iterable[int]) -> dict[int, CitedSource]:
    """Return the sources with these keys, without those that there are not. One query."""
    found = Source.objects.filter(pk__in=set(keys))
    return {
        source.pk: CitedSource(title=source.title, year=source.year, is_dead=source.link == Source.Link.DEAD)
        for source in found
    }


def dead_links_of(article: ArticlePage, links: Iterable[str]) -> frozenset[str]:
    """Return those of `links` that lead to a page or document that not every reader may open. At most five queries."""
    inside = {link for link in links if link.startswith(("page:", "document:"))} - {f"page:{article.pk}"}
    if not inside:
        return frozenset()
    with links_known(article.body):
        return frozenset(link for link in inside if link_to(*link.split(":", 1)) is None)


def unpublished_of(links: Iterable[str]) -> frozenset[str]:
    """Return those of `links` that lead to a page that is there, and only not published. One query at most."""
    keys = {key for kind, key in (link.split(":", 1) for link in links) if kind == "page" and KEY.fullmatch(key)}
    found = Page.objects.not_live().filter(pk__in=keys).values_list("pk", flat=True) if keys else ()
    return frozenset(f"page:{key}" for key in found)


def answered_elsewhere(article: ArticlePage, questions: Iterable[str]) -> dict[str, str]:
    """Return which of `questions` another live article answers too, with the title of that article.

    Case, spaces, punctuation and accents do not count. The search index finds the articles that say the same words in
    the same order; only those are read. Three queries.
    """
    asked = {_folded(question[:LONGEST_QUESTION]): question for question in questions}
    asked.pop("", None)
    if not asked:
        return {}
    phrases = [Phrase(search_text(question)) for question in list(asked.values())[:MOST_QUESTIONS]]
    others = ArticlePage.objects.live()
    if article.pk:
        others = others.exclude(pk=article.pk)
    answered: dict[str, str] = {}
    # Nothing that the others show is needed, so none of it is looked for.
    with found({Picture: {}, AuthorPage: {}, get_document_model(): {}}):
        for other in get_search_backend().search(Or(phrases), others)[:MOST_SEEN]:
            for child in other.body:
                for question in map(_folded, child.block.questions(child.value)):
                    if question in asked:
                        answered.setdefault(asked[question], other.title)
    return answered


def is_medically_reviewed(article: ArticlePage, today: date) -> tuple[bool, date | None]:
    """Return whether a medical review holds, and else on what day the last one ended, if there was one.

    A sign-off holds for readers; before they see the article, the approval of a reviewer in the workflow does, of this
    revision or earlier in the same round, unless the text was rewritten since.
    """
    if article.pk is None:
        return False, None
    signed = article.sign_offs.filter(kind=SignOff.Kind.MEDICAL, withdrawn_at=None).by_who_may_be_seen()
    ends: list[date | None] = list(signed.values_list("due_on", flat=True))
    if any(end is None or end >= today for end in ends) or _is_approved(article):
        return True, None
    return False, max((end for end in ends if end), default=None)


def _is_approved(article: ArticlePage) -> bool:
    running = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    revision = article.latest_revision_id
    this_round = Q(workflow_state__status__in=running)
    if revision:
        this_round |= Q(revision=revision) | Q(workflow_state__current_task_state__revision=revision)
    approved = ReviewState.objects.filter(
        this_round,
        status=ReviewState.STATUS_APPROVED,
        task__reviewtask__kind=SignOff.Kind.MEDICAL,
        workflow_state__base_content_type__app_label="wagtailcore",
        workflow_state__object_id=str(article.pk),
    )
    signed = [state.revision for state in approved.exclude(revision=None).select_related("revision").order_by("-pk")]
    return any(not changes_between(revision.as_object(), article).is_big for revision in signed)


def _folded(question: str) -> str:
    return " ".join(folded_words(question))
