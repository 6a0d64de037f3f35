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
from freshness import tags
from freshness.collecting import depends_on
from ratings import markup, pieces
from ratings.looks import threads_html
from ratings.models import Comment, RatingSummary
from ratings.molds import mark, mold, rendered
from ratings.pieces import Line
from ratings.ranking import WEIGHT
from ratings.ranking import top_rated as ranked
from ratings.selection import NoSuchPage, Order, Selection
from ratings.thread import Responses, responses_to

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
def place(name: str) -> SafeString:
    """Mark the place of what depends on readers' responses, which `ratings.pieces` puts there in the end."""
    return pieces.place(name)


@register.simple_tag
def threads(responses: Responses, article: ArticlePage, closed: bool, preview: bool) -> SafeString:
    """Show the threads of a page of comments under `article`."""
    return threads_html(responses.threads, article, closed=closed, preview=bool(preview))


@register.simple_tag
def comments_selected(responses: Responses, article: ArticlePage) -> SafeString:
    """Show which of the comments under `article` are shown, and lead to the others."""
    choices = orders(responses) if responses.count > 1 else ()
    return rendered(
        "ratings/comments_selected.html",
        selection=responses.selection,
        orders=tuple(choices),
        all_of_them=article.url,
    )


@register.simple_tag
def write_form(responses: Responses, article: ArticlePage, preview: bool) -> SafeString:
    """Show the form to comment on `article`."""
    return rendered(
        "ratings/write_form.html",
        article=article.pk,
        preview=bool(preview),
        closes_at=responses.closes_at,
        closed_from=responses.closed_from,
        closed_until=responses.closed_until,
    )


@register.simple_tag
def histogram_row(stars: int, votes: int, share: int) -> SafeString:
    """Show how many readers gave so many stars, and what share of all that is, in percent."""
    marks = (("votes", mark("votes")), ("share", mark("share")))
    row = mold("ratings/histogram_row.html", (("stars", stars),), marks)
    return row.filled({"votes": str(votes), "share": str(share)})


@register.simple_tag
def rating_line(summary: RatingSummary) -> SafeString:
    """Show the line that sums the ratings up."""
    return rendered("ratings/rating_line.html", summary=Line(summary.mean, summary.count))


@register.simple_tag
def rating_summaries(articles: Iterable[ArticlePage]) -> dict[int, RatingSummary]:
    """Return the summaries of all `articles` by article id, in one query for any number of them."""
    depends_on(*(tags.rating(article.pk) for article in articles))
    found = RatingSummary.objects.filter(article__in=[article.pk for article in articles])
    return {summary.article_id: summary for summary in found}


@register.simple_tag
def comment_counts(articles: Iterable[ArticlePage]) -> dict[int, int]:
    """Return how many comments each of `articles` that has any shows, by article id, in one query for all."""
    depends_on(*(tags.comments(article.pk) for article in articles))
    published = Comment.objects.published().filter(article__in=[article.pk for article in articles])
    return dict(published.order_by().values_list("article").annotate(count=Count("pk")))


@register.simple_tag
def top_rated(limit: int) -> list[ArticlePage]:
    """Return the `limit` articles that readers rated best, with all that their cards show."""
    depends_on(tags.ARTICLES, tags.RATINGS)
    return list(ranked(limit=limit).for_cards())


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
