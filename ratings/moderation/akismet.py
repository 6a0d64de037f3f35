"""Asking the service Akismet about a comment: optional, off without a key.

It learns the words, the name and the network address of whoever sends. What it says is an opinion: the checks hold what
it objects to, and publish nothing for its praise.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

from django.conf import settings

from ratings.moderation.submission import AkismetOpinion

SECONDS = 1.0
"""So long a reader may wait for it, the name service and the encryption included."""

IS_SPAM = {0: False, 1: True, 2: True}
"""Its answers; 2 asks to throw the comment away, which is never done."""

NO_ANSWER = AkismetOpinion(is_spam=None)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What Akismet learns. The sender's e-mail address is not part of it."""

    text: str
    name: str
    address: str
    """The network address of the sender, which is kept nowhere here."""
    user_agent: str
    permalink: str
    """The public address of the article."""


def opinion_on(question: Question) -> AkismetOpinion:
    """Return what Akismet thinks within `SECONDS`. Ask only with a key, and outside of transactions.

    Whatever goes wrong is an opinion of neither spam nor benign; the log says what it was.
    """
    answers: SimpleQueue[AkismetOpinion] = SimpleQueue()
    # The library limits each step of a request, which together may take much longer. A thread can be left behind.
    Thread(target=lambda: answers.put(_ask(question)), daemon=True).start()
    try:
        return answers.get(timeout=SECONDS)
    except Empty:
        logger.warning("Akismet did not answer within %s s.", SECONDS)
        return NO_ANSWER


def _ask(question: Question) -> AkismetOpinion:
    try:
        answer = _client(settings.AKISMET_KEY, settings.ALMANAC_URL).comment_check(
            question.address,
            comment_type="comment",
            comment_content=question.text,
            comment_author=question.name,
            permalink=question.permalink,
            user_agent=question.user_agent,
        )
        return AkismetOpinion(is_spam=IS_SPAM[answer])
    except Exception as error:  # whatever it is, the comment waits
        # Neither the message nor the traceback: they may hold what was asked.
        logger.warning("Akismet could not be asked: %s.", type(error).__name__)
        return NO_ANSWER


@lru_cache(maxsize=1)
def _client(key: str, site: str) -> Any:
    """Return the client of the library, kept for its connection, and asked for only where there is a key."""
    akismet = import_module("akismet")
    return akismet.SyncClient(config=akismet.Config(key=key, url=site))
