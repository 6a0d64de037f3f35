"""What the learned model is taught, what it thinks of a comment, and whether it has been right often enough to act."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from django.conf import settings
from django.utils.crypto import salted_hmac

from ratings.models import Act, Comment, Decision, Ground, SpamModel, State
from ratings.moderation.spam.learning import Example
from ratings.moderation.spam.measures import MOST_OUTCOMES, may_act
from ratings.moderation.spam.model import Model
from ratings.moderation.submission import SpamOpinion

MOST_DECISIONS = 20_000
"""The latest ones say what spam is like today."""

ONE_IN = 20
"""Of the comments that the model could act on, one in so many goes to a moderator all the same."""

MOST_WORDS = 5
BATCH = 500

SPAM_GROUNDS = {Ground.SPAM, Ground.ADVERTISING}


def decided(*, called_spam: bool = False) -> Iterator[tuple[int, bool]]:
    """Yield the keys of comments that moderators decided on, the latest decision first, and whether they saw spam.

    What counts is the last word on each comment. One that waits again, because a decision was undone, has none. With
    `called_spam` only those are looked at that the model called spam.
    """
    acts = Decision.objects.filter(act__in=[Act.MOVE, Act.UNDO], is_by_moderator=True)
    if called_spam:
        acts = acts.filter(comment__is_called_spam=True)
    seen = set()
    for key, to, ground in acts.order_by("-pk").values_list("comment", "to_state", "ground").iterator():
        if key in seen:
            continue
        seen.add(key)
        if to != State.PENDING:
            yield key, to == State.SPAM or (to == State.REJECTED and ground in SPAM_GROUNDS)


def examples() -> Iterator[Example]:
    """Yield what the model can learn from: the texts of the latest comments that moderators decided on."""
    latest = islice(decided(), MOST_DECISIONS)
    while is_spam := dict(islice(latest, BATCH)):
        texts = Comment.objects.filter(pk__in=is_spam).exclude(state__in=[State.DELETED, State.ERASED])
        for key, text, article in texts.order_by("pk").values_list("pk", "text", "article"):
            yield Example(text=text, spam=is_spam[key], group=str(article))


def outcomes() -> list[bool]:
    """Return whether moderators agreed with the model's latest verdicts "spam", the newest first, at most 1,000.

    It does not matter whether the model had acted on them: what moderators never looked at says nothing.
    """
    return [is_spam for _key, is_spam in islice(decided(called_spam=True), MOST_OUTCOMES)]


def opinion_of(text: str, *, key: str = "") -> SpamOpinion | None:
    """Return what the model thinks of `text`, or None while there is no model.

    `key` is what makes this comment this one: it settles whether it is one of those that a moderator gets to see
    although the model could act. Asks the database for the model's number, and for its outcomes if it sees spam.
    """
    newest = SpamModel.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return None
    model = _model(newest)
    score = model.score(text)
    if model.threshold is None or score < model.threshold:
        return SpamOpinion(score=score, threshold=math.inf if model.threshold is None else model.threshold)
    reasons = [reason for reason in model.explain(text) if reason.weight > 0][:MOST_WORDS]
    return SpamOpinion(
        score=score,
        threshold=model.threshold,
        may_act=settings.SPAM_MODEL_MAY_ACT and may_act(outcomes()) and not goes_to_a_moderator(key or text),
        words=tuple(reason.words for reason in reasons),
        spans=tuple(sorted(span for reason in reasons for span in reason.spans)),
    )


def goes_to_a_moderator(key: str) -> bool:
    """Return whether this is the one of twenty comments that a moderator sees, so that precision is still measured.

    No sender can know: the site's secret is in it.
    """
    return int(salted_hmac("ratings.learning", key).hexdigest(), 16) % ONE_IN == 0


@lru_cache(maxsize=1)
def _model(key: int) -> Model:
    return Model.from_json(SpamModel.objects.values_list("weights", flat=True).get(pk=key))
