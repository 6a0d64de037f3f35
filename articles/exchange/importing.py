"""Bringing a recognized file into the site: planned first, then applied in one transaction."""

from __future__ import annotations

import hashlib
import json
import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from articles.actions import (
    ArticleContent,
    create_article,
    lock_articles,
    publish_in_spite,
    revise_article,
    topic_named,
)
from articles.blocks.registry import kinds
from articles.exchange.findings import Found, Recognized
from articles.exchange.parts import hand_over
from articles.exchange.recognition import recognize
from articles.exchange.recognizers import block_recognizers
from articles.exchange.report import FileReport
from articles.exchange.source import Refused, Source, read_source
from articles.models import ArticlePage, ImportedFrom
from articles.readiness.gate import NotReady
from authors.actions import author_named
from prose.sanitize import TextTooLong

logger = logging.getLogger(__name__)

SOURCE = "text"
FOREIGN_ID_LENGTH = 500
REASON = "Published by import_articles --publish."
"""Why the warnings of an imported article do not hold it up, unless the operator says otherwise."""
NAMED = "The text does not say what this is called, so it is called as the heading above it. Please name it."
BLOCK_IDS = uuid.UUID("6f1de0d4-3f0a-5d0f-8a53-7f0c1f7a2d11")
"""Namespace of the ids of imported blocks: the same text in the same place keeps its id, and so its anchor."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to import. `author` and `topic` are names; a file that names its own author keeps it."""

    author: str = ""
    topic: str = ""
    publish: bool = False
    reason: str = REASON
    """Kept as the answer to each warning of an article that is published."""
    dry_run: bool = False
    source: str = SOURCE
    foreign_id: str = ""
    """What identifies the file at its source; its resolved path if empty."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an import would do with one file."""

    status: str
    recognized: Recognized
    digest: str
    foreign_id: str
    earlier: ImportedFrom | None
    edited_since: bool = False
    """Whether somebody has edited the article after the import wrote it."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an import made of one file."""

    article: ArticlePage
    status: str
    reason: str = ""
    """A sentence where it went otherwise than the editor may expect."""
    missing: tuple[str, ...] = ()
    """What kept the article from being published."""
    waived: tuple[str, ...] = ()
    """The warnings that it was published in spite of."""


def import_file(path: Path, options: Options) -> FileReport:
    """Import the file at `path` and return what became of it; what is wrong with the file is in the report."""
    try:
        source = read_source(path)
        recognized = recognize(source)
        if options.dry_run:
            return FileReport.of(path, recognized, status=plan_import(source, recognized, options).status)
        with transaction.atomic():
            lock_articles()
            outcome = apply_import(plan_import(source, recognized, options), options)
    except (Refused, TextTooLong) as error:
        return FileReport.refused(path, str(error))
    except ValidationError as error:
        return FileReport.refused(path, " ".join(error.messages))
    except DatabaseError as error:
        logger.exception("%s could not be stored.", path)
        return FileReport.refused(path, f"The article could not be stored: {error}")
    return FileReport.of(
        path,
        recognized,
        status=outcome.status,
        reason=outcome.reason,
        url=outcome.article.full_url,
        missing=outcome.missing,
        waived=outcome.waived,
    )


