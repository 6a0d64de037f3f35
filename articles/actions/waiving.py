"""Publishing in spite of a warning."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.actions.locking import Refused, lock_article
from articles.models import ArticlePage, Waiver
from articles.readiness.finding import Finding

REASON_LENGTH = 1000


@transaction.atomic
def waive(
    *, article: ArticlePage, warnings: Iterable[Finding], reason: str, by: User | None, now: datetime
) -> list[Waiver]:
    """Keep the reason why `warnings` do not hold `article` up, and return the records; a newer reason replaces one.

    Raises Refused if there is no reason, if it is too long, or if one of them is an error: no reason makes up for that.
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("Please say why: the reason is kept."))
    if len(reason) > REASON_LENGTH:
        raise Refused(_("Please give the reason in %(most)d characters or fewer.") % {"most": REASON_LENGTH})
    lock_article(article)
    waived = []
    for finding in warnings:
        if finding.is_error:
            raise Refused(_("This has to be corrected first: %(message)s") % {"message": finding.message})
        told = {"message": finding.message, "reason": reason, "waived_by": by, "waived_at": now}
        waiver, _is_new = Waiver.objects.update_or_create(
            article_id=article.pk, rule=finding.rule, about=finding.about, defaults=told
        )
        data = {"rule": finding.rule, "message": finding.message, "reason": reason}
        log(instance=article, action="articles.waive", user=by, data=data)
        waived.append(waiver)
    return waived
