"""Bringing pages back as an export remembers them: first their places, so that others can name them, then the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.coreutils import find_available_slug
from wagtail.models import Page, PageViewRestriction, Revision

from articles.actions.publishing import publish_in_spite
from articles.models import ArticlePage
from articles.readiness.gate import NotReady


@dataclass(frozen=True, kw_only=True)
class Restoration:
    """What a page is to be again. Contents are as revisions store them, with the keys of this site."""

    published: dict[str, Any] | None
    """What readers read, or None if they saw nothing."""
    draft: dict[str, Any] | None
    """What an editor was writing over that, or None."""
    first_published_at: datetime | None = None
    last_published_at: datetime | None = None
    is_expired: bool = False
    is_scheduled: bool = False
    """Whether the draft was to appear at a time that it says itself."""
    restriction: dict[str, Any] | None = None
    """Who may read it, if not everybody: the `type` of Wagtail's restriction and the names of `groups`."""
    reason: str = ""
    """Kept as the answer to each warning that nobody has answered."""
    remember: Callable[[Page, Revision], None] = field(default=lambda page, revision: None)
    """Called with the page and its newest revision before it is published: what is known of it comes first."""


def is_place(page: Page) -> bool:
    """Return whether `page` is nothing but a place that was taken for it."""
    return page.latest_revision_id is None and not page.live


@transaction.atomic
def take_place(*, model: type[Page], key: UUID, title: str, slug: str, above: Page) -> bool:
    """Let there be a page of `model` with this translation key below `above`; return whether it is new.

    It has a title and an address, and nothing that readers see.
    """
    Page.objects.select_for_update().get(pk=above.pk)
    if model.objects.filter(translation_key=key).exists():
        return False
    above.refresh_from_db()
    page = model(title=title, slug=find_available_slug(above, slug), translation_key=key, live=False)
    above.add_child(instance=page)
    return True


@transaction.atomic
def restore_page(page: Page, restoration: Restoration) -> list[str]:
    """Make `page`, which nobody has written yet, what it was; return what went otherwise, a sentence each.

    What readers saw they see again, if it passes the gate and everybody who could read it may do so here; else it waits
    as a draft. The days on which it appeared stay the same. Raises ValidationError for what no form would take.
    """
    notes: list[str] = []
    _restrict(page, restoration, notes)
    may_appear = not notes
    content = restoration.published or restoration.draft or {}
    written = _with(page, content)
    written.first_published_at = restoration.first_published_at
    slug = find_available_slug(page.get_parent(), written.slug, ignore_page_id=page.pk)
    if slug != written.slug:
        notes.append(_("Its address “%(old)s” was taken: it is “%(new)s” here.") % {"old": written.slug, "new": slug})
        written.slug = slug
    written.save()
    revision = written.save_revision()
    restoration.remember(written, revision)
    if restoration.published is not None and may_appear:
        notes += _publish(written, revision, restoration.reason)
    if restoration.published is not None and restoration.draft is not None:
        page.refresh_from_db()
        revision = _with(page.specific, restoration.draft).save_revision()
    if restoration.is_scheduled and may_appear:
        notes += _schedule(page, revision)
    _keep_days(page, restoration)
    return notes


@transaction.atomic
def draft_over(page: Page, content: dict[str, Any]) -> Revision:
    """Let `content` wait as a draft over what `page` says, and return its revision; raises ValidationError."""
    Page.objects.select_for_update().get(pk=page.pk)
    revision: Revision = _with(page, content).save_revision()
    return revision


def _with(page: Page, content: dict[str, Any]) -> Any:
    """Return `page` with `content`, which is checked as forms would: an address may be a script."""
    written = page.with_content_json(content | {"pk": page.pk})
    for relation in get_all_child_relations(written):
        for child in getattr(written, relation.get_accessor_name()).all():
            _check_fields(child)
    _check_fields(written)
    return written


def _check_fields(thing: Any) -> None:
    """Run the validators of what `thing` says itself; what a draft leaves empty is no fault."""
    fields = thing._meta.concrete_fields
    thing.clean_fields(
        exclude={
            field.name
            for field in fields
            if field.remote_field or getattr(thing, field.attname) in field.empty_values or field.primary_key
        }
    )


def _restrict(page: Page, restoration: Restoration, notes: list[str]) -> None:
    """Let only those read `page` who could before; what is behind a password waits for a new one."""
    restriction = restoration.restriction
    if not restriction:
        return
    kind, names = restriction.get("type"), restriction.get("groups") or []
    groups = list(Group.objects.filter(name__in=names))
    is_known = kind == PageViewRestriction.LOGIN or (kind == PageViewRestriction.GROUPS and len(groups) == len(names))
    if not is_known:
        notes.append(_("Not everybody could read it, and who could is not known here: it waits as a draft."))
        return
    kept, _is_new = PageViewRestriction.objects.get_or_create(page_id=page.pk, restriction_type=kind)
    kept.groups.set(groups)


def _publish(page: Page, revision: Revision, reason: str) -> list[str]:
    if not isinstance(page, ArticlePage):
        revision.publish()
        return []
    now = timezone.now()
    try:
        publish_in_spite(article=page, why=lambda _warning: reason, by=None, now=now)
    except NotReady as error:
        return [_("It waits as a draft: it is not ready to be published."), *error.messages]
    return []


def _schedule(page: Page, revision: Revision) -> list[str]:
    draft = revision.as_object()
    if draft.go_live_at is None or draft.go_live_at <= timezone.now():
        return [_("The time at which it was to appear has passed: it waits as a draft.")]
    try:
        with transaction.atomic():
            revision.publish()
    except NotReady as error:
        return [_("It was to appear at a time, and is not ready: it waits as a draft."), *error.messages]
    return []


def _keep_days(page: Page, restoration: Restoration) -> None:
    Page.objects.filter(pk=page.pk).update(
        first_published_at=restoration.first_published_at,
        last_published_at=restoration.last_published_at,
        expired=restoration.is_expired,
    )
