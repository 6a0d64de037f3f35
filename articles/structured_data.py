"""What machines are told of an article (schema.org)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from articles.citations.describing import source_nodes
from authors.structured_data import person_node
from findable.nodes import Node, node, organization_id, reference
from findable.structured_data import image_id, image_node, page_nodes

if TYPE_CHECKING:
    from articles.chronicle import Event
    from articles.models import ArticlePage


def article_id(article: ArticlePage) -> str:
    """Return the "@id" of `article`, which is not the one of its page."""
    return f"{article.full_url}#article"


def article_nodes(article: ArticlePage) -> list[Node]:
    """Return the nodes of the page, of the article on it, and of its pictures and blocks.

    What readers answer and who has signed it off is known to others: `pages.structured_data` adds it.
    """
    url = article.full_url
    hero = article.hero
    return [
        *page_nodes(
            article,
            mainEntity=reference(article_id(article)),
            primaryImageOfPage=reference(image_id(hero, url)) if hero else None,
        ),
        _article_node(article),
        *([image_node(hero, url, caption=article.hero_alt)] if hero else []),
        *(part for child in article.body for part in child.block.nodes(child.value, url)),
    ]


def _article_node(article: ArticlePage) -> Node:
    url = article.full_url
    others = article.other_contributors()
    return node(
        "Article",
        id=article_id(article),
        headline=article.title,
        description=article.short_description,
        image=[reference(image_id(each, url)) for each in dict.fromkeys(article.pictures())],
        datePublished=_written(article.published_at),
        dateModified=_written(article.modified_at),
        correction=[_correction_node(event) for event in article.chronicle if event.is_correction],
        author=[person_node(contributor.author) for contributor in article.authors()],
        editor=[person_node(contributor.author) for contributor in others if contributor.is_editor],
        contributor=[person_node(contributor.author) for contributor in others if not contributor.is_editor],
        publisher=reference(organization_id()),
        about=[node("Thing", name=topic.title, url=topic.full_url) for topic in article.shown_topics],
        keywords=article.tag_names,
        citation=source_nodes(article.body, url),
        wordCount=article.word_count,
        timeRequired=f"PT{article.reading_minutes}M",
        isPartOf=reference(url),
        mainEntityOfPage=reference(url),
    )


def _correction_node(event: Event) -> Node:
    return node("CorrectionComment", text=event.text, datePublished=event.day.isoformat())


def _written(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
