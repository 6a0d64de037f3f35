"""What every action on articles shares: locks, and the refusal that tells an editor why."""

from __future__ import annotations

from wagtail.models import Page

from articles.models import ArticleIndexPage, ArticlePage


class Refused(Exception):
    """What was asked for cannot be done; the message says why, in words for an editor."""


def lock_articles() -> ArticleIndexPage:
    """Return the article index and hold its row lock until the caller's transaction ends.

    It opens no transaction of its own: the lock would end with it, before the caller has written anything.
    Slugs are unique under a parent only in Python, so the lock must be held from the check to the insert.
    """
    index = ArticleIndexPage.objects.get()
    Page.objects.select_for_update().get(pk=index.pk)
    index.refresh_from_db()
    return index


def lock_article(article: ArticlePage) -> ArticlePage:
    """Return `article` as it is stored now, and hold its row lock until the transaction ends."""
    Page.objects.select_for_update().get(pk=article.pk)
    return ArticlePage.objects.get(pk=article.pk)


def named(page: Page) -> dict[str, str]:
    """Return what a sentence names `page` by."""
    return {"title": page.title}
