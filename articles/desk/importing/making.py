"""Making drafts of what was read: one transaction an article, on from where it stood."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.actions import lock_articles
from articles.actions.importing import (
    DecidedMeanwhile,
    credit,
    end_import_if_done,
    held_item,
    settle_item,
)
from articles.desk.importing.access import may_import, within_rights
from articles.desk.importing.looking import Look, look_at, options_of
from articles.desk.importing.reading import Numbered, entries_of, file_of
from articles.exchange.applying import Outcome, apply_plan
from articles.exchange.documents import Document, Ignored, Unreadable
from articles.exchange.findings import Recognized
from articles.exchange.importing import REFUSALS, sentence
from articles.exchange.pictures import Brought, pictures_for
from articles.exchange.planning import plan_document
from articles.models import ArticlePage, ImportItem, ImportRun
from findable.once import once_each

NONE = Brought(pictures={}, problems={})

logger = logging.getLogger(__name__)


class NotMade(Exception):
    """An item became no article. The reason is one sentence."""


def make_draft(item: ImportItem, *, version: int | None, by: User) -> ImportItem:
    """Make a draft of `item` in one transaction, as `by` may, and return the item.

    Raises NotMade with the reason in a sentence, DecidedMeanwhile if it is not the one with this `version`.
    """
    look = look_at(item)
    if look.recognized is None:
        raise NotMade(look.refusal)
    options = options_of(item.run, item)
    document, recognized, withheld = within_rights(look.document, look.recognized, by, author=options.author)
    try:
        # Before anything is locked: pictures take their time.
        is_here = plan_document(document, recognized, options).status == "unchanged"
        pictures = NONE if is_here else pictures_for(document, recognized)
        with transaction.atomic(), once_each():
            lock_articles()
            current = held_item(item, item.version if version is None else version)
            plan = plan_document(document, recognized, options)
            if plan.earlier and plan.status == "updated":
                _check_may_edit(plan.earlier.article, by)
            outcome = apply_plan(plan, options, pictures)
            if outcome.status != "unchanged":
                credit(article=outcome.article, by=by, is_new=outcome.status == "created")
            return settle_item(
                item=current,
                state=outcome.status,
                reason=outcome.reason,
                article=outcome.article,
                report=report_of(look, recognized, outcome, withheld),
            )
    except REFUSALS as error:
        raise NotMade(sentence(error)) from error


def make_on(run: ImportRun, *, most: int, seconds: float) -> ImportRun:
    """Make about `most` drafts more, for no longer than `seconds` and one article; return the import as it is then.

    An item that cannot become an article is refused, with its reason, and the next one follows.
    """
    until, by = monotonic() + seconds, run.started_by
    if by is None or not may_import(by):
        return run
    with ExitStack() as stack:
        again: _Again | None = None
        for item in waiting(run)[:most]:
            run.refresh_from_db()
            if run.state != ImportRun.State.APPLYING or monotonic() > until:
                return run
            try:
                if item.document.get("is_restored"):
                    again = again or _Again(entries_of(run, stack.enter_context(file_of(run))))
                    _restore(item, again, by)
                else:
                    make_draft(item, version=None, by=by)
            except DecidedMeanwhile:
                continue
            except NotMade as error:
                refuse(item, str(error))
            except Exception:  # a mistake of ours must not hold up the others
                logger.exception("%s could not become an article.", item)
                refuse(item, _("It could not be made an article."))
    return end_import_if_done(run=run, now=timezone.now())


def waiting(run: ImportRun) -> Any:
    """Return the items of `run` of which nothing has become yet, in their order."""
    return run.items.filter(state=ImportItem.State.WAITING).order_by("number").select_related("run")


@transaction.atomic
def refuse(item: ImportItem, reason: str) -> None:
    """Keep why `item` becomes no article, unless somebody made one of it meanwhile."""
    try:
        settle_item(item=held_item(item), state=ImportItem.State.REFUSED, reason=reason, report={})
    except DecidedMeanwhile:
        return


def report_of(look: Look, recognized: Recognized, outcome: Outcome, withheld: list[str]) -> dict[str, Any]:
    """Return what stays readable of an item when its upload is gone: what did not come along, and why."""
    return {
        "removed": [[each.what, each.count] for each in look.document.removed],
        "outside": [[part.kind, part.first, part.last, part.text] for part in recognized.outside],
        "notes": [*outcome.notes, *withheld],
        "missing": list(outcome.missing),
        "lost": list(recognized.words.lost),
    }


def _check_may_edit(article: ArticlePage, by: User) -> None:
    """Raise NotMade if the article that would be updated is not for `by` to edit (now)."""
    allowed = article.permissions_for_user(by)
    if not allowed.can_edit() or allowed.page_locked():
        raise NotMade(_("It would change “%(title)s”, which you may not edit (now).") % {"title": article.title})


class _Again:
    """The entries of a file, read once more for what cannot wait in the database, on from one number to the next."""

    def __init__(self, entries: Iterator[Numbered]) -> None:
        self.entries = entries

    def entry(self, number: int) -> Any:
        """Return the entry with this number; raises NotMade if there is none (any more)."""
        found = next((entry for at, entry in self.entries if at == number), None)
        if found is None or isinstance(found, Document | Unreadable | Ignored):
            raise NotMade(_("The file reads differently now. Please upload it again."))
        return found


def _restore(item: ImportItem, again: _Again, by: User) -> None:
    """Bring a record of our own export in. It may be anything, so only who administers the site may."""
    if not by.is_superuser:
        raise NotMade(_("Only a superuser can bring back what an export of this site holds."))
    entry = again.entry(item.number)
    try:
        with transaction.atomic():
            current = held_item(item)
            restored = entry.restore(dry_run=False)
            settle_item(item=current, state=restored.status, reason=restored.reason, report={"url": restored.url})
    except REFUSALS as error:
        raise NotMade(sentence(error)) from error
