"""What is kept of a comment's words beside the words: for searching, comparing and judging others."""

from __future__ import annotations

from typing import Any

from ratings.folding import fold
from ratings.models import Comment, LinkedDomain
from ratings.moderation.finding import rules_of
from ratings.moderation.judge import Verdict
from ratings.moderation.likeness import fingerprint_of
from ratings.moderation.linking import domains_in

MOST_POINTS = 32_767
"""What the column holds."""


def columns_of(name: str, text: str, verdict: Verdict | None = None) -> dict[str, Any]:
    """Return the columns that follow from the words of a comment and, if it was judged, from the `verdict`."""
    columns: dict[str, Any] = {"folded": fold(f"{name}\n{text}"), "fingerprint": fingerprint_of(text)}
    if verdict is not None:
        columns |= {
            "trace": verdict.trace(),
            "points": min(verdict.points, MOST_POINTS),
            "rules": rules_of(verdict.findings),
            "spam_score": verdict.spam_score,
            "is_called_spam": verdict.is_called_spam,
        }
    return columns


def store_domains(comment: Comment, text: str, *, is_new: bool = False) -> None:
    """Keep which domains `comment` links to, now that its words are `text`."""
    domains = domains_in(text)
    if not is_new:
        LinkedDomain.objects.filter(comment=comment).exclude(domain__in=domains).delete()
    LinkedDomain.objects.bulk_create(
        (LinkedDomain(comment=comment, domain=domain) for domain in domains), ignore_conflicts=True
    )
