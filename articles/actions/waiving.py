"""Publishing in spite of a warning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from articles.actions.locking import Refused, lock_article
from articles.models import ArticlePage, Waiver
from articles.readiness.finding import Finding
from articles.readiness.gate import examine

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


@transaction.atomic
def keep_reasons(*, article: ArticlePage, reasons: Mapping[str, str], by: User | None, now: datetime) -> list[Waiver]:
    """Keep what an editor answered to the warnings of `article` as it stands in memory, and return the new records.

    `reasons` are by what they are about (`Finding.about`). One that is kept already stays as it is, and one about
    something that is no longer there is left out; so this may be called again. Raises Refused as `waive` does.
    """
    if not reasons:
        return []
    kept = dict(article.waivers.values_list("about", "reason"))
    warnings = {finding.about: finding for finding in examine(article) if not finding.is_error}
    waived: list[Waiver] = []
    for about, reason in reasons.items():
        if about in warnings and kept.get(about) != reason.strip():
            waived += waive(article=article, warnings=[warnings[about]], reason=reason, by=by, now=now)
    return waived


@transaction.atomic
def ask_again(*, article: ArticlePage, about: str, by: User | None) -> None:
    """Take back why a warning was fine: it holds `article` up again. Raises Refused if nobody had said so."""
    lock_article(article)
    waiver = article.waivers.filter(about=about).first()
    if waiver is None:
        raise Refused(_("This warning asks already."))
    data = {"rule": waiver.rule, "message": waiver.message, "reason": waiver.reason}
    waiver.delete()
    log(instance=article, action="articles.ask_again", user=by, data=data)
