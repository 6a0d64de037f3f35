"""Who is looking at a comment just now. It spares double work, keeps nobody out and hides nothing."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from ratings.models import Comment, Lease
from ratings.models.desk import LEASED_FOR


@transaction.atomic
def lease(*, comment: Comment, moderator: User, now: datetime) -> Lease:
    """Take or prolong the lease of `moderator` on `comment`, unless somebody else holds it; return whichever holds.

    A decision ends it, and so does `release`.
    """
    until = now + LEASED_FOR
    Lease.objects.get_or_create(comment=comment, defaults={"moderator": moderator, "until": until})
    takable = Lease.objects.filter(Q(moderator=moderator) | Q(until__lte=now), comment=comment)
    takable.update(moderator=moderator, until=until)
    return Lease.objects.select_related("moderator").get(comment=comment)


def release(*, comment: Comment, moderator: User) -> None:
    """End the lease of `moderator` on `comment`, if there is one. Somebody else's stays."""
    Lease.objects.filter(comment=comment, moderator=moderator).delete()
