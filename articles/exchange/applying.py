"""Carrying out what was planned: one document, one transaction."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.actions import (
    ArticleContent,
    create_article,
    publish_in_spite,
    redirects_for,
    revise_article,
    topic_along,
    topic_named,
)
from articles.blocks.registry import kinds
from articles.exchange.findings import Found, Recognized
from articles.exchange.parts import hand_over
from articles.exchange.pictures import Brought
from articles.exchange.planning import Options, Plan
from articles.exchange.recognizers import block_recognizers
from articles.models import ArticlePage, ImportedFrom, TopicPage
from articles.readiness.gate import NotReady
from authors.actions import author_named
from authors.models import AuthorPage

NAMED = "The text does not say what this is called, so it is called as the heading above it. Please name it."
NO_PICTURES = Brought(pictures={}, problems={})
BLOCK_IDS = uuid.UUID("6f1de0d4-3f0a-5d0f-8a53-7f0c1f7a2d11")
"""Namespace of the ids of imported blocks: the same text in the same place keeps its id, and so its anchor."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an import made of one document."""

    article: ArticlePage
    status: str
    reason: str = ""
    """A sentence where it went otherwise than the editor may expect."""
    missing: tuple[str, ...] = ()
    """What kept the article from being published."""
    waived: tuple[str, ...] = ()
    """The warnings that it was published in spite of."""
    notes: tuple[str, ...] = ()
    """What could not be brought along, a sentence each."""


@transaction.atomic
def apply_plan(plan: Plan, options: Options, pictures: Brought) -> Outcome:
    """Carry `plan` out, with the `pictures` that its document names; the caller holds the lock of all articles.

    In one transaction: the article with its revision, its people, topics and pictures, what other apps receive, and
    the record that makes the import idempotent. An article with errors is not published; it waits as a draft.
    """
    if plan.earlier is not None and plan.status == "unchanged":
        return Outcome(article=plan.earlier.article, status=plan.status)
    if plan.earlier is not None and plan.earlier.digest == plan.digest:
        return _publish(plan.earlier.article, options, status=plan.status, otherwise="unchanged")
    body, notes = stream_data(plan.recognized, pictures)
    article = _written(plan, article_content(plan, options, body, pictures))
    told = (
        *plan.document.details.notes,
        *pictures.problems.values(),
        *redirects_for(article=article, addresses=plan.document.details.addresses).notes,
    )
    ImportedFrom.objects.update_or_create(
        article=article,
        defaults={
            "source": plan.source,
            "foreign_id": plan.foreign_id,
            "digest": plan.digest,
            # A text that waits over an editor's own stays one that was edited, so that the next import waits as well.
            "revision_id": plan.earlier.revision_id
            if plan.earlier and plan.edited_since
            else article.latest_revision_id,
            "notes": notes + [{"block": "", "kind": "", "text": sentence} for sentence in told],
        },
    )
    if plan.recognized.rating is not None:
        hand_over("rating", article, plan.recognized.rating)
    for name, part in plan.document.parts.items():
        hand_over(name, article, part)
    reason = _why_it_waits(plan)
    if plan.publish and not reason:
        return _publish(article, options, status=plan.status, otherwise=plan.status, notes=told)
    return Outcome(article=article, status=plan.status, reason=reason, notes=told)


def article_content(plan: Plan, options: Options, body: list[dict[str, Any]], pictures: Brought) -> ArticleContent:
    """Return what the article is to hold. What its text says itself comes before what stands beside it."""
    recognized, details = plan.recognized, plan.document.details
    return ArticleContent(
        title=recognized.title,
        body=body,
        summary=(details.summary or recognized.subtitle)[:300],
        search_description=details.description[:255],
        authors=_authors(plan, options),
        topics=_topics(plan, options),
        tags=[tag[:100] for tag in details.tags],
        slug=details.slug,
        published_at=details.published_at,
        revised_on=details.revised_on,
        hero=pictures.pictures.get(details.hero),
        hero_alt=details.hero_alt[:300],
    )


def _authors(plan: Plan, options: Options) -> list[AuthorPage]:
    recognized = plan.recognized
    if recognized.author:
        return [author_named(name=recognized.author, biography=recognized.biography)]
    writers = plan.document.details.authors
    if writers:
        return [author_named(name=writer.name, biography=writer.biography) for writer in writers]
    return [author_named(name=options.author, biography=recognized.biography)] if options.author else []


def _topics(plan: Plan, options: Options) -> list[TopicPage]:
    found = [topic_along(names=names) for names in plan.document.details.topics]
    return found or ([topic_named(name=options.topic)] if options.topic else [])


def _written(plan: Plan, content: ArticleContent) -> ArticlePage:
    """Return the article with its new content: made, or revised as a draft."""
    if plan.earlier is None:
        return create_article(content=content)
    article = plan.earlier.article
    revise_article(article=article, content=content)
    article.refresh_from_db()
    return article


def _why_it_waits(plan: Plan) -> str:
    if plan.publish and not plan.recognized.blocks:
        return "It holds no text, so it waits as a draft."
    if plan.edited_since:
        return "The article was edited after its last import: the new text waits as a draft over it."
    if plan.withdrawn:
        return "The article was unpublished after its last import: the new text waits as a draft."
    return ""


def _publish(
    article: ArticlePage, options: Options, *, status: str, otherwise: str, notes: tuple[str, ...] = ()
) -> Outcome:
    """Publish what was imported, or leave it a draft and say what is missing."""
    try:
        waivers = publish_in_spite(article=article, why=lambda _warning: options.reason, by=None, now=timezone.now())
    except NotReady as error:
        reason = "The new text waits as a draft: it is not ready to be published."
        return Outcome(article=article, status=otherwise, reason=reason, missing=tuple(error.messages), notes=notes)
    return Outcome(article=article, status=status, waived=tuple(waiver.message for waiver in waivers), notes=notes)


def stream_data(
    recognized: Recognized, pictures: Brought = NO_PICTURES
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return the body as stream data, and what an editor is asked to confirm, each with the id of its block."""
    body: list[dict[str, Any]] = []
    notes: list[dict[str, str]] = []
    heading = recognized.title
    for number, found in enumerate(recognized.blocks):
        block_id = str(uuid.uuid5(BLOCK_IDS, f"{recognized.title}\0{number}\0{found.kind}\0{found.text}"))
        value = block_recognizers()[found.kind].named(pictures.value_of(found), heading)
        body.append({"type": found.kind, "value": value, "id": block_id})
        confirm = [found.confirm] if found.confirm else []
        if value != pictures.value_of(found):
            confirm.append(NAMED)
        confirm += filter(None, [pictures.problem_of(found)])
        if confirm:
            notes.append({"block": block_id, "kind": found.kind, "text": " ".join(confirm)})
        heading = _heading(found) or heading
    return body, notes


def _heading(found: Found) -> str:
    block = kinds()[found.kind]
    text, _level = block.heading(block.to_python(found.value)) or ("", 0)
    return text
