"""What to read after an article."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import ArticlePage, ArticleTag, SignOff, TopicPage

LIMIT = 4
"""How many articles are recommended: more would be a list, and nobody chooses from it."""

FRESH_FOR = timedelta(days=3 * 365)
"""How long an article is recommended after somebody last answered for it: published it, revised it or signed it off.

Health services look at their pages again every three years or sooner. Whoever wants an older one still finds it.
"""

TOPIC_SCORE, TAG_SCORE = 3, 2
"""What a shared topic and a shared tag weigh: topics are few and chosen with care, tags come by the handful."""


def related_to(article: ArticlePage, *, today: date, limit: int = LIMIT) -> list[ArticlePage]:
    """Return up to `limit` published articles to read after `article`: the editors' picks in their order, then those
    that share most topics and tags with it, the newest first among equals.

    Never the article itself, and never a stale one (see `FRESH_FOR`), not even a pick. Each has `topic_title`: the
    first of its topics that readers may see, or None. Takes three queries; an article that was never saved has none.
    """
    if article.pk is None:
        return []
    in_topics = ArticlePage.topics.through.objects
    topics = in_topics.filter(articlepage=article.pk).values("topicpage")
    tags = ArticleTag.objects.filter(content_object=article.pk).values("tag")
    sharing_topics = in_topics.filter(topicpage__in=topics)
    sharing_tags = ArticleTag.objects.filter(tag__in=tags)
    picks = [row.other_id for row in article.related_articles.all()]
    private = ArticlePage.objects.private_q()
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
    # Without picks `place` is a constant, by which PostgreSQL does not sort.
    order = (*(["place"] if picks else []), "-score", F("first_published_at").desc(nulls_last=True), "-pk")
    best = (
        candidates.live()
        .exclude(private)
        .exclude(pk=article.pk)
        .filter(_is_fresh(today))
        .annotate(**ranks)
        .order_by(*order)[:limit]
    )
    first_topic = TopicPage.objects.live().exclude(private).filter(articles=OuterRef("pk")).order_by("path")
    # What is shown is asked for the best alone: a database would gather it for every candidate before it sorts them.
    return list(
        ArticlePage.objects.filter(pk__in=best.values("pk"))
        .annotate(**ranks, topic_title=Subquery(first_topic.values("title")[:1]))
        .order_by(*order)
        .defer("body")
    )


def _is_fresh(today: date) -> Q:
    since = today - FRESH_FOR
    # The moment rather than the day: SQLite would call Python for the day of every article.
    moment = timezone.make_aware(datetime.combine(since, time.min))
    signed_off = SignOff.objects.filter(withdrawn_at=None, signed_on__gte=since)
    return Q(first_published_at__gte=moment) | Q(revised_on__gte=since) | Q(pk__in=signed_off.values("article"))


def _number(rows: QuerySet[Any], article: str) -> Combinable:
    """Return how many of `rows` belong to the article of the outer query, whose id stands in their column `article`."""
    counted = rows.filter(**{article: OuterRef("pk")}).order_by().values(article).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)
