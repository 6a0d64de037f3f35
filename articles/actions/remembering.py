"""Bringing back what readers were told of an article: its versions, corrections, sign-offs and retractions."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from wagtail.models import Revision

from articles.models import ArticlePage, Correction, ImportedFrom, Retraction, SignOff, Version, Waiver

Row = dict[str, Any]


@transaction.atomic
def remember_waivers(article: ArticlePage, rows: list[Row]) -> None:
    """Keep why warnings do not hold `article` up; what was answered here already stays."""
    for row in rows:
        told = {name: row[name] for name in ("message", "reason")} | {"waived_at": _moment(row["waived_at"])}
        Waiver.objects.get_or_create(article_id=article.pk, rule=row["rule"], about=row["about"], defaults=told)


@transaction.atomic
def remember_origin(article: ArticlePage, row: Row) -> None:
    """Keep where `article` was imported from, unless another article here came from there."""
    known = ImportedFrom.objects.filter(source=row["source"], foreign_id=row["foreign_id"])
    if known.exists() or ImportedFrom.objects.filter(article=article).exists():
        return
    article.refresh_from_db(fields=["latest_revision"])
    origin = ImportedFrom.objects.create(
        article_id=article.pk,
        source=row["source"],
        foreign_id=row["foreign_id"],
        digest=row["digest"],
        notes=row["notes"],
        revision_id=article.latest_revision_id if row["is_unedited"] else None,
    )
    ImportedFrom.objects.filter(pk=origin.pk).update(imported_at=_moment(row["imported_at"]))


@transaction.atomic
def remember_history(article: ArticlePage, revision: Revision, history: dict[str, list[Row]]) -> None:
    """Keep the versions, corrections and sign-offs of `article`, which has none; contents are with keys of this site.

    `revision` is what readers are going to read, before it is published: a version or a sign-off of that refers to it.
    A correction can never be taken back, so this is done once, in the transaction that makes the article.
    """
    if article.versions.exists() or article.corrections.exists() or article.sign_offs.exists():
        return
    versions = {row["number"]: _version(article, revision, row) for row in history["versions"]}
    for row in history["corrections"]:
        Correction.objects.create(
            article_id=article.pk,
            wrong=versions.get(row["wrong"]),
            text=row["text"],
            corrected_on=_day(row["corrected_on"]),
            made_at=_moment(row["made_at"]),
        )
    for row in history["sign_offs"]:
        _sign_off(article, revision, row)


@transaction.atomic
def remember_retraction(article: ArticlePage | None, row: Row) -> bool:
    """Keep that an article was taken back; return whether that is new. One that stands at its address comes first."""
    lifted_at = _moment(row["lifted_at"])
    told = {"path": row["path"], "title": row["title"], "reason": row["reason"]}
    same = Retraction.objects.filter(**told, retracted_at=_moment(row["retracted_at"]))
    stands = Retraction.objects.filter(path=row["path"], lifted_at=None)
    if same.exists() or (lifted_at is None and stands.exists()):
        return False
    Retraction.objects.create(**told, article=article, retracted_at=_moment(row["retracted_at"]), lifted_at=lifted_at)
    return True


def _version(article: ArticlePage, revision: Revision, row: Row) -> Version:
    return Version.objects.create(
        article_id=article.pk,
        number=row["number"],
        kind=row["kind"],
        title=row["title"],
        note=row["note"],
        published_at=_moment(row["published_at"]),
        revision=revision if row["is_live"] else None,
        content=_whole(article, row["content"]),
    )


def _sign_off(article: ArticlePage, revision: Revision, row: Row) -> None:
    signed_on = _day(row["signed_on"])
    signed: Revision | None = revision if row["is_live"] else None
    if row["content"] is not None:
        signed = Revision.objects.create(
            content_type=revision.content_type,
            base_content_type=revision.base_content_type,
            object_id=revision.object_id,
            object_str=revision.object_str,
            content=_whole(article, row["content"]),
            created_at=datetime.combine(signed_on, time.min, tzinfo=UTC),
        )
    SignOff.objects.create(
        article_id=article.pk,
        kind=row["kind"],
        reviewer_id=row["reviewer"],
        revision=signed,
        signed_on=signed_on,
        due_on=_day(row["due_on"]),
        changed_on=_day(row["changed_on"]),
        withdrawn_at=_moment(row["withdrawn_at"]),
    )


def _whole(article: ArticlePage, content: Row) -> Any:
    """Return `content` as a revision of `article` stores it, with the bookkeeping of its page."""
    page = article.with_content_json(content | {"pk": article.pk})
    return json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))


def _moment(text: str | None) -> Any:
    return parse_datetime(text) if text else None


def _day(text: str | None) -> Any:
    return parse_date(text) if text else None
