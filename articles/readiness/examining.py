"""Keeping what the rules say of every article, for lists and reports: see `articles.models.Examination`."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import Page

from articles.models import ArticlePage, Examination, Waiver
from articles.readiness.draft import Draft
from articles.readiness.finding import Finding
from articles.readiness.gate import waived
from articles.readiness.reading import draft_of
from articles.readiness.rules import findings
from prose.readability import lix
from prose.words import words

logger = logging.getLogger(__name__)

HOLDS_FOR = timedelta(days=1)
"""A review lapses, and a page that is linked to goes, while the article itself stays as it is."""

A_BATCH = 100
"""So many are examined in one run of the schedule, each in some hundredths of a second."""


def examine_again(*, now: datetime, limit: int = A_BATCH) -> int:
    """Examine the articles whose kept examination is out of date, at most `limit`, and return how many they were.

    Each is stored by itself, so that the next run goes on where this one was stopped. One that cannot be examined is
    logged and holds up no other: it keeps what was found before, and is tried again when it changes or a day later.
    """
    keys = list(out_of_date(now).values_list("pk", flat=True)[:limit])
    for key in keys:
        article = ArticlePage.objects.filter(pk=key).first()
        if article is None:
            continue
        try:
            examine_article(article, now=now)
        except Exception:
            logger.exception("The article %s cannot be examined.", key)
            _keep(article, now, {})
    return len(keys)


def out_of_date(now: datetime) -> QuerySet[Page]:
    """Return the pages of articles that were never examined, or before they or the answers to their warnings changed.

    And what was examined more than a day ago. What has changed comes first, the newest before all.
    """
    kept = Examination.objects.filter(article=OuterRef("pk"))
    waived_since = Waiver.objects.filter(article=OuterRef("article"), waived_at__gt=OuterRef("examined_at"))
    of_this_text = kept.filter(~Exists(waived_since), revision_id=Coalesce(OuterRef("latest_revision_id"), 0))
    is_old = Exists(of_this_text.filter(examined_at__lte=now - HOLDS_FOR))
    is_another = ~Exists(of_this_text)
    # Among the pages: a row of the articles' own table is nearly all body.
    articles = Page.objects.filter(content_type=ContentType.objects.get_for_model(ArticlePage))
    found: QuerySet[Page] = articles.annotate(is_another=is_another).filter(Q(is_another=True) | is_old)
    return found.order_by("-is_another", F("latest_revision_created_at").desc(nulls_last=True), "pk")


def examine_article(article: ArticlePage, *, now: datetime) -> Examination:
    """Examine the latest revision of `article`, keep what is found, and return that."""
    latest = article.get_latest_revision_as_object()
    draft = draft_of(latest, today=timezone.localdate(now))
    return _keep(article, now, _columns(draft, findings(draft), waived(article)))


def _columns(draft: Draft, found: list[Finding], answered: set[str]) -> dict[str, object]:
    text = draft.text
    return {
        "errors": sum(finding.is_error for finding in found),
        "warnings": sum(not finding.is_error and finding.about not in answered for finding in found),
        "placeholders": sum(finding.rule == "placeholder" for finding in found),
        "words": len(words(text)),
        "lix": lix(text),
        "findings": [finding.as_json() for finding in found],
    }


def _keep(article: ArticlePage, now: datetime, columns: dict[str, object]) -> Examination:
    told = {"revision_id": article.latest_revision_id or 0, "examined_at": now, **columns}
    examination, _is_new = Examination.objects.update_or_create(article_id=article.pk, defaults=told)
    return examination
