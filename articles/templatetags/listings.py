"""What templates ask about lists of articles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils import timezone

from articles import related
from articles.listing import Letters, Part, Selection
from articles.models import ArticlePage, TopicPage
from articles.models.article_queries import listed_articles
from articles.paging import page_of
from authors.models import AuthorPage

register = template.Library()

PEOPLE_PER_PAGE = 60


@register.simple_tag
def topics_of(articles: Iterable[ArticlePage]) -> dict[int, TopicPage]:
    """Return the first topic of each of `articles` that readers may see, by article id, in two queries for all."""
    rows = ArticlePage.topics.through.objects.filter(articlepage__in=[article.pk for article in articles])
    shown = rows.filter(topicpage__in=TopicPage.objects.published()).select_related("topicpage")
    # The last one stays: the first in the order of the tree.
    return {row.articlepage_id: row.topicpage for row in shown.order_by("-topicpage__path")}


@register.simple_tag
def related_articles(article: ArticlePage) -> list[ArticlePage]:
    """Return what to read after `article`."""
    return related.related_to(article, today=timezone.localdate())


@register.simple_tag(takes_context=True)
def selected(context: dict[str, Any], *names: str) -> Selection:
    """Return what the parameters `names` and `page` of the address ask for; raises Http404 for what there is not."""
    request = context.get("request")
    return Selection.read(request.GET, names) if request else Selection()


@register.simple_tag
def articles_of(author: AuthorPage, selection: Selection) -> Page[ArticlePage]:
    """Return the page of `author`'s articles that `selection` asks for; raises Http404 for a page that is none."""
    articles = listed_articles().of_part(selection.shown_part, author)
    return page_of(articles, selection.page, shown=ArticlePage.objects.for_cards())


@register.simple_tag
def other_parts(author: AuthorPage, selection: Selection) -> list[tuple[Part, Selection, Page[ArticlePage]]]:
    """Return what `author` did beside writing: the part, how to ask for it, and the newest articles of it, if any.

    They stand on the first page of what was written, and nowhere else.
    """
    if selection.page or selection.part:
        return []
    others = [part for part in Part if part != Part.WRITTEN]
    found = [(part, listed_articles().of_part(part, author)) for part in others]
    pages = [(part, page_of(articles, None, shown=ArticlePage.objects.defer("body"))) for part, articles in found]
    return [(part, selection.but(part=part), page) for part, page in pages if page]


@register.simple_tag
def page_of_people(people: QuerySet[AuthorPage], selection: Selection) -> Page[AuthorPage]:
    """Return the page of `people` that `selection` asks for; raises Http404 for a page that is none."""
    return page_of(people, selection.page, PEOPLE_PER_PAGE)


@register.filter
def at_page(selection: Selection | None, number: int) -> str:
    """Return the address of a page of what is selected."""
    return (selection or Selection()).but(page=str(number)).address


@register.filter
def at_letter(selection: Selection, letter: str) -> str:
    """Return the address of what is selected, with titles that begin with `letter`; "" for all titles."""
    return selection.but(letter=letter).address


@register.filter
def offers_choice(letters: Letters) -> bool:
    """Return whether titles begin with more than one of `letters`."""
    return sum(map(bool, letters.values())) > 1


@register.filter
def numbers(page: Page[Any]) -> list[int | str]:
    """Return the numbers of pages to link to from `page`: the first, the last, and those around it; "…" for a gap."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
