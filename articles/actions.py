"""Every write of articles that is not the editor's own form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import unquote

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from articles.mentions import related_to
from articles.models import ArticleIndexPage, ArticlePage, Contributor, Retraction, SignOff, TopicPage
from articles.related import is_fresh
from authors.models import AuthorPage
from findable.visibility import seen_by_everybody
from freshness import tags
from freshness.changes import changed
from prose.names import first_named
from prose.slugs import free_slug


@dataclass(frozen=True, kw_only=True)
class ArticleContent:
    """What an article is to hold. `body` is stream data: a list of {"type", "value", "id"}."""

    title: str
    body: list[dict[str, Any]]
    summary: str = ""
    authors: Sequence[AuthorPage] = field(default_factory=tuple)
    topics: Sequence[TopicPage] = field(default_factory=tuple)


class Refused(Exception):
    """What was asked for cannot be done; the message says why, in words for an editor."""


def lock_articles() -> ArticleIndexPage:
    """Return the article index and hold its row lock until the caller's transaction ends.

    It opens no transaction of its own: the lock would end with it, before the caller has written anything.
    Slugs are unique under a parent only in Python, so the lock must be held from the check to the insert.
    """
    index = ArticleIndexPage.objects.get()
    Page.objects.select_for_update().get(pk=index.pk)
    index.refresh_from_db()
    return index


@transaction.atomic
def create_article(*, content: ArticleContent, publish: bool = False) -> ArticlePage:
    """Make an article with a slug of its own, as a draft or published, and return it."""
    index = lock_articles()
    article = ArticlePage(
        title=content.title,
        slug=free_slug(content.title, index),
        summary=content.summary,
        body=content.body,
        live=False,
    )
    index.add_child(instance=article)
    _write(article, content, publish=publish)
    return article


@transaction.atomic
def revise_article(*, article: ArticlePage, content: ArticleContent, publish: bool = False) -> Revision:
    """Give `article` the new content as a new revision, published or waiting as a draft, and return the revision.

    Contributors and topics are set only where the content names any: an editor may have added some.
    """
    lock_articles()
    current: ArticlePage = article.get_latest_revision_as_object()
    current.title = content.title
    current.body = content.body  # type: ignore[assignment]  # Wagtail is untyped: its field takes stream data
    current.summary = content.summary or current.summary
    return _write(current, content, publish=publish)


@transaction.atomic
def topic_named(*, name: str) -> TopicPage:
    """Return the topic called `name` (in any case), made and published below the topmost topic if there is none."""
    top = TopicPage.objects.order_by("depth", "path").first()
    if top is None:
        raise TopicPage.DoesNotExist("The site has no topmost topic; `manage.py migrate` makes it.")
    Page.objects.select_for_update().get(pk=top.pk)
    topic: TopicPage | None = first_named(name, TopicPage.objects.descendant_of(top).order_by("path"))
    if topic is None:
        top.refresh_from_db()
        topic = TopicPage(title=name, slug=free_slug(name, top))
        top.add_child(instance=topic)
        topic.save_revision().publish()
    return topic


@transaction.atomic
def sign_off(
    *,
    article: ArticlePage,
    reviewer: AuthorPage,
    kind: SignOff.Kind,
    signed_by: User | None,
    today: date,
    due_on: date | None = None,
    seen: int | None = None,
) -> SignOff:
    """Record that `reviewer` has checked what readers see of `article`, and return the record.

    It holds until it is withdrawn, or until `due_on`. The same sign-off sent twice is one. Raises Refused if readers
    cannot see the article or the reviewer's page, if `due_on` does not come after `today`, or if readers see another
    revision by now than the one with the key `seen`. Whether `signed_by` may do this is for the caller to ask.
    """
    now_live = _lock(article)
    if not now_live.is_for_everybody:
        raise Refused(_("“%(title)s” is not public: only what readers see is signed off.") % _named(article))
    if seen is not None and seen != now_live.live_revision_id:
        raise Refused(
            _("“%(title)s” was published anew since you opened this page. Please read it again.") % _named(article)
        )
    if not seen_by_everybody(AuthorPage.objects.filter(pk=reviewer.pk)).exists():
        raise Refused(_("The page of %(title)s is not public, so readers could not see who signed.") % _named(reviewer))
    if due_on is not None and due_on <= today:
        raise Refused(_("The next review must come after the day on which the article is signed off."))
    was_fresh = _is_fresh(article.pk, today)
    signed, is_new = SignOff.objects.get_or_create(
        article_id=article.pk,
        reviewer=reviewer,
        kind=kind,
        revision=now_live.live_revision,
        signed_on=today,
        due_on=due_on,
        withdrawn_at=None,
        defaults={"signed_by": signed_by},
    )
    if is_new:
        _log(signed, "articles.sign_off", signed_by)
        _tell_readers(signed, as_related=not was_fresh)
    return signed


@transaction.atomic
def withdraw_sign_off(*, sign_off: SignOff, by: User, now: datetime) -> None:
    """Let a sign-off hold no more. One that is withdrawn already stays as it is."""
    if SignOff.objects.filter(pk=sign_off.pk, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by):
        _log(sign_off, "articles.withdraw_sign_off", by)
        _tell_readers(sign_off, as_related=not _is_fresh(sign_off.article_id, timezone.localdate(now)))


@transaction.atomic
def retract(*, article: ArticlePage, reason: str, by: User | None, now: datetime) -> Retraction:
    """Take `article` off the site and tell at its address why, and return the record.

    Raises Refused if readers never saw the article, may not see all of it (its title would be told to everybody), or
    know already that it was retracted. Whether `by` may do this is for the caller to ask.
    """
    stood = _lock(article)
    if stood.retractions.filter(lifted_at=None).exists():
        raise Refused(_("“%(title)s” was retracted already.") % _named(article))
    if not stood.live and stood.first_published_at is None:
        raise Refused(_("“%(title)s” was never published, so there is nothing to retract.") % _named(article))
    if stood.get_view_restrictions().exists():
        raise Refused(
            _("“%(title)s” is private. Unpublish it instead: a retraction would tell its title to everybody.")
            % _named(article)
        )
    UnpublishPageAction(stood, user=by).execute(skip_permission_checks=True)
    stood.revisions.update(approved_go_live_at=None)
    Retraction.objects.filter(path=path_of(stood), lifted_at=None).update(lifted_at=now)
    retraction = Retraction.objects.create(
        article=stood, path=path_of(stood), title=stood.title, reason=reason, retracted_at=now, retracted_by=by
    )
    log(instance=stood, action="articles.retract", user=by, data={"reason": reason})
    article.refresh_from_db()
    return retraction


def lift_retraction(*, article: ArticlePage, now: datetime) -> None:
    """Let no retraction stand of `article`, which was published again, nor of what stood at its address before."""
    concerned = Q(article_id=article.pk) | Q(path=path_of(article))
    Retraction.objects.filter(concerned, lifted_at=None).update(lifted_at=now)


def path_of(article: ArticlePage) -> str:
    """Return the address of `article` below the site's root, as `request.path` says it: not escaped."""
    parts = article.get_url_parts()
    return unquote(parts[2]) if parts and parts[2] else ""


