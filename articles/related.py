"""What to read after an article."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import ArticlePage, ArticleTag, SignOff, TopicPage
from findable.prepared import Prepared
from findable.visibility import seen_by_everybody
from freshness import tags
from freshness.collecting import depends_on

LIMIT = 4
"""How many articles are recommended: more would be a list, and nobody chooses from it."""

FRESH_FOR = timedelta(days=3 * 365)
"""How long an article is recommended after somebody last answered for it: published it, revised it or signed it off.

Health services look at their pages again every three years or sooner. Whoever wants an older one still finds it.
"""

TOPIC_SCORE, TAG_SCORE = 3, 2
"""What a shared topic and a shared tag weigh: topics are few and chosen with care, tags come by the handful."""


def related_to(article: ArticlePage, *, today: date) -> list[ArticlePage]:
    """Return up to `LIMIT` published articles to read after `article`: the editors' picks in their order, then those
    that share most topics and tags with it, the newest first among equals.

    Never the article itself, and never a stale one (see `FRESH_FOR`), not even a pick. Each has `topic_title`: the
    first of its topics that readers may see, or None. Takes one query, and one for the picks unless they are
    known; an article that was never saved has none.
    """
    if article.pk is None:
        return []
    since = _fresh_since(today)
    found = _related(article=article.pk, picks=article.picks, since=since, moment=_start_of(since))
    _note_what_is_shown(article.picks, found)
    return found


def _related_to(article: int, picks: list[int], since: date, moment: datetime) -> QuerySet[ArticlePage]:
    in_topics = ArticlePage.topics.through.objects
    topics = in_topics.filter(articlepage=article).values("topicpage")
    tagged = ArticleTag.objects.filter(content_object=article).values("tag")
    sharing_topics = in_topics.filter(topicpage__in=topics)
    sharing_tags = ArticleTag.objects.filter(tag__in=tagged)
    candidates = ArticlePage.objects.filter(
        Q(pk__in=picks)
        | Q(pk__in=sharing_topics.values("articlepage"))
        | Q(pk__in=sharing_tags.values("content_object"))
    )
    ranks = {
        "place": Case(
            *(When(pk=pick, then=Value(place)) for place, pick in enumerate(picks)),
            default=Value(len(picks)),
            output_field=IntegerField(),
        ),
        "score": TOPIC_SCORE * _number(sharing_topics, "articlepage")
        + TAG_SCORE * _number(sharing_tags, "content_object"),
    }
    order = ("place", "-score", F("first_published_at").desc(nulls_last=True), "-pk")
    best = (
        seen_by_everybody(candidates)
        .exclude(pk=article)
        .filter(_is_fresh(since, moment))
        .annotate(**ranks)
        .order_by(*order)[:LIMIT]
    )
    topics_of_it = TopicPage.objects.filter(articles=OuterRef("pk")).order_by("path")
    first_topic = seen_by_everybody(topics_of_it)
    # What is shown is asked for the best alone: a database would gather it for every candidate before it sorts them.
    return (
        ArticlePage.objects.filter(pk__in=best.values("pk"))
        .annotate(**ranks, topic_title=Subquery(first_topic.values("title")[:1]), signed_off_on=_last_sign_off())
        .order_by(*order)
        .defer("body")
    )


_related = Prepared(_related_to)


def _note_what_is_shown(picks: list[int], found: list[ArticlePage]) -> None:
    """Note the articles that are shown and until when, and those that would be if readers could see them."""
    depends_on(*map(tags.page, {*picks, *(article.pk for article in found)}))
    for article in found:
        published_on = timezone.localdate(article.published_at) if article.published_at else None
        days = [published_on, article.revised_on, article.signed_off_on]
        depends_on(tags.until_day(max(day for day in days if day) + FRESH_FOR + timedelta(days=1)))


def _last_sign_off() -> Subquery:
    signed_off = SignOff.objects.filter(article=OuterRef("pk"), withdrawn_at=None).order_by("-signed_on")
    return Subquery(signed_off.values("signed_on")[:1])


def is_fresh(today: date) -> Q:
    """Return the condition that an article is recommended on `today`: see `FRESH_FOR`."""
    since = _fresh_since(today)
    return _is_fresh(since, _start_of(since))


def _fresh_since(today: date) -> date:
    return today - FRESH_FOR


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _is_fresh(since: date, moment: datetime) -> Q:
    # The moment rather than the day: SQLite would call Python for the day of every article.
    signed_off = SignOff.objects.filter(withdrawn_at=None, signed_on__gte=since)
    return Q(first_published_at__gte=moment) | Q(revised_on__gte=since) | Q(pk__in=signed_off.values("article"))


def _number(rows: QuerySet[Any], article: str) -> Combinable:
    """Return how many of `rows` belong to the article of the outer query, whose id stands in their column `article`."""
    counted = rows.filter(**{article: OuterRef("pk")}).order_by().values(article).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
