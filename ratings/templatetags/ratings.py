"""What pages show of their readers' responses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from django import template
from django.db.models import Count
from django.http import Http404
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import ArticlePage
from ratings import markup
from ratings.looks import threads_html
from ratings.models import Comment, RatingSummary
from ratings.ranking import WEIGHT
from ratings.ranking import top_rated as ranked
from ratings.thread import NoSuchPage, Order, Responses, Selection, responses_to

register = template.Library()

Thing = TypeVar("Thing")


@register.simple_tag(takes_context=True)
def responses(context: dict[str, Any], article: ArticlePage) -> Responses:
    """Return the rating of `article`, and the comments that the address asks for.

    An unsaved article has none. Raises Http404 for a page of comments that there is not.
    """
    if article.pk is None:
        return Responses(summary=RatingSummary())
    request = context.get("request")
    try:
        return responses_to(article, Selection.read(request.GET if request else {}))
    except NoSuchPage:
        raise Http404 from None


@register.simple_tag
def threads(responses: Responses, article: ArticlePage, closed: bool, preview: bool) -> SafeString:
    """Show the threads of a page of comments under `article`."""
    return threads_html(responses.threads, article, closed=closed, preview=bool(preview))


@register.inclusion_tag("ratings/rating_line.html")
def rating_line(summary: RatingSummary) -> dict[str, Any]:
    """Show the line that sums the ratings up."""
    return {"summary": summary}


@register.simple_tag
def rating_summaries(articles: Iterable[ArticlePage]) -> dict[int, RatingSummary]:
    """Return the summaries of all `articles` by article id, in one query for any number of them."""
    found = RatingSummary.objects.filter(article__in=[article.pk for article in articles])
    return {summary.article_id: summary for summary in found}


@register.simple_tag
def comment_counts(articles: Iterable[ArticlePage]) -> dict[int, int]:
    """Return how many comments each of `articles` that has any shows, by article id, in one query for all."""
    published = Comment.objects.published().filter(article__in=[article.pk for article in articles])
    return dict(published.order_by().values_list("article").annotate(count=Count("pk")))


@register.simple_tag
def top_rated(limit: int) -> list[ArticlePage]:
    """Return the `limit` articles that readers rated best, with all that their cards show."""
    return list(ranked(ArticlePage.objects.all(), limit=limit).for_cards())


@register.simple_tag
def ranking_weight() -> int:
    """Return with how many ratings at the site's mean every article starts when the best are ranked."""
    return WEIGHT


@register.filter
def of(found: dict[int, Thing] | None, article: ArticlePage) -> Thing | None:
    """Return what was `found` for `article` among others, if that is anything."""
    return found.get(article.pk) if found else None


@register.filter
def orders(responses: Responses) -> list[tuple[Order, str]]:
    """Return the orders that the comments can be sorted in, each with the query that asks for it.

    A choice of stars stays; where it makes all stars equal, or there are no reviews, nothing is sorted by them.
    """
    chosen = Selection(stars=responses.selection.stars)
    by_stars = responses.reviews and not chosen.stars
    return [(order, replace(chosen, order=order).query()) for order in Order if order != Order.STARS or by_stars]


@register.filter
def from_start(selection: Selection) -> str:
    """Return the query that asks for the first page of `selection`."""
    return replace(selection, after="").query()


@register.filter
def is_past(moment: datetime | None) -> bool:
    """Return whether `moment`, if there is one, has come."""
    return moment is not None and moment <= timezone.now()


@register.filter
def star_signs(stars: int | str) -> str:
    """Return 1 to 5 stars as a picture of five, such as "★★★★☆"."""
    return "★" * int(stars) + "☆" * (5 - int(stars))


@register.filter
def comment_html(text: str) -> SafeString:
    """Return a comment's text as it is shown: formatted and safe."""
    return markup.comment_html(text)