def files_in(paths: list[Path]) -> Iterator[Path]:
    """Yield every file that `paths` name; of a folder its .txt files, by name. What does not exist is yielded too."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.txt"))
        else:
            yield path


def plan_import(source: Source, recognized: Recognized, options: Options) -> Plan:
    """Return what to do with the file, by what was imported before: the same file is known by its place or its content.

    A copy of a file elsewhere has the same content, and an edited file the same place; either is the article again.
    """
    foreign_id = (options.foreign_id or str(Path(source.path).resolve()))[-FOREIGN_ID_LENGTH:]
    choices = json.dumps([options.author, options.topic])
    content = hashlib.sha256("\n".join(source.lines).encode()).hexdigest()[:32]
    digest = content + hashlib.sha256(choices.encode()).hexdigest()[:32]
    imported = ImportedFrom.objects.filter(source=options.source).select_related("article")
    earlier = (
        imported.filter(foreign_id=foreign_id).first()
        or imported.filter(digest__startswith=content).order_by("pk").first()
    )
    if earlier is None:
        return Plan(status="created", recognized=recognized, digest=digest, foreign_id=foreign_id, earlier=None)
    edited_since = earlier.article.latest_revision_id != earlier.revision_id
    # What was published once and is no longer live was withdrawn by somebody.
    publishes = options.publish and earlier.article.first_published_at is None and not edited_since
    return Plan(
        status="unchanged" if earlier.digest == digest and not publishes else "updated",
        recognized=recognized,
        digest=digest,
        foreign_id=foreign_id,
        earlier=earlier,
        edited_since=edited_since,
    )


@transaction.atomic
def apply_import(plan: Plan, options: Options) -> Outcome:
    """Carry `plan` out.

    In one transaction: the article with its revision, its author and topic, the rating total, and the record that makes
    the import idempotent. An article with errors is not published; it waits as a draft.
    """
    if plan.earlier is not None and plan.status == "unchanged":
        return Outcome(article=plan.earlier.article, status=plan.status)
    if plan.earlier is not None and plan.earlier.digest == plan.digest:
        return _publish(plan.earlier.article, options, status=plan.status, otherwise="unchanged")
    recognized = plan.recognized
    name = recognized.author or options.author
    body, notes = stream_data(recognized)
    content = ArticleContent(
        title=recognized.title,
        body=body,
        summary=recognized.subtitle[:300],
        authors=[author_named(name=name, biography=recognized.biography)] if name else (),
        topics=[topic_named(name=options.topic)] if options.topic else (),
    )
    publish, reason = options.publish, ""
    if plan.earlier is None:
        article = create_article(content=content)
    else:
        article = plan.earlier.article
        withdrawn = not article.live and article.first_published_at is not None
        revise_article(article=article, content=content)
        article.refresh_from_db()
        if plan.edited_since:
            reason = "The article was edited after its last import: the new text waits as a draft over it."
        elif withdrawn:
            reason = "The article was unpublished after its last import: the new text waits as a draft."
        publish = publish and not reason
    ImportedFrom.objects.update_or_create(
        article=article,
        defaults={
            "source": options.source,
            "foreign_id": plan.foreign_id,
            "digest": plan.digest,
            "revision_id": article.latest_revision_id,
            "notes": notes,
        },
    )
    if recognized.rating is not None:
        hand_over("rating", article, recognized.rating)
    if publish:
        return _publish(article, options, status=plan.status, otherwise=plan.status)
    return Outcome(article=article, status=plan.status, reason=reason)


def _publish(article: ArticlePage, options: Options, *, status: str, otherwise: str) -> Outcome:
    """Publish what was imported, or leave it a draft and say what is missing."""
    try:
        waivers = publish_in_spite(article=article, why=lambda _warning: options.reason, by=None, now=timezone.now())
    except NotReady as error:
        reason = "The new text waits as a draft: it is not ready to be published."
        return Outcome(article=article, status=otherwise, reason=reason, missing=tuple(error.messages))
    return Outcome(article=article, status=status, waived=tuple(waiver.message for waiver in waivers))


def stream_data(recognized: Recognized) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Return the body as stream data, and what an editor is asked to confirm, each with the id of its block."""
    body: list[dict[str, Any]] = []
    notes: list[dict[str, str]] = []
    heading = recognized.title
    for number, found in enumerate(recognized.blocks):
        block_id = str(uuid.uuid5(BLOCK_IDS, f"{recognized.title}\0{number}\0{found.kind}\0{found.text}"))
        value = block_recognizers()[found.kind].named(found.value, heading)
        body.append({"type": found.kind, "value": value, "id": block_id})
        confirm = [found.confirm] if found.confirm else []
        if value != found.value:
            confirm.append(NAMED)
        if confirm:
            notes.append({"block": block_id, "kind": found.kind, "text": " ".join(confirm)})
        heading = _heading(found) or heading
    return body, notes


def _heading(found: Found) -> str:
    block = kinds()[found.kind]
    text, _level = block.heading(block.to_python(found.value)) or ("", 0)
    return text
