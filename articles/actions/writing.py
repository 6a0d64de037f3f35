"""Making and revising articles, other than in the editor's own form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from articles.actions.locking import lock_articles
from articles.models import ArticlePage, Contributor, TopicPage
from authors.models import AuthorPage
from pictures.models import Picture
from prose.names import first_named
from prose.slugs import free_slug


@dataclass(frozen=True, kw_only=True)
class ArticleContent:
    """What an article is to hold. `body` is stream data: a list of {"type", "value", "id"}."""

    title: str
    body: list[dict[str, Any]]
    summary: str = ""
    authors: Sequence[AuthorPage] = field(default_factory=tuple)
    topics: Sequence[TopicPage] = field(default_factory=tuple)
    slug: str = ""
    """The address that it would like to have; its title makes one if this is empty."""
    search_description: str = ""
    tags: Sequence[str] = field(default_factory=tuple)
    hero: Picture | None = None
    hero_alt: str = ""
    published_at: datetime | None = None
    """When readers first saw it, elsewhere: its first publication here does not change that."""
    revised_on: date | None = None


@transaction.atomic
def create_article(*, content: ArticleContent, publish: bool = False) -> ArticlePage:
    """Make an article with a slug of its own, as a draft or published, and return it."""
    index = lock_articles()
    article = ArticlePage(
        title=content.title,
        slug=free_slug(content.slug or content.title, index),
        summary=content.summary,
        search_description=content.search_description,
        body=content.body,
        first_published_at=content.published_at,
        live=False,
    )
    index.add_child(instance=article)
    _write(article, content, publish=publish, is_clean=True)
    return article


@transaction.atomic
def revise_article(*, article: ArticlePage, content: ArticleContent, publish: bool = False) -> Revision:
    """Give `article` the new content as a new revision, published or waiting as a draft, and return the revision.

    What the content leaves empty stays as it is: an editor may have added it. So does the address.
    """
    lock_articles()
    current: ArticlePage = article.get_latest_revision_as_object()
    current.title = content.title
    current.body = content.body  # type: ignore[assignment]  # Wagtail is untyped: its field takes stream data
    current.summary = content.summary or current.summary
    current.search_description = content.search_description or current.search_description
    return _write(current, content, publish=publish)


@transaction.atomic
def topic_named(*, name: str, above: TopicPage | None = None) -> TopicPage:
    """Return the topic called `name` (in any case) below `above` or else below the topmost one, anywhere in the tree.

    It is made and published there if there is none.
    """
    top = TopicPage.objects.order_by("depth", "path").first()
    if top is None:
        raise TopicPage.DoesNotExist("The site has no topmost topic; `manage.py migrate` makes it.")
    parent = above or top
    topic = _topic_below(parent, name)
    if topic is None:
        Page.objects.select_for_update().get(pk=top.pk)
        topic = _topic_below(parent, name)
    if topic is None:
        parent.refresh_from_db()
        topic = TopicPage(title=name[:255], slug=free_slug(name, parent))
        parent.add_child(instance=topic)
        topic.save_revision().publish()
    return topic


def _topic_below(parent: TopicPage, name: str) -> TopicPage | None:
    found: TopicPage | None = first_named(name, TopicPage.objects.descendant_of(parent).only("title").order_by("path"))
    return TopicPage.objects.get(pk=found.pk) if found else None


def topic_along(*, names: Sequence[str]) -> TopicPage:
    """Return the topic at the end of the way that `names` go, the topmost first; what is missing of it is made."""
    topic = topic_named(name=names[0])
    for name in names[1:]:
        topic = topic_named(name=name, above=topic)
    return topic


def _write(article: ArticlePage, content: ArticleContent, *, publish: bool, is_clean: bool = False) -> Revision:
    """Give `article` what hangs on it, and store it as a revision. `is_clean` says that its own fields were checked."""
    if content.authors:
        others = [person for person in article.contributors.all() if person.role != Contributor.Role.AUTHOR]
        authors = [Contributor(author=author, role=Contributor.Role.AUTHOR) for author in content.authors]
        article.contributors = [*authors, *others]
    if content.topics:
        article.topics.set(content.topics)
    if content.tags:
        article.tags.set(content.tags)
    if content.hero:
        article.hero, article.hero_alt = content.hero, content.hero_alt
    article.revised_on = content.revised_on or article.revised_on
    revision: Revision = article.save_revision(clean=not is_clean)
    if publish:
        revision.publish()
        article.refresh_from_db()
    return revision
