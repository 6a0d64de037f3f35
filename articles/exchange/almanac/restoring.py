"""Bringing the records of an export into a site, each in one transaction, as often as one likes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision

from articles.actions import redirecting, remembering
from articles.actions.restoring import Restoration, draft_over, is_place, restore_page, take_place
from articles.exchange.almanac.content import exported, restored
from articles.exchange.almanac.files import (
    Media,
    bring_document,
    bring_picture,
    bring_source,
    look_up_document,
    look_up_picture,
)
from articles.exchange.almanac.naming import KINDS, Known, Names
from articles.exchange.almanac.records import OF_REDIRECT, Encoder, Record
from articles.exchange.documents import Restored
from articles.exchange.parts import hand_over
from articles.exchange.source import Refused
from articles.models import ArticleIndexPage, ArticlePage, Source
from authors.models import AuthorIndexPage
from pictures.models import Picture

REASON = "Published as on the site where it comes from."
"""The answer to warnings that nobody answered there."""


@dataclass(frozen=True, kw_only=True)
class Trust:
    """What the importer answers for."""

    trusted: bool = False
    """Whether sign-offs, versions, corrections and retractions come along: on the word of the site's operator alone."""
    reason: str = REASON


class Restoring:
    """An import that is going on: what the keys of its records stand for here, and where its files lie."""

    def __init__(self, media: Media) -> None:
        self.media = media
        self.known = Known()
        self._names: Names | None = None

    def restore(self, record: Record, trust: Trust) -> Restored:
        """Bring `record` into the site; raises Refused, ValidationError or DatabaseError, and then writes nothing."""
        manner = MANNERS.get(str(record.get("kind")))
        if manner is None:
            raise Refused(
                f"Records of the kind “{record.get('kind')}” are not known here; they come from a newer Almanac."
            )
        known = len(self.known)
        try:
            with transaction.atomic():
                return manner(self, record, trust)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            self.known.forget_all_but(known)
            raise Refused(f"The record is not whole: {type(error).__name__}, {error}.") from error
        except Exception:
            self.known.forget_all_but(known)
            raise

    def plan(self, record: Record, trust: Trust) -> Restored:
        """Return what would become of `record`, or raise what `restore` would; nothing is written, no file stored."""
        known, kind = len(self.known), record.get("kind")
        if kind in KINDS and not self.is_here(record):
            return Restored(status="created")
        if kind in FILES:
            return self._plan_file(record)
        with transaction.atomic():
            found = self.restore(record, trust)
            transaction.set_rollback(True)
        if found.status == "created":
            self.known.forget_all_but(known)
        return found

    def _plan_file(self, record: Record) -> Restored:
        """Storage cannot be rolled back: files are only looked up."""
        model = Picture if record["kind"] == "picture" else get_document_model()
        try:
            found = FILES[record["kind"]](record, self.media)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise Refused(f"The record is not whole: {type(error).__name__}, {error}.") from error
        if isinstance(found, int):
            return self.told(model, record, (found, False))
        return Restored(status="created")

    def is_here(self, record: Record) -> bool:
        """Return whether the page that `record` tells of has its place."""
        return self.known(Page, record.get("key")) is not None

    def names(self) -> Names:
        """Return how everything that is here would be named, to compare it with what comes."""
        if self._names is None:
            self._names = Names()
            for model in (Picture, get_document_model()):
                self._names.tell(model, {key: str(key) for key in model.objects.values_list("pk", flat=True)})
        return self._names

    def forget_names(self) -> None:
        """Look again: something was made."""
        self._names = None

    def told(self, model: type[models.Model], record: Record, found: tuple[int, bool]) -> Restored:
        """Note what the key of `record` stands for, and return what became of it."""
        key, is_new = found
        self.known.tell(model, record["key"], key)
        if is_new:
            self.forget_names()
        return Restored(status="created" if is_new else "unchanged")


def _picture(restoring: Restoring, record: Record, trust: Trust) -> Restored:
    return restoring.told(Picture, record, bring_picture(record, restoring.media, trusted=trust.trusted))


def _document(restoring: Restoring, record: Record, trust: Trust) -> Restored:
    return restoring.told(get_document_model(), record, bring_document(record, restoring.media))


def _source(restoring: Restoring, record: Record, trust: Trust) -> Restored:
    return restoring.told(Source, record, bring_source(record))


def _places(restoring: Restoring, record: Record, trust: Trust) -> Restored:
    made = sum(_place(restoring, row) for row in record["pages"])
    restoring.forget_names()
    return Restored(status="created" if made else "unchanged")


def _place(restoring: Restoring, row: Record) -> bool:
    model = KINDS[row["kind"]]
    if "above" in row:
        key = restoring.known(Page, row["above"])
        if key is None:
            raise Refused(f"The topic above “{row['title']}” is missing.")
        above = Page.objects.get(pk=key)
    else:
        above = (ArticleIndexPage if model is ArticlePage else AuthorIndexPage).objects.get()
    return take_place(model=model, key=uuid.UUID(row["key"]), title=row["title"], slug=row["slug"], above=above)


