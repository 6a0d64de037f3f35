"""Retracting articles."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import unquote

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from articles.actions.locking import Refused, lock_article, named
from articles.models import ArticlePage, Retraction


@transaction.atomic
def retract(*, article: ArticlePage, reason: str, by: User | None, now: datetime) -> Retraction:
    """Take `article` off the site and tell at its address why, and return the record.

    Raises Refused if readers never saw the article, may not see all of it (its title would be told to everybody), or
    know already that it was retracted. Whether `by` may do this is for the caller to ask.
    """
    stood = lock_article(article)
    if stood.retractions.filter(lifted_at=None).exists():
        raise Refused(_("“%(title)s” was retracted already.") % named(article))
    if not stood.live and stood.last_published_at is None:
        raise Refused(_("“%(title)s” was never published, so there is nothing to retract.") % named(article))
    if stood.get_view_restrictions().exists():
        raise Refused(
            _("“%(title)s” is private. Unpublish it instead: a retraction would tell its title to everybody.")
            % named(article)
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
