"""Making and publishing author pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.html import escape
from wagtail.models import Page

from authors.models import AuthorIndexPage, AuthorPage
from prose.names import first_named
from prose.slugs import free_slug


@transaction.atomic
def author_named(*, name: str, biography: str = "", publish: bool = False) -> AuthorPage:
    """Return the author called `name` (in any case), made with the plain-text `biography` if there is none.

    An author that exists keeps the biography it has, and gets this one if it has none. `publish` makes the page live if
    it never was. Whoever makes one holds the lock of the author index, so that two imports make one author.
    """
    author = find_author(name)
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in biography.split("\n") if paragraph.strip())
    if author is not None and (author.biography or not text) and not publish:
        return author
    index = AuthorIndexPage.objects.get()
    Page.objects.select_for_update().get(pk=index.pk)
    author = author or find_author(name)
    if author is None:
        index.refresh_from_db()
        author = AuthorPage(title=name, slug=free_slug(name, index), biography=text, live=False)
        index.add_child(instance=author)
        author.save_revision()
    elif text:
        _give_biography(author, text)
    if publish:
        publish_new_authors([author])
    author.refresh_from_db()
    return author


def find_author(name: str) -> AuthorPage | None:
    """Return the author called `name` (in any case), or None."""
    found = first_named(name, AuthorPage.objects.only("title").order_by("path"))
    return AuthorPage.objects.get(pk=found.pk) if found else None


@transaction.atomic
def publish_new_authors(authors: Iterable[AuthorPage]) -> None:
    """Publish those of `authors` that never were: an author that an import made appears with the first article.

    A page that somebody took off the site stays off, and one that is to appear on a certain day waits for it.
    """
    keys = [author.pk for author in authors]
    new = AuthorPage.objects.filter(pk__in=keys, live=False, first_published_at=None, go_live_at=None)
    for author in new.order_by("pk").select_for_update():
        revision = author.get_latest_revision() or author.save_revision()
        # A day that an editor chose and nobody has approved yet stands in the revision only.
        if revision.as_object().go_live_at is None:
            revision.publish()


def _give_biography(author: AuthorPage, text: str) -> None:
    """Write `text` into the newest revision of `author` if that has no biography; publish it only where nothing else
    that is unfinished would be published with it.
    """
    was_finished = author.live and not author.has_unpublished_changes
    draft: AuthorPage = author.get_latest_revision_as_object()
    if draft.biography:
        return
    draft.biography = text  # type: ignore[assignment]  # Wagtail is untyped: its field takes a string
    revision = draft.save_revision()
    if was_finished:
        revision.publish()
