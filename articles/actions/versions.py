"""Keeping what readers read: a version for each change of substance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.models import Revision

from articles.models import ArticlePage, Version

SUBSTANCE = ("revised_on", "revision_note")
"""What an editor sets anew who changes the substance. Where neither is, a typo was corrected."""

SAID = ("title", "summary", "hero", "hero_alt", "body")
"""What readers read of an article. All else in the content of a revision may differ without a word being another."""


def keep_former_version(*, article: ArticlePage) -> Version | None:
    """Keep what readers read of `article` until now, if nothing of it is kept yet, and return the version.

    For articles from before there were versions. Belongs into the transaction of the next publication, before it.
    """
    found = ArticlePage.objects.filter(pk=article.pk, live=True, versions=None).exclude(live_revision=None)
    stored = found.defer("body").first()
    return keep_version(article=stored) if stored else None


def keep_version(*, article: ArticlePage) -> Version | None:
    """Keep what readers read of `article` from now on, and return the version; None if its substance is the same.

    The same revision is kept once, however often it is published; of an alias, nothing is. Belongs into a transaction
    that holds the lock of the article, as one does that has just saved it: so there are no gaps in the numbers.
    """
    if article.live_revision_id is None or not article.live or article.alias_of_id:
        return None
    # As it is stored: in memory, moments are none of JSON's kinds.
    live = Revision.objects.get(pk=article.live_revision_id)
    latest = article.versions.order_by("-number").first()
    kind = _kind(article, live.content, latest)
    if kind is None:
        return None
    content, before = live.content, latest.content if latest else {}
    note = content.get("revision_note") or ""
    return Version.objects.create(
        article_id=article.pk,
        number=latest.number + 1 if latest else 1,
        kind=kind,
        title=content["title"],
        # A note that stands from an earlier revision tells of that one.
        note=note if kind == Version.Kind.REVISED and note != before.get("revision_note") else "",
        published_at=article.last_published_at or live.created_at,
        revision=live,
        content=content,
    )


def _kind(article: ArticlePage, content: Mapping[str, Any], latest: Version | None) -> Version.Kind | None:
    if latest is None:
        return Version.Kind.REVISED if article.shown_revision_date else Version.Kind.PUBLISHED
    if any(content.get(name) and content[name] != latest.content.get(name) for name in SUBSTANCE):
        return Version.Kind.REVISED
    # Readers were told that the latest one is wrong: whatever says something else is its correction.
    says_something_else = any(content.get(name) != latest.content.get(name) for name in SAID)
    if says_something_else and latest.corrections.exists():
        return Version.Kind.CORRECTED
    return None