def _lock(article: ArticlePage) -> ArticlePage:
    """Return `article` as it is stored now, and hold its row lock until the transaction ends."""
    Page.objects.select_for_update().get(pk=article.pk)
    return ArticlePage.objects.get(pk=article.pk)


def _is_fresh(article_id: int, today: date) -> bool:
    return ArticlePage.objects.filter(is_fresh(today), pk=article_id).exists()


def _tell_readers(signed: SignOff, *, as_related: bool) -> None:
    """Say that a sign-off changed; with `as_related`, also where its article is recommended only while it holds."""
    article = ArticlePage.objects.filter(pk=signed.article_id)
    others = related_to(article) if as_related else set()
    changed(tags.page(signed.article_id), tags.listing(signed.reviewer_id), *sorted(others))


def _named(page: Page) -> dict[str, str]:
    return {"title": page.title}


def _log(signed: SignOff, action: str, user: User | None) -> None:
    data = {"kind": signed.kind, "reviewer": signed.reviewer.title}
    if signed.due_on:
        data["due_on"] = signed.due_on.isoformat()
    log(instance=signed.article, action=action, user=user, data=data)


def _write(article: ArticlePage, content: ArticleContent, *, publish: bool) -> Revision:
    if content.authors:
        others = [person for person in article.contributors.all() if person.role != Contributor.Role.AUTHOR]
        authors = [Contributor(author=author, role=Contributor.Role.AUTHOR) for author in content.authors]
        article.contributors = [*authors, *others]
    if content.topics:
        article.topics.set(content.topics)
    revision: Revision = article.save_revision()
    if publish:
        revision.publish()
        article.refresh_from_db()
    return revision
