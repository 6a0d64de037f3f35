"""The way through a list one by one: which comment comes first, next and before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import User

from ratings.desk.listing import CommentListing
from ratings.models import Comment, Lease
from ratings.models.comment import CommentQuerySet


@dataclass(frozen=True, kw_only=True)
class Way:
    """How `user` goes through a list at `now`: what others are looking at comes when nothing else is left."""

    listing: CommentListing
    user: User
    now: datetime

    @cached_property
    def found(self) -> CommentQuerySet:
        """All comments of the list, in its order."""
        return self.listing.ranked(self.listing.matching(self.user, self.now))

    @cached_property
    def free(self) -> CommentQuerySet:
        """Those that nobody else is looking at."""
        held = Lease.objects.in_force(self.now).exclude(moderator=self.user)
        return self.found.exclude(pk__in=held.values("comment"))

    def left(self) -> int:
        """Return how many comments the list has, whoever is looking at them."""
        return self.found.count()

    def first(self) -> Comment | None:
        """Return the comment to begin with."""
        return self.free.first() or self.found.first()

    def after(self, comment: Comment) -> Comment | None:
        """Return what comes after `comment`, which need not be in the list (any more); behind the last, the first."""
        here = self._ranked(comment)
        for found in (self.free, self.found):
            others = found.exclude(pk=comment.pk)
            if following := self.listing.behind(others, here).first() or others.first():
                return following
        return None

    def before(self, comment: Comment) -> Comment | None:
        """Return what comes before `comment` in the list, whoever is looking at it."""
        return self.listing.behind(self.found, self._ranked(comment), before=True).first()

    def _ranked(self, comment: Comment) -> Comment:
        return self.listing.ranked(Comment.objects.filter(pk=comment.pk)).get()
