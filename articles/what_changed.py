"""What changed in an article: its texts as they are compared, and what a reviewer compares a draft with."""

from __future__ import annotations

import json
from typing import NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.comparing import Comparison, Passage, compare
from articles.models import ArticlePage, ReviewState, SignOff


class Reviewed(NamedTuple):
    """What was signed off last: by whom, when, and which text."""

    reviewer: str
    signed: SignOff | ReviewState
    article: ArticlePage


def passages_of(article: ArticlePage) -> list[Passage]:
    """Return the texts of `article`, saved or not: title, summary, picture, and every block."""
    return [
        Passage(id="title", label=_("Title"), text=article.title),
        Passage(id="summary", label=_("Summary"), text=article.summary),
        Passage(id="picture", label=_("Picture"), text=article.hero_alt, stored=str(article.hero_id or "")),
        *(
            Passage(
                id=str(child.id or f"block {number}"),
                label=str(child.block.label),
                text=child.block.text(child.value).strip(),
                stored=json.dumps(child.block.get_prep_value(child.value), cls=DjangoJSONEncoder, sort_keys=True),
                is_warning=child.block.is_warning(child.value),
            )
            for number, child in enumerate(article.body)
        ),
    ]


def changes_between(before: ArticlePage, after: ArticlePage) -> Comparison:
    """Return what changed from one state of an article to another."""
    return compare(passages_of(before), passages_of(after))


def last_signed_off(article: ArticlePage) -> Reviewed | None:
    """Return what readers saw of `article` when it was last signed off; None if nobody did."""
    return _latest(article.sign_offs.filter(withdrawn_at=None))


def last_reviewed(article: ArticlePage, kind: str) -> Reviewed | None:
    """Return what was last signed of `article` in a review of one `kind`, whether or not readers see it yet."""
    signed_off = article.sign_offs.filter(withdrawn_at=None, kind=kind)
    waiting = ReviewState.objects.signed(article).filter(sign_off=None, task__reviewtask__kind=kind)
    return _latest(signed_off, waiting)


def _latest(*lists: QuerySet[SignOff] | QuerySet[ReviewState]) -> Reviewed | None:
    found: list[SignOff | ReviewState] = []
    for signed in lists:
        known = signed.exclude(revision=None).select_related("reviewer", "revision")
        found += known.order_by("-revision_id")[:1]
    latest = max(found, key=lambda each: each.revision_id or 0, default=None)
    if latest is None or latest.revision is None:
        return None
    return Reviewed(reviewer=str(latest.reviewer or ""), signed=latest, article=latest.revision.as_object())
