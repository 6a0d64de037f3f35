"""What an import would do, before it does anything."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from articles.exchange.documents import Document
from articles.exchange.findings import Recognized
from articles.models import ImportedFrom

FOREIGN_ID_LENGTH = 500
REASON = "Published by import_articles --publish."
"""Why the warnings of an imported article do not hold it up, unless the operator says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How to import. `author` and `topic` are names; a file that names its own author keeps it."""

    author: str = ""
    topic: str = ""
    publish: bool = False
    """Publish what readers saw where it comes from, or what does not say whether they did."""
    reason: str = REASON
    """Kept as the answer to each warning of an article that is published."""
    dry_run: bool = False
    trusted: bool = False
    """Whether the operator answers for the sign-offs, versions and corrections of one of our own exports."""
    download: bool = False
    """Fetch pictures from public web addresses."""
    source: str = ""
    """What the source is called; the name of the format if empty."""
    foreign_id: str = ""
    """What identifies the article at its source; what its document says if empty."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an import would do with one document."""

    status: str
    document: Document
    recognized: Recognized
    source: str
    foreign_id: str
    digest: str
    earlier: ImportedFrom | None
    publish: bool
    """Whether it is to be published."""
    edited_since: bool = False
    """Whether somebody has edited the article after the import wrote it."""
    withdrawn: bool = False
    """Whether somebody has taken the article off the site."""


def plan_document(document: Document, recognized: Recognized, options: Options) -> Plan:
    """Return what to do with `document`, by what was imported before; asks the database and writes nothing.

    An article is known by what identifies it at its source. A file that nothing but its place identifies is known by
    its content too: a copy of it elsewhere is the same article again.
    """
    source = options.source or document.format
    foreign_id = (options.foreign_id or document.foreign_id)[-FOREIGN_ID_LENGTH:]
    content = _digest("\n".join(document.source.lines))
    digest = content + _digest(json.dumps([options.author, options.topic, *_beside(document)], default=str))
    imported = ImportedFrom.objects.filter(source=source).select_related("article")
    earlier = imported.filter(foreign_id=foreign_id).first()
    if earlier is None and document.is_known_by_content:
        earlier = imported.filter(digest__startswith=content).order_by("pk").first()
    plan = Plan(
        status="created",
        document=document,
        recognized=recognized,
        source=source,
        foreign_id=foreign_id,
        digest=digest,
        earlier=earlier,
        publish=options.publish and document.details.is_published is not False,
    )
    if earlier is None:
        return plan
    edited_since = earlier.article.latest_revision_id != earlier.revision_id
    was_live = earlier.article.last_published_at is not None
    publish = plan.publish and not edited_since and (earlier.article.live or not was_live)
    publishes_draft = publish and not was_live
    return replace(
        plan,
        status="unchanged" if earlier.digest == digest and not publishes_draft else "updated",
        publish=publish,
        edited_since=edited_since,
        withdrawn=was_live and not earlier.article.live,
    )


def _beside(document: Document) -> list[Any]:
    """Return what an article is made of beside its lines; nothing where there are only lines."""
    given = [dataclasses.asdict(given) for given in document.source.given]
    details = {name: value for name, value in dataclasses.asdict(document.details).items() if value}
    parts = sorted(document.parts.items())
    return [given, sorted(details.items()), parts] if given or details or parts else []


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
