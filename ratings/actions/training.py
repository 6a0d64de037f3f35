"""Teaching the learned model anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ratings.models import SpamModel
from ratings.moderation.learning import examples
from ratings.moderation.spam.starter import train_with_starter

KEPT = 5
"""So many models are kept, the latest ones, so that what changed can be looked at."""


def train_spam_model(*, now: datetime) -> SpamModel:
    """Learn from what moderators decided, and from the texts that came with the product; store the model, return it.

    Learning takes up to a minute and holds no lock; only the result is written.
    """
    decisions = list(examples())
    model = train_with_starter(decisions)
    with transaction.atomic():
        stored = SpamModel.objects.create(
            trained_at=now,
            examples=len(decisions),
            spam=sum(example.spam for example in decisions),
            weights=model.to_json(),
        )
        latest = SpamModel.objects.order_by("-pk").values_list("pk", flat=True)[:KEPT]
        SpamModel.objects.exclude(pk__in=list(latest)).delete()
    return stored
