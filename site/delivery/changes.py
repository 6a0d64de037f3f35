"""What Wagtail and the admin's forms change of what readers see: written down in the transaction of the change.

Our own actions say themselves what they change. For all that Wagtail does there is no action of ours, and its own
signals come too late (`page_published`, `post_page_move` and `page_slug_changed` after the transaction of the page):
killed in between, pages would stay as they were. So these are Django's signals, sent from within it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import ModelSignal, m2m_changed, post_delete, post_save, pre_delete, pre_save
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import Page, PageQuerySet, PageViewRestriction, Site, get_page_models

from articles.mentions import lists_of_topics, mentions_of
from articles.models import ArticlePage, ArticleTag, Contributor, Source
from authors.models import AuthorPage
from delivery.kept.addresses import addresses_at, main_site, public_addresses
from freshness import tags
from freshness.changes import changed
from pages.models import SiteSettings, SocialCard
from pictures.models import Picture
from ratings.models import DiscussionPolicy

UNSHOWN = {
    "comments",
    "draft_title",
    "expired",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "locked",
    "locked_at",
    "locked_by",
}
"""Columns of a page that readers see nothing of: a draft that is saved writes no others."""


@dataclass(frozen=True)
class Standing:
    """What links, menus and lists show of a page, and by what they choose and sort."""

    url_path: str
    is_live: bool
    title: str
    is_in_menus: bool
    published_at: datetime | None
    revised_on: date | None

    @staticmethod
    def stored(key: int | None) -> Standing | None:
        """Return how the page with this key stands in the database; None if it is not there."""
        columns = ("url_path", "live", "title", "show_in_menus", "first_published_at", "articlepage__revised_on")
        row = Page.objects.filter(pk=key).values_list(*columns).first()
        return Standing(*row) if row else None


def connect() -> None:
    """Have everything below called. Once a process."""
    # Wagtail saves a restriction outside of any transaction.
    PageViewRestriction.save = transaction.atomic(PageViewRestriction.save)
    for kind in get_page_models():
        _connect(pre_save, remember_standing, kind)
        _connect(post_save, page_saved, kind)
    _connect(pre_delete, page_deleted, Page)
    _connect(post_save, restricted, PageViewRestriction)
    _connect(pre_delete, unrestricted, PageViewRestriction)
    _connect(m2m_changed, topics_chosen, ArticlePage.topics.through)
    _connect(m2m_changed, topics_chosen, AuthorPage.topics.through)
    _connect(pre_save, part_changed, Contributor)
    _connect(post_delete, part_changed, Contributor)
    # Before, since the settings forget a logo that is deleted.
    _connect(post_save, picture_changed, Picture)
    _connect(pre_delete, picture_changed, Picture)
    _connect(post_save, source_changed, Source)
    _connect(pre_delete, source_changed, Source)
    either: dict[Any, Callable[..., None]] = {
        ArticleTag: tag_used,
        Tag: tag_changed,
        get_document_model(): document_changed,
        SocialCard: card_changed,
        DiscussionPolicy: settings_changed,
        SiteSettings: settings_changed,
        Site: site_changed,
    }
    for model, receiver in either.items():
        _connect(post_save, receiver, model)
        _connect(post_delete, receiver, model)


def _connect(signal: ModelSignal, receiver: Callable[..., None], sender: Any) -> None:
    def receive(raw: bool = False, **kwargs: Any) -> None:
        # Who loads rows as they were stored elsewhere has not all of them yet.
        if not raw:
            receiver(**kwargs)

    signal.connect(receive, sender=sender, weak=False)


def remember_standing(instance: Page, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Note how a page stands before it is saved."""
    if _is_shown(update_fields):
        instance._stood = Standing.stored(instance.pk)


