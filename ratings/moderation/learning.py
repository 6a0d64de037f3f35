"""What the learned model is taught, what it thinks of a comment, and whether it has been right often enough to act."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac

from findable.prepared import Prepared
from ratings.models import Act, Comment, CommentRevision, Decision, Ground, SpamModel, State
from ratings.models.decision import standing
from ratings.moderation.spam.learning import Example
from ratings.moderation.spam.measures import MOST_OUTCOMES, may_act
from ratings.moderation.spam.model import Model, WrongWeights
from ratings.moderation.submission import SpamOpinion

MOST_DECISIONS = 20_000
"""The latest ones say what spam is like today."""

ONE_IN = 20
"""Of the comments that the model could act on, one in so many goes to a moderator all the same."""

MOST_WORDS = 5
BATCH = 500

SPAM_GROUNDS = {Ground.SPAM, Ground.ADVERTISING}

logger = logging.getLogger(__name__)


def verdicts(decisions: QuerySet[Decision]) -> Iterator[tuple[int, bool]]:
    """Yield the keys of comments that moderators decided on, the latest decision first, and whether they saw spam.

    What counts is the last word on each comment that stands. One that waits again has none. Passed over are decisions
    on words that the author has changed since, those that came with a sanction, which is about the reader, and erasing.
    """
    reworded = Decision.objects.filter(
        comment=OuterRef("comment"), version=OuterRef("version"), act__in=[Act.REDACT, Act.UNDO]
    )
    edits = CommentRevision.objects.filter(comment=OuterRef("comment"), version__gt=OuterRef("version"))
    on_these_words = decisions.filter(~Exists(edits.exclude(Exists(reworded))), is_by_moderator=True)
    on_words = on_these_words.filter(bulk__sanction__isnull=True).exclude(to_state=State.ERASED)
    for decision in standing(on_words.only("comment", "act", "to_state", "ground", "undoes")):
        if decision.to_state != State.PENDING:
            is_refused_as_spam = decision.to_state == State.REJECTED and decision.ground in SPAM_GROUNDS
            yield decision.comment_id, decision.to_state == State.SPAM or is_refused_as_spam


def examples() -> Iterator[Example]:
    """Yield what the model can learn from: the texts of the latest comments that moderators decided on."""
    latest = islice(verdicts(Decision.objects.all()), MOST_DECISIONS)
    while is_spam := dict(islice(latest, BATCH)):
        texts = Comment.objects.filter(pk__in=is_spam).exclude(state__in=[State.DELETED, State.ERASED])
        for key, text, article in texts.order_by("pk").values_list("pk", "text", "article"):
            yield Example(text=text, spam=is_spam[key], group=str(article))


def outcomes() -> list[bool]:
    """Return whether moderators agreed with the model's latest verdicts "spam", the newest first, at most 1,000.

    It does not matter whether the model had acted on them: what moderators never looked at says nothing.
    """
    called_spam = Decision.objects.filter(comment__is_called_spam=True)
    return [is_spam for _key, is_spam in islice(verdicts(called_spam), MOST_OUTCOMES)]


def opinion_of(text: str, *, key: str = "") -> SpamOpinion | None:
    """Return what the model thinks of `text`, or None while there is no model that can be read.

    `key` is what makes this comment this one: it settles whether it is one of those that a moderator gets to see
    although the model could act. Asks the database for the model's number, and for its outcomes if it sees spam.
    """
    newest = next(iter(_newest()), None)
    if newest is None:
        return None
    model = _model(newest)
    if model is None:
        return None
    score = model.score(text)
    if model.threshold is None or score < model.threshold:
        return SpamOpinion(score=score, threshold=math.inf if model.threshold is None else model.threshold)
    reasons = [reason for reason in model.explain(text) if reason.weight > 0][:MOST_WORDS]
    return SpamOpinion(
        score=score,
        threshold=model.threshold,
        may_act=settings.SPAM_MODEL_MAY_ACT and may_act(outcomes()) and not goes_to_a_moderator(key or text),
        spans=tuple(sorted(span for reason in reasons for span in reason.spans)),
    )


_newest = Prepared(lambda: SpamModel.objects.order_by("-pk").values_list("pk", flat=True)[:1])


def goes_to_a_moderator(key: str) -> bool:
    """Return whether this is the one of twenty comments that a moderator sees, so that precision is still measured.

    No sender can know: the site's secret is in it.
    """
    return int(salted_hmac("ratings.learning", key).hexdigest(), 16) % ONE_IN == 0


@lru_cache(maxsize=1)
def _model(key: int) -> Model | None:
    try:
        return Model.from_json(SpamModel.objects.values_list("weights", flat=True).get(pk=key))
    except WrongWeights:
        # Remembered like a model, so that it is logged once. Comments are judged without it until it learns again.
        logger.exception("The learned spam model %d cannot be read.", key)
        return None
