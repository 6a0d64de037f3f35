"""Who may import, which imports they see, and what of a file they may not bring in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import cast
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from articles.exchange.documents import Document
from articles.exchange.findings import Recognized
from articles.models import ArticleIndexPage, ImportItem, ImportRun, TopicPage

View = Callable[..., HttpResponse]


def may_import(user: User) -> bool:
    """Return whether `user` may add articles."""
    index = ArticleIndexPage.objects.first()
    return bool(user.is_active and index and index.permissions_for_user(user).can_add_subpage())


def adds_pages(user: User) -> bool:
    """Return whether `user` may add pages at all: what menus ask, since Wagtail keeps the answer."""
    return bool(PagePermissionPolicy().user_has_permission(user, "add"))


def may_publish(user: User) -> bool:
    """Return whether `user` may publish articles, and so sees the imports of others."""
    index = ArticleIndexPage.objects.first()
    return bool(user.is_active and index and index.permissions_for_user(user).can_publish_subpage())


def for_importers(view: View) -> View:
    """Let only those in who may add articles; the admin leads others away."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_import(cast(User, request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def runs_of(user: User) -> QuerySet[ImportRun]:
    """Return the imports that `user` sees: their own, and all of them for who may publish articles."""
    runs = ImportRun.objects.select_related("started_by")
    return runs if may_publish(user) else runs.filter(started_by=user)


def run_of(user: User, public_id: UUID) -> ImportRun:
    """Return the import; raises Http404 if there is none, PermissionDenied for one of somebody else's."""
    run: ImportRun = get_object_or_404(ImportRun.objects.select_related("started_by"), public_id=public_id)
    if run.started_by_id != user.pk and not may_publish(user):
        raise PermissionDenied
    return run


def item_of(user: User, public_id: UUID, number: int) -> ImportItem:
    """Return an entry of an import, as `run_of` does."""
    run = run_of(user, public_id)
    item: ImportItem = get_object_or_404(ImportItem, run=run, number=number)
    item.run = run
    return item


def within_rights(document: Document, recognized: Recognized, user: User) -> tuple[Document, Recognized, list[str]]:
    """Return both without what only somebody who publishes may bring in, and what that was, a sentence each.

    Readers' comments, a rating total and new topics are seen by readers at once.
    """
    if may_publish(user):
        return document, recognized, []
    withheld = []
    if document.parts:
        document = replace(document, parts={})
        withheld.append(_("Readers’ comments were left out: you may not publish."))
    if recognized.rating:
        recognized = replace(recognized, rating=None)
        withheld.append(_("The rating was left out: you may not publish."))
    topics = document.details.topics
    wanted = {names[-1] for names in topics if names}
    known = set(TopicPage.objects.filter(title__in=wanted).values_list("title", flat=True)) if wanted else set()
    if missing := sorted(wanted - known):
        kept = tuple(names for names in topics if names and names[-1] in known)
        document = replace(document, details=replace(document.details, topics=kept))
        withheld.append(_("New topics were left out: %(names)s.") % {"names": ", ".join(missing)})
    return document, recognized, withheld
