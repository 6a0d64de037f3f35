"""The records of an export, one for each thing, in JSON's own types."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, PageViewRestriction, Revision

from articles.exchange.almanac.content import exported
from articles.exchange.almanac.naming import KINDS, Names
from articles.exchange.parts import written
from articles.models import ArticlePage, Retraction, Source
from pictures.models import Picture

Record = dict[str, Any]

OF_SOURCE = (
    "title", "authors", "publication", "year", "tier", "doi", "pmid", "isbn", "url", "accessed_on"
)  # fmt: skip
OF_PICTURE = (
    "title", "description", "credit", "license", "license_url", "source_url",
    "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
)  # fmt: skip
OF_REDIRECT = ("is_permanent", "redirect_page_route_path", "redirect_link", "automatically_created")
OF_WAIVER = ("rule", "about", "message", "reason", "waived_at")
OF_VERSION = ("number", "kind", "title", "note", "published_at")
OF_CORRECTION = ("text", "corrected_on", "made_at")
OF_SIGN_OFF = ("kind", "signed_on", "due_on", "changed_on", "withdrawn_at")
OF_RETRACTION = ("path", "title", "reason", "retracted_at", "lifted_at")
GROUPS = PageViewRestriction.GROUPS
STRICTEST_FIRST = (PageViewRestriction.PASSWORD, GROUPS, PageViewRestriction.LOGIN)
OF_IMPORT = ("source", "foreign_id", "digest", "notes", "imported_at")


class Encoder(DjangoJSONEncoder):
    """Writes moments in UTC to the millisecond, always with three digits: Django leaves out what is zero."""

    def default(self, o: Any) -> Any:
        """Return `o` in JSON's own types."""
        if isinstance(o, datetime):
            return o.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return super().default(o)


def line(record: Record) -> str:
    """Return `record` as one line of JSON, the same for the same record."""
    return json.dumps(record, cls=Encoder, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def told(thing: Model, names: Iterable[str]) -> Record:
    """Return what `thing` says in the fields called so."""
    return {name: getattr(thing, name) for name in names}


def picture_record(picture: Picture, names: Names) -> Record:
    """Return what is told of `picture` beside its file, which has the same key."""
    tags = sorted(tag.name for tag in picture.tags.all())
    return told(picture, OF_PICTURE) | {
        "kind": "picture",
        "key": names(Picture, picture.pk),
        "tags": tags,
        "ending": PurePosixPath(picture.file.name).suffix.lower().removeprefix("."),
    }


def document_record(document: Any, names: Names) -> Record:
    """Return what is told of `document` beside its file, which has the same key."""
    tags = sorted(tag.name for tag in document.tags.all())
    key = names(get_document_model(), document.pk)
    return {"kind": "document", "key": key, "title": document.title, "name": document.filename, "tags": tags}


def source_record(source: Source, names: Names) -> Record:
    """Return `source`; whether its link still leads anywhere, each site finds out itself."""
    return told(source, OF_SOURCE) | {"kind": "source", "key": names(Source, source.pk)}


def place_row(page: Page, above: Page | None, names: Names) -> Record:
    """Return where `page` stands, so that others can name it before its own record has come."""
    kind = next(kind for kind, model in KINDS.items() if isinstance(page, model))
    row = {"kind": kind, "key": names(Page, page.pk), "title": page.title, "slug": page.slug}
    return row | ({"above": names(Page, above.pk)} if above is not None else {})


def page_record(page: Page, names: Names) -> Record:
    """Return `page` with what readers read of it, and the draft over that if there is one.

    `page` comes from `articles.exchange.writing.selection`, with its revisions.
    """
    kind = next(kind for kind, model in KINDS.items() if isinstance(page, model))
    published = _content(page, page.live_revision, names) if page.live else None
    draft = _content(page, page.latest_revision, names)
    # The topmost topic is as old as its site.
    is_top = page.pk == names.top
    record = {
        "kind": kind,
        "key": names(Page, page.pk),
        "title": page.title,
        "published": published,
        "draft": None if draft == published else draft,
        "first_published_at": None if is_top else page.first_published_at,
        "last_published_at": None if is_top else page.last_published_at,
        "is_expired": page.expired,
        "is_scheduled": any(each.approved_go_live_at for each in (page.latest_revision,) if each),
        "restriction": _restriction(page),
    }
    return record | (_of_article(page, names) if isinstance(page, ArticlePage) else {})


def retraction_record(retraction: Retraction, names: Names) -> Record:
    """Return that an article was taken back, which outlives the article."""
    article = names(Page, retraction.article_id) if retraction.article_id else None
    return told(retraction, OF_RETRACTION) | {"kind": "retraction", "article": article}


def redirect_row(redirect: Redirect, names: Names) -> Record:
    """Return an old address and where it leads."""
    page = names(Page, redirect.redirect_page_id) if redirect.redirect_page_id else None
    return told(redirect, OF_REDIRECT) | {"from": redirect.old_path, "page": page}


def _content(page: Page, revision: Revision | None, names: Names) -> Record:
    stored = revision.content if revision else json.loads(json.dumps(page.serializable_data(), cls=Encoder))
    return exported(type(page), stored, names)


def _restriction(page: Any) -> Record | None:
    """Return who may read `page`, if not everybody: the one restriction that is as strict as all that are in force.

    No password is ever told.
    """
    found = page.restrictions_in_force
    kinds = {each.restriction_type for each in found}
    kind = next((kind for kind in STRICTEST_FIRST if kind in kinds), None)
    if kind is None:
        return None
    named = [{group.name for group in each.groups.all()} for each in found if each.restriction_type == GROUPS]
    return {"type": kind, "groups": sorted(set.intersection(*named)) if kind == GROUPS else []}


def _of_article(article: ArticlePage, names: Names) -> Record:
    waivers = sorted(article.waivers.all(), key=lambda each: (each.rule, each.about))
    imported = getattr(article, "imported_from", None)
    rating, origin = written("rating", article), None
    if imported is not None:
        is_unedited = imported.revision_id is not None and imported.revision_id == article.latest_revision_id
        origin = told(imported, OF_IMPORT) | {"is_unedited": is_unedited}
    return {
        "waivers": [told(waiver, OF_WAIVER) for waiver in waivers],
        "imported_from": origin,
        "parts": {"rating": {"mean": str(rating.mean), "count": rating.count}} if rating else {},
        "history": _history(article, names),
    }


def _history(article: ArticlePage, names: Names) -> Record:
    """Return what readers were told of the article, and who vouched for it."""
    return {
        "versions": [
            told(each, OF_VERSION)
            | {
                "content": exported(ArticlePage, each.content, names),
                "is_live": each.revision_id is not None and each.revision_id == article.live_revision_id,
            }
            for each in sorted(article.versions.all(), key=lambda each: each.number)
        ],
        "corrections": [
            told(each, OF_CORRECTION) | {"wrong": each.wrong.number if each.wrong else None}
            for each in sorted(article.corrections.all(), key=lambda each: each.pk)
        ],
        "sign_offs": [
            told(each, OF_SIGN_OFF)
            | {
                "reviewer": names(Page, each.reviewer_id),
                "is_live": each.revision_id is not None and each.revision_id == article.live_revision_id,
                "content": exported(ArticlePage, each.revision.content, names)
                if each.revision and each.revision_id != article.live_revision_id
                else None,
            }
            for each in sorted(article.sign_offs.all(), key=lambda each: each.pk)
        ],
    }
