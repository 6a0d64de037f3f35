"""The Markdown twin of an article: the same words for those who do not render pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from articles import markdown
from articles.citations.describing import sources_in_markdown
from articles.citations.numbering import citing
from articles.links import links_known
from articles.models import ArticlePage, SignOff, fetch_what_is_shown
from authors.models import AuthorPage
from findable.nodes import absolute


def markdown_url(page: Page) -> str:
    """Return the absolute address of the Markdown twin of `page`; empty for a page that has no address yet."""
    return f"{page.full_url.rstrip('/')}.md" if page.full_url else ""


def markdown_of(article: ArticlePage, today: date) -> str:
    """Return `article` as Markdown, with the sign-offs that hold on `today`.

    Takes the same queries for any number of blocks, people and links.
    """
    prefetch_related_objects([article], "hero__renditions", "contributors__author")
    reviews = article.reviews_in_force(today)
    parts = article.contributors.all()
    people = [*(part.author_id for part in parts), *(review.reviewer_id for review in reviews)]
    published = AuthorPage.objects.live().public().in_bulk({*people} or {0})
    fetch_what_is_shown(article.body)
    with links_known(article.body), citing(article.body) as citations:
        body = [child.block.markdown(child.value) for child in article.body]
    return (
        markdown.together(
            markdown.heading(article.title, 1),
            markdown.quoted(summary) if (summary := markdown.plain(article.summary)) else "",
            markdown.bullets(_facts(article, reviews, published)),
            _hero(article),
            *body,
            sources_in_markdown(citations),
            _corrections(article),
        )
        + "\n"
    )


def _facts(article: ArticlePage, reviews: Iterable[SignOff], published: dict[int, AuthorPage]) -> Iterable[str]:
    """Yield who wrote and checked the article, and when, and where it stands."""
    if authors := [_named(part.author, published) for part in article.authors()]:
        yield _fact(_("By"), ", ".join(authors))
    for part in article.other_contributors():
        yield _fact(str(part.get_role_display()), _named(part.author, published))
    for review in reviews:
        yield _fact(str(review.get_kind_display()), f"{_named(review.reviewer, published)}, {_day(review.signed_on)}")
    if article.published_at:
        yield _fact(_("Published"), _day(article.published_at.date()))
    if article.shown_revision_date:
        yield _fact(_("Updated"), _day(article.shown_revision_date))
    yield _fact(_("Read on the site"), f"<{markdown.address(article.canonical_url)}>")


def _corrections(article: ArticlePage) -> str:
    told = [
        f"{_day(correction.corrected_on)}: {markdown.escaped(correction.text)}"
        for correction in article.corrections.all()
    ]
    return markdown.together(markdown.heading(_("Corrections"), 2), markdown.bullets(told)) if told else ""


def _fact(label: str, words: str) -> str:
    return f"{markdown.escaped(label)}: {words}"


def _day(day: date) -> str:
    return markdown.escaped(date_format(day))


def _named(author: AuthorPage, published: dict[int, AuthorPage]) -> str:
    """Return the name of `author`, as a link if any reader may see their page."""
    if author.pk in published:
        return markdown.link(author.title, published[author.pk].full_url)
    return markdown.escaped(author.title)


def _hero(article: ArticlePage) -> str:
    if not article.hero:
        return ""
    return markdown.image(article.hero_description, absolute(article.hero.largest.file.url))
