"""All that the page of an article shows of others, in as few queries for many of each as for one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from articles import chronicle
from articles.chosen import keys_in
from articles.chronicle import NO_DAY, Row
from articles.models import ArticlePage, ArticleTag, Contributor, RelatedArticle, SignOff
from articles.models.body import by_key, fetch_named, pages_on_page
from articles.models.sign_off import latest_of_each
from authors.models import Credential
from findable.prepared import Prepared, put_under
from freshness import tags
from freshness.collecting import depends_on

CREDENTIAL_TEXTS = ("degree", "body", "number", "register_url", "checked_by")


def fetch_for_page(article: ArticlePage, today: date) -> list[SignOff]:
    """Fetch what the page of the saved `article` shows, and return the sign-offs that hold on `today` and are shown.

    Four queries, one for documents and one for sources: the rows that belong to the article and tell of its history,
    all pages that stand on this one (people, topics, the list of articles, what texts link to), pictures, their sizes.
    """
    rows = sorted((Row(*row) for row in _rows(article=article.pk)), key=lambda row: (row.place or 0, row.key))
    article.picks = [row.other for row in rows if row.table == "related"]
    article.tag_names = [row.kind for row in rows if row.table == "tag"]
    parts = [row for row in rows if row.table == "contributor"]
    reviews = [row for row in rows if row.table == "sign_off"]
    keys = keys_in(article.body)
    if article.hero_id:
        keys.pictures.add(article.hero_id)
    above = article.path[: -article.steplen]
    people_in_it = {row.other for row in (*parts, *reviews)}
    pages = by_key(_pages(article=article.pk, above=above, keys=keys.pages | people_in_it))
    depends_on(*(tags.by_topic(page.pk) for page in pages.values() if page.is_topic))
    depends_on(*(tags.by_tag(row.other) for row in rows if row.table == "tag"))
    people = {key: pages[key].authorpage for key in people_in_it}
    credentials = [_credential(row) for row in rows if row.table == "credential"]
    put_under(people.values(), "credentials", credentials, "author_id")
    article.hero = fetch_named(article.body, keys, pages).get(article.hero_id)
    article._cached_parent_obj = next((page for page in pages.values() if page.path == above), None)
    topics = [page for page in pages.values() if page.is_topic and page.is_for_everybody]
    article.shown_topics = sorted(topics, key=lambda topic: str(topic.path))
    unseen = {key for key, person in people.items() if not person.is_for_everybody}
    shown = [row for row in rows if row.table != "sign_off" or row.other not in unseen]
    article.chronicle = chronicle.events(shown, article, today)
    article.taking_part = [Contributor(article=article, author=people[row.other], role=row.kind) for row in parts]
    return latest_of_each(
        SignOff(
            pk=row.key,
            article=article,
            reviewer=people[row.other],
            kind=row.texts["kind"],
            signed_on=row.signed_on,
            due_on=row.due_on,
            changed_on=chronicle.changed_on(row),
        )
        for row in reviews
        if row.signed_on and row.other not in unseen and chronicle.holds(row, today)
    )


def _credential(row: Row) -> Credential:
    return Credential(pk=row.key, author_id=row.other, sort_order=row.place, checked_on=row.signed_on, **row.texts)


def _rows_of(article: int) -> QuerySet[Any]:
    reviewers = SignOff.objects.filter(article=article).order_by().values("reviewer")
    parts: QuerySet[Any] = Contributor.objects.filter(article=article).order_by()
    related: QuerySet[Any] = RelatedArticle.objects.filter(article=article).order_by()
    tags: QuerySet[Any] = ArticleTag.objects.filter(content_object=article).order_by()
    theirs = Q(author__in=parts.values("author")) | Q(author__in=reviewers)
    credentials: QuerySet[Any] = Credential.objects.filter(theirs).order_by()
    texts = chronicle.as_text(**{name: name for name in CREDENTIAL_TEXTS})
    first, *others = chronicle.history_rows(article)
    return first.union(
        *others,
        parts.values_list(Value("contributor"), "pk", "sort_order", "author", "role", NO_DAY, NO_DAY),
        credentials.values_list(Value("credential"), "pk", "sort_order", "author", texts, "checked_on", NO_DAY),
        related.values_list(Value("related"), "pk", "sort_order", "other", Value(""), NO_DAY, NO_DAY),
        tags.values_list(Value("tag"), "pk", Value(0), "tag", "tag__name", NO_DAY, NO_DAY),
        all=True,
    )


def _pages_of(article: int, above: str, keys: list[int]) -> QuerySet[Any]:
    in_topics = ArticlePage.topics.through.objects.filter(articlepage=article)
    named = Q(pk__in=keys) | Q(pk__in=in_topics.values("topicpage")) | Q(path=above)
    return pages_on_page(named).annotate(is_topic=Exists(in_topics.filter(topicpage=OuterRef("pk"))))


_rows = Prepared(_rows_of)
_pages = Prepared(_pages_of)
