"""What the article page shows of its readers' responses."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from articles.models import ArticlePage
from ratings import markup
from ratings.models import RatingSummary
from ratings.thread import Responses, responses_to

register = template.Library()


@register.simple_tag(takes_context=True)
def responses(context: dict[str, Any], article: ArticlePage) -> Responses:
    """Return rating and comments of `article`, from the place that `?after=` names. An unsaved article has none."""
    if article.pk is None:
        return Responses(summary=RatingSummary(), count=0, threads=[], more_after="")
    request = context.get("request")
    return responses_to(article, after=request.GET.get("after", "") if request else "")


@register.inclusion_tag("ratings/rating_line.html")
def rating_line(summary: RatingSummary) -> dict[str, Any]:
    """Show the line that sums the ratings up."""
    return {"summary": summary}


@register.simple_tag
def rating_summaries(articles: Any) -> dict[int, RatingSummary]:
    """Return the summaries of all `articles` by article id, in one query for any number of them."""
    found = RatingSummary.objects.filter(article__in=[article.pk for article in articles])
    return {summary.article_id: summary for summary in found}


@register.filter
def of(summaries: dict[int, RatingSummary], article: ArticlePage) -> RatingSummary | None:
    """Return the summary of `article` among `summaries`."""
    return summaries.get(article.pk)


@register.filter
def comment_html(text: str) -> SafeString:
    """Return a comment's text as it is shown: formatted and safe."""
    return markup.comment_html(text)