def page_saved(instance: Page, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Say what a page that is saved shows otherwise: publishing, unpublishing and moving all come to that.

    Those below it, which move with it, are still where they were.
    """
    if not _is_shown(update_fields):
        return
    before: Standing | None = instance.__dict__.pop("_stood", None)
    after = cast(Standing, Standing.stored(instance.pk))
    was_live = before is not None and before.is_live
    has_moved = before is not None and before.url_path != after.url_path
    if was_live or after.is_live:
        changed(tags.page(instance.pk))
    elif not has_moved:
        return
    # Only where it is moved is a page saved as a plain one: perhaps just in front of its neighbors.
    if before == after and type(instance) is not Page:
        return
    pages = Page.objects.filter(pk=instance.pk)
    gone = [before.url_path] if before and was_live and (has_moved or not after.is_live) else []
    come = [after.url_path] if after.is_live and (has_moved or not was_live) else []
    if before and has_moved:
        below = Page.objects.filter(url_path__startswith=before.url_path).exclude(pk=instance.pk)
        paths = list(below.live().values_list("url_path", flat=True))
        gone += paths
        come += [after.url_path + path.removeprefix(before.url_path) for path in paths]
        pages = Page.objects.filter(Q(pk=instance.pk) | Q(pk__in=below.values("pk")))
    stands_otherwise(pages, gone=gone, come=come)


def page_deleted(instance: Page, **kwargs: Any) -> None:
    """Say that a page is about to be deleted; those below it are told of one by one."""
    stands_otherwise(Page.objects.filter(pk=instance.pk), gone=[instance.url_path] if instance.live else [])


def restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Say that a page and all below it are not for everybody any longer."""
    pages = Page.objects.filter(path__startswith=instance.page.path)
    stands_otherwise(pages, gone=pages.live().values_list("url_path", flat=True))


def unrestricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Say that a page and all below it may be for everybody again."""
    pages = Page.objects.filter(path__startswith=instance.page.path)
    stands_otherwise(pages, come=pages.live().values_list("url_path", flat=True))


def stands_otherwise(pages: PageQuerySet, *, gone: Iterable[str] = (), come: Iterable[str] = ()) -> None:
    """Say that links, menus and lists show `pages` otherwise.

    Nobody may read any longer what stood at the URL paths `gone`, and everybody what stands at those that have `come`.
    """
    keys = list(pages.values_list("pk", flat=True))
    changed(paths=addresses_at(gone), withdraw=True)
    everywhere = [tags.SITE] if _are_on_every_page(pages) else []
    told = [*map(tags.page, keys), *map(tags.link, keys), *sorted(mentions_of(pages)), *everywhere]
    changed(*told, paths=addresses_at(come))


def topics_chosen(
    instance: Page, action: str, reverse: bool, pk_set: set[int] | None, model: type[Page], **kwargs: Any
) -> None:
    """Say that an article or an author came to other topics, whose lists and related articles then are others."""
    if action == "pre_clear":
        topics = {instance.pk} if reverse else {topic.pk for topic in instance.topics.all()}
    elif action in ("post_add", "post_remove"):
        topics = {instance.pk} if reverse else pk_set or set()
    else:
        return
    of_author = isinstance(instance, AuthorPage) or issubclass(model, AuthorPage)
    found = set(map(tags.listing, topics)) if of_author else lists_of_topics(topics) | set(map(tags.by_topic, topics))
    changed(*sorted(found))


def part_changed(instance: Contributor, **kwargs: Any) -> None:
    """Say that a person, and perhaps the one before in the same place, has another part in an article."""
    before = Contributor.objects.filter(pk=instance.pk).values_list("author", flat=True)
    changed(*map(tags.listing, {instance.author_id, *before}))


def tag_used(instance: ArticleTag, created: bool = True, **kwargs: Any) -> None:
    """Say that an article got or lost a tag. Publishing an article saves all of its tags again."""
    if created:
        changed(tags.by_tag(instance.tag_id))


def tag_changed(instance: Tag, created: bool = False, **kwargs: Any) -> None:
    """Say that a tag is called otherwise, or gone."""
    if not created:
        changed(tags.by_tag(instance.pk))


def picture_changed(instance: Picture, **kwargs: Any) -> None:
    """Say that a picture was edited or deleted; that of the site stands on every page."""
    is_logo = SiteSettings.objects.filter(logo=instance.pk).exists()
    changed(tags.picture(instance.pk), *([tags.SITE] if is_logo else []))


def document_changed(instance: Any, **kwargs: Any) -> None:
    """Say that a document has another address, or none."""
    changed(tags.document(instance.pk))


def source_changed(instance: Source, created: bool = False, **kwargs: Any) -> None:
    """Say that a source was edited or deleted."""
    if not created:
        changed(tags.source(instance.pk))


def card_changed(instance: SocialCard, **kwargs: Any) -> None:
    """Say that a page got or lost its social card."""
    changed(tags.card(instance.page_id))


def settings_changed(**kwargs: Any) -> None:
    """Say that something was decided for the whole site: what stands on every page, or when discussions close."""
    changed(tags.SITE)


def site_changed(**kwargs: Any) -> None:
    """Say that the site stands at another address, or begins with another page: then no page is where it was."""
    changed(tags.SITE, withdraw=True)
    changed(paths=public_addresses())


def _is_shown(update_fields: Iterable[str] | None) -> bool:
    return update_fields is None or not set(update_fields) <= UNSHOWN


def _are_on_every_page(pages: PageQuerySet) -> bool:
    """Return whether any of `pages` may stand in the head or the foot of the site, or has a policy of its own."""
    named = {key for settings in SiteSettings.objects.all() for key in settings.named_pages()}
    named.update(DiscussionPolicy.objects.exclude(topic=None).values_list("topic", flat=True))
    site = main_site()
    depth = site.root_page.depth + 1 if site else 0
    return bool(pages.filter(Q(pk__in=named) | Q(depth__lte=depth)).exists())
