"""Accepting a proof of work once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from ratings.models import SpentProof

KEPT_FOR = timedelta(days=1)
"""Challenges expire long before."""


@transaction.atomic
def spend_proof(*, key: str, now: datetime) -> bool:
    """Return whether the challenge `key` had not been used before; it has now.

    Belongs into the transaction of the comment that it is for: if that fails, the proof is not spent.
    """
    return SpentProof.objects.get_or_create(key=key, defaults={"spent_at": now})[1]


def forget_spent_proofs(*, now: datetime) -> int:
    """Delete what is remembered of challenges that have long expired, and return how many."""
    return SpentProof.objects.filter(spent_at__lt=now - KEPT_FOR).delete()[0]
