"""What a POST tells the checks beside its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from articles.models import ArticlePage
from ratings.actions import Sender
from ratings.identity import known_readers, signed_in
from ratings.models import Comment
from ratings.moderation.akismet import Question, opinion_on
from ratings.moderation.facts import facts_about
from ratings.moderation.submission import Submission
from ratings.network import client_address


def submission_of(
    request: HttpRequest,
    text: str,
    *,
    name: str,
    article: ArticlePage,
    sender: Sender,
    key: str,
    now: datetime,
    edited: Comment | None = None,
) -> Submission:
    """Return what was sent with all that is known of it; of the way it was sent the caller knows more.

    Ask before the transaction begins: another service may be asked, and nobody shall wait for that. What staff write is
    nothing that it needs to know.
    """
    submission = facts_about(
        text,
        name=name,
        article=article,
        readers=known_readers(request),
        account=signed_in(request),
        network=sender.network,
        key=key,
        now=now,
        edited=edited,
    )
    if submission.writer.is_staff or not settings.AKISMET_KEY:
        return submission
    question = Question(
        text=text,
        name=name,
        address=client_address(request),
        user_agent=request.headers.get("User-Agent", ""),
        permalink=article.full_url or "",
    )
    return replace(submission, akismet=opinion_on(question))
