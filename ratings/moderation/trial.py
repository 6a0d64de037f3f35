"""What words would do, before anybody decides that they do it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from ratings.models import Comment, State
from ratings.models.comment import CommentQuerySet
from ratings.moderation.words import Hit, WordList

TRIED_ON = timedelta(days=30)
LARGEST = 20_000
"""So many comments are looked through at most, the latest ones."""
SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What words would have struck."""

    looked_at: int
    is_cut: bool
    """There were more comments, which nobody looked at."""
    struck: int
    by_state: tuple[tuple[State, int], ...]
    """How many of the struck ones are in which state now."""
    latest: tuple[tuple[Comment, list[Hit]], ...]
    """The latest few, with what is struck in their text; nothing, if that is in the name."""


def try_out(words: WordList, comments: CommentQuerySet, now: datetime) -> Trial:
    """Return which of `comments` of the last 30 days `words` would have struck, in their text or name. Two queries."""
    found = comments.filter(created_at__gt=now - TRIED_ON).exclude(state__in=[State.DELETED, State.ERASED])
    rows = found.order_by("-created_at", "-pk").values_list("pk", "state", "folded")[: LARGEST + 1]
    struck, looked_at = [], 0
    for looked_at, (key, state, folded) in enumerate(rows.iterator(), start=1):
        if looked_at <= LARGEST and words.strikes(folded):
            struck.append((key, state))
    states = Counter(state for _key, state in struck)
    latest = Comment.objects.filter(pk__in=[key for key, _state in struck[:SHOWN]]).select_related("article")
    latest = latest.defer("article__body", "trace").order_by("-created_at", "-pk")
    return Trial(
        looked_at=min(looked_at, LARGEST),
        is_cut=looked_at > LARGEST,
        struck=len(struck),
        by_state=tuple((state, states[state]) for state in State if states[state]),
        latest=tuple((comment, words.find(comment.text)) for comment in latest),
    )
