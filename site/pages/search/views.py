"""The addresses of the search."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from articles.models import ArticlePage, TopicPage
from pages.search.finding import find, suggest
from pages.search.question import Question
from pages.search.terms import count_search

POPULAR = 8
"""So many topics are shown to who has found nothing."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what `?q=` finds, narrowed by `?topic=` and `?kind=`. Writes nothing: it is counted in memory."""
    asked = request.GET
    question = Question.of(asked.get("q", ""), topic=asked.get("topic", ""), kind=asked.get("kind", ""))
    answer = find(question, asked.get("page"))
    is_narrowed = bool(question.topic or question.kind)
    if answer.paging is not None and answer.paging.number == 1 and not is_narrowed and request.method == "GET":
        count_search(question.text, 0 if answer.is_partial else answer.total)
    topics = [] if answer.results else popular_topics()
    context = {
        "answer": answer,
        "question": question,
        "popular": topics,
        "canonical": settings.ALMANAC_URL + reverse("pages:search"),
    }
    return render(request, "search/search.html", context)


def popular_topics() -> list[TopicPage]:
    """Return the topics of most articles, of those that have a published one."""
    # Counted without a look at the articles: a draft more or less makes no topic popular.
    rows = ArticlePage.topics.through.objects.filter(topicpage=OuterRef("pk")).order_by()
    number = rows.values("topicpage").annotate(number=Count("pk")).values("number")
    topics = TopicPage.objects.published().filter(Exists(rows.filter(articlepage__live=True)))
    return list(topics.annotate(number=Subquery(number)).order_by("-number", "title")[:POPULAR])


@require_safe
@conditional_page
@cache_control(public=True, max_age=300)
def suggestions(request: HttpRequest) -> JsonResponse:
    """Answer with titles and addresses of the pages that `?q=` may be the beginning of."""
    pages = suggest(request.GET.get("q", ""))
    found = [{"title": page.title, "address": page.get_url(request)} for page in pages]
    return JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False})
