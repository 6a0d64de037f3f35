"""Making and publishing author pages."""

from __future__ import annotations

from django.db import transaction
from django.utils.html import escape
from wagtail.models import Page

from authors.models import AuthorIndexPage, AuthorPage
from prose.slugs import free_slug


@transaction.atomic
def author_named(*, name: str, biography: str = "", publish: bool = False) -> AuthorPage:
    """Return the author called `name` (in any case), made with the plain-text `biography` if there is none.

    An author that exists keeps the biography it has, and gets this one if it has none. `publish` makes the page live.
    Holds the lock of the author index, so that two imports make one author.
    """
    index = AuthorIndexPage.objects.get()
    Page.objects.select_for_update().get(pk=index.pk)
    author: AuthorPage | None = AuthorPage.objects.child_of(index).filter(title__iexact=name).first()
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in biography.split("\n") if paragraph.strip())
    if author is None:
        index.refresh_from_db()
        author = AuthorPage(title=name, slug=free_slug(name, index), biography=text, live=False)
        index.add_child(instance=author)
        author.save_revision()
    elif text and not author.biography:
        author.biography = text  # type: ignore[assignment]  # Wagtail is untyped: its field takes a string
        revision = author.save_revision()
        if author.live:
            revision.publish()
    if publish and not author.live:
        author.get_latest_revision().publish()
        author.refresh_from_db()
    return author