def _page(restoring: Restoring, record: Record, trust: Trust) -> Restored:
    """Make the page what it was. One that is here already keeps what it says: another text waits as a draft over it."""
    model = KINDS[record["kind"]]
    page = model.objects.filter(pk=restoring.known(Page, record["key"])).first()
    if page is None:
        raise Refused("Its place is missing: the record that takes it was refused, or was not in the file.")
    contents = {
        name: None if record[name] is None else restored(model, record[name], restoring.known)
        for name in ("published", "draft")
    }
    newest = contents["draft"] or contents["published"]
    if newest is None:
        raise Refused("It says nothing.")
    if not is_place(page):
        return _differing(restoring, page, model, newest)
    remember = _remembering(restoring, record, trust) if model is ArticlePage else lambda page, revision: None
    notes = restore_page(
        page,
        Restoration(
            published=contents["published"],
            draft=contents["draft"],
            first_published_at=_moment(record["first_published_at"]),
            last_published_at=_moment(record["last_published_at"]),
            is_expired=bool(record["is_expired"]),
            is_scheduled=bool(record["is_scheduled"]),
            restriction=record["restriction"],
            reason=trust.reason,
            remember=remember,
        ),
    )
    if isinstance(page, ArticlePage):
        page.refresh_from_db()
        _after(page, record)
    page.refresh_from_db()
    return Restored(status="created", reason=" ".join(notes), url=page.full_url if page.live else None)


def _differing(restoring: Restoring, page: Page, model: type[Page], newest: dict[str, Any]) -> Restored:
    names = restoring.names()
    here = page.get_latest_revision_as_object().serializable_data()
    if _normal(model, here, names) == _normal(model, newest, names):
        return Restored(status="unchanged", url=page.full_url if page.live else None)
    draft_over(page, newest)
    reason = _("It is here already and says something else: the text of the file waits as a draft over it.")
    return Restored(status="updated", reason=reason, url=page.full_url if page.live else None)


def _normal(model: type[Page], stored: dict[str, Any], names: Names) -> Any:
    return exported(model, json.loads(json.dumps(stored, cls=Encoder)), names)


def _remembering(restoring: Restoring, record: Record, trust: Trust) -> Callable[[Page, Revision], None]:
    """Return what is done with the article between its first revision and its publication."""
    known = restoring.known

    def content(row: Record) -> Record:
        kept = row["content"] and restored(ArticlePage, row["content"], known)
        return row | {"content": kept} | ({"reviewer": known(Page, row["reviewer"])} if "reviewer" in row else {})

    def remember(article: Any, revision: Revision) -> None:
        remembering.remember_waivers(article, record["waivers"])
        if trust.trusted:
            history = {name: list(rows) for name, rows in record["history"].items()}
            for name in ("versions", "sign_offs"):
                history[name] = [content(row) for row in history[name]]
            history["sign_offs"] = [row for row in history["sign_offs"] if row["reviewer"] is not None]
            remembering.remember_history(article, revision, history)

    return remember


def _after(article: ArticlePage, record: Record) -> None:
    if record["imported_from"]:
        remembering.remember_origin(article, record["imported_from"])
    for name, part in record["parts"].items():
        hand_over(name, article, part)


def _retraction(restoring: Restoring, record: Record, trust: Trust) -> Restored:
    if not trust.trusted:
        return Restored(status="unchanged", reason=_("Retractions are restored on the command line only."))
    article = ArticlePage.objects.filter(pk=restoring.known(Page, record["article"])).first()
    is_new = remembering.remember_retraction(article, record)
    return Restored(status="created" if is_new else "unchanged")


def _redirects(restoring: Restoring, record: Record, trust: Trust) -> Restored:
    moves, missing = [], 0
    for row in record["redirects"]:
        permanent, route, link, automatic = (row[name] for name in OF_REDIRECT)
        key = restoring.known(Page, row["page"]) if row["page"] else None
        missing += not (key or link)
        if key or link:
            moves.append(
                redirecting.Move(
                    old=str(row["from"]),
                    page=Page(pk=key) if key else None,
                    link=str(link or ""),
                    route=route,
                    is_permanent=permanent,
                    is_automatic=automatic,
                )
            )
    kept = redirecting.keep_redirects(moves)
    notes = [*kept.notes, *([_("%(count)d lead to pages that are not here.") % {"count": missing}] if missing else [])]
    return Restored(status="created" if kept.made else "unchanged", reason=" ".join(notes))


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None


MANNERS: dict[str, Callable[[Restoring, Record, Trust], Restored]] = {
    "picture": _picture,
    "document": _document,
    "source": _source,
    "places": _places,
    **dict.fromkeys(KINDS, _page),
    "retraction": _retraction,
    "redirects": _redirects,
}
"""How a record of each kind comes back."""
FILES = {"picture": look_up_picture, "document": look_up_document}
"""The kinds that store a file, and what finds out whether it is here."""
