"""Who may import, which imports they see, and what of a file they may not bring in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

from articles.exchange.documents import Document, Writer
from articles.exchange.findings import Recognized
from articles.models import ArticleIndexPage, ImportItem, ImportRun, TopicPage
from authors.actions import find_author
from prose.names import first_named

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


def within_rights(
    document: Document, recognized: Recognized, user: User, *, author: str = ""
) -> tuple[Document, Recognized, list[str]]:
    """Return both without what only somebody who publishes may bring in, and what that was, a sentence each.

    Readers see at once: comments, a rating total, new topics, redirects, and the biography of an author who has a page.
    `author` is who wrote the article where it names nobody.
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
    details = document.details
    known = tuple(names for names in details.topics if names and _is_topic(names))
    if missing := sorted({" › ".join(names) for names in details.topics if names and names not in known}):
        withheld.append(_("New topics were left out: %(names)s.") % {"names": ", ".join(missing)})
    if details.addresses:
        withheld.append(_("Redirects from its old addresses were left out: you may not publish."))
    writers = tuple(replace(each, biography="") if _has_page(each) else each for each in details.authors)
    about = Writer(name=recognized.author or author, biography=recognized.biography)
    if _has_page(about):
        recognized = replace(recognized, biography="")
    if _has_page(about) or writers != details.authors:
        withheld.append(_("What it says about an author who has a page was left out: you may not publish."))
    details = replace(details, topics=known, addresses=(), authors=writers)
    return replace(document, details=details), recognized, withheld


def _is_topic(names: Sequence[str]) -> bool:
    """Return whether there is a topic at the end of the way that `names` go, as `topic_along` goes it."""
    topic = TopicPage.objects.order_by("depth", "path").first()
    for name in names:
        if topic is not None:
            topic = first_named(name, TopicPage.objects.descendant_of(topic).order_by("path"))
    return topic is not None


def _has_page(writer: Writer) -> bool:
    """Return whether the biography of `writer` could be written to a page that is there already."""
    return bool(writer.name and writer.biography and find_author(writer.name))
