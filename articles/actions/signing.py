"""Signing articles off, and taking that back."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.actions.locking import Refused, lock_article, named
from articles.mentions import related_to
from articles.models import ArticlePage, SignOff
from articles.related import is_fresh
from authors.models import AuthorPage
from findable.visibility import seen_by_everybody
from freshness import tags
from freshness.changes import changed


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
    cannot see the article or the reviewer's page, if who signs wrote the article, if `due_on` does not come after
    `today`, or if readers see another revision by now than the one with the key `seen`. Whether `signed_by` may do this
    is for the caller to ask.
    """
    now_live = lock_article(article)
    if not now_live.is_for_everybody:
        raise Refused(_("“%(title)s” is not public: only what readers see is signed off.") % named(article))
    if seen is not None and seen != now_live.live_revision_id:
        raise Refused(
            _("“%(title)s” was published anew since you opened this page. Please read it again.") % named(article)
        )
    refuse_reviewer(now_live, reviewer=reviewer, signed_by=signed_by)
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
        log_sign_off(signed, "articles.sign_off", signed_by)
        tell_readers(signed, as_related=not was_fresh)
    return signed


@transaction.atomic
def withdraw_sign_off(*, sign_off: SignOff, by: User, now: datetime) -> None:
    """Let a sign-off hold no more. One that is withdrawn already stays as it is."""
    if SignOff.objects.filter(pk=sign_off.pk, withdrawn_at=None).update(withdrawn_at=now, withdrawn_by=by):
        log_sign_off(sign_off, "articles.withdraw_sign_off", by)
        tell_readers(sign_off, as_related=not _is_fresh(sign_off.article_id, timezone.localdate(now)))


def refuse_reviewer(article: ArticlePage, *, reviewer: AuthorPage, signed_by: User | None) -> None:
    """Raise Refused if readers cannot see the page of `reviewer`, or if who signs wrote what is signed: four eyes.

    `article` is what is signed, which may be a draft: its authors are those that stand in it.
    """
    if not seen_by_everybody(AuthorPage.objects.filter(pk=reviewer.pk)).exists():
        raise Refused(_("The page of %(title)s is not public, so readers could not see who signed.") % named(reviewer))
    authors = [contributor.author for contributor in article.authors()]
    if reviewer.pk in {author.pk for author in authors}:
        raise Refused(_("%(title)s wrote this article. Somebody else has to sign it off.") % named(reviewer))
    if signed_by is not None and signed_by.pk in {author.account_id for author in authors}:
        raise Refused(_("You wrote this article. Somebody else has to sign it off."))


def _is_fresh(article_id: int, today: date) -> bool:
    return ArticlePage.objects.filter(is_fresh(today), pk=article_id).exists()


def tell_readers(signed: SignOff, *, as_related: bool) -> None:
    """Say that a sign-off changed; with `as_related`, also where its article is recommended only while it holds."""
    article = ArticlePage.objects.filter(pk=signed.article_id)
    others = related_to(article) if as_related else set()
    changed(tags.page(signed.article_id), tags.listing(signed.reviewer_id), *sorted(others))


def log_sign_off(signed: SignOff, action: str, user: User | None) -> None:
    """Keep in the history of the article what became of a sign-off."""
    data = {"kind": signed.kind, "reviewer": signed.reviewer.title}
    if signed.due_on:
        data["due_on"] = signed.due_on.isoformat()
    log(instance=signed.article, action=action, user=user, data=data)
