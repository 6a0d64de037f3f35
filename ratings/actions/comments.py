"""Comments: writing, editing and deleting one's own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext

from articles.models import ArticlePage
from freshness.changes import changed
from freshness.tags import comments, responses
from ratings.actions.hours import closed
from ratings.actions.locks import Sender, charge, lock_summary, lock_threads, must_be_heard, must_be_open, must_exist
from ratings.actions.moves import Why, count_replies, move
from ratings.actions.refusals import (
    AlreadyReviewed,
    AlreadySent,
    Conflict,
    NoRating,
    NotYours,
    ParentGone,
    TooLate,
)
from ratings.actions.votes import rate
from ratings.actions.written import columns_of, store_domains
from ratings.badges import standpoint_of
from ratings.limits import Doing
from ratings.models import Act, Comment, CommentRevision, Kind, Rating, Reader, State
from ratings.moderation.judge import Verdict
from ratings.moderation.transitions import SOURCES


@transaction.atomic
def comment(
    *,
    article: ArticlePage,
    reader: Reader,
    name: str,
    email: str,
    text: str,
    verdict: Verdict,
    now: datetime,
    account: User | None = None,
    kind: Kind = Kind.COMMENT,
    stars: int | None = None,
    parent: Comment | None = None,
    submission_key: str | None = None,
    sender: Sender | None = None,
) -> Comment:
    """Store a comment in the state of its `verdict`, with the rule trace, and return it.

    The badge is that of the `account` that is signed in now; that the browser was signed in before gives none. A review
    carries the stars of the reader's rating: `stars` if they are given with it (see `rate`), else those from before. A
    `submission_key` that was stored before returns that comment unchanged if it has the same name and words, and
    changes no vote either: sending a form twice is one comment.
    Raises NotOpen if no reader can see the article, Closed if its comments are, ParentGone if the comment to be
    answered is not shown under it, NoRating or AlreadyReviewed for a review, AlreadySent for a known key with other
    words, NotYours for one of another reader, TooMany by the limits, ReaderGone if the reader was joined away.
    """
    must_be_open(article)
    must_be_heard(reader, now)
    if submission_key is not None and (sent := Comment.objects.filter(submission_key=submission_key).first()):
        return _sent_before(sent, reader, (name, text, parent))
    if sender is not None and (refusal := closed(article, now)) is not None:
        raise refusal
    if kind == Kind.REVIEW and stars is not None:
        rate(article=article, reader=reader, stars=stars, now=now, sender=sender)
    if kind == Kind.REVIEW:
        # The stars that it carries must not change before it is there to be changed with them.
        lock_summary(article.pk)
    if parent is not None:
        lock_threads([parent.thread_id])
        if not Comment.objects.published().under(article).filter(pk=parent.pk).exists():
            raise ParentGone
    standpoint = standpoint_of(account, article)
    stored = Comment(
        article=article,
        reader=reader,
        parent=parent,
        thread_id=parent.thread_id if parent else None,
        kind=kind,
        name=name,
        email=email,
        text=text,
        badge=standpoint.badge,
        person=standpoint.person,
        stars=_stars_of_review(article, reader) if kind == Kind.REVIEW else None,
        state=verdict.state,
        **columns_of(name, text, verdict),
        network=sender.network if sender else "",
        submission_key=submission_key,
        created_at=now,
        published_at=now if verdict.state == State.PUBLISHED else None,
    )
    stored.save()
    if parent is None:
        stored.thread_id = stored.pk
        Comment.objects.filter(pk=stored.pk).update(thread=stored)
    elif stored.is_published:
        count_replies(stored, 1)
    if stored.is_published:
        changed(responses(article.pk), comments(article.pk))
    store_domains(stored, text, is_new=True)
    charge(Doing.COMMENT, sender=sender, reader=reader, article_id=article.pk, now=now)
    return stored


def _sent_before(sent: Comment, reader: Reader, words: tuple[str, str, Comment | None]) -> Comment:
    if sent.reader_id != reader.pk:
        raise NotYours
    first_text = sent.revisions.order_by("version").values_list("text", flat=True).first()
    if words != (sent.name, first_text or sent.text, sent.parent):
        raise AlreadySent
    return sent


def _stars_of_review(article: ArticlePage, reader: Reader) -> int | None:
    rating = Rating.objects.filter(article=article, reader=reader, is_withdrawn=False).first()
    if rating is None:
        raise NoRating
    reviews = Comment.objects.under(article).filter(
        reader=reader, kind=Kind.REVIEW, state__in=[State.PENDING, State.PUBLISHED]
    )
    if reviews.exists():
        raise AlreadyReviewed
    return rating.counted_stars


@transaction.atomic
def edit(
    *,
    comment: Comment,
    reader: Reader,
    text: str,
    verdict: Verdict,
    version: int,
    now: datetime,
    sender: Sender | None = None,
) -> Comment:
    """Replace the words of `comment`, keep the earlier ones as a revision, and return it.

    The comment goes where the checks send the new words: what was published may wait again; what waits goes on
    waiting, and what moderators took words out of waits for them, so that these do not come back unseen. The same
    words again change nothing. Raises NotYours for another reader's comment, TooLate after 15 minutes or if it is
    neither waiting nor published, Conflict if it has moved or was edited since `version`, TooMany by the limits.
    """
    must_be_heard(reader, now)
    lock_threads([comment.thread_id])
    before = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if before.reader_id != reader.pk:
        raise NotYours
    if before.text == text:
        return before
    if not before.is_editable(now):
        raise TooLate
    if before.version != version:
        raise Conflict(before)
    CommentRevision.objects.create(
        comment=before, version=before.version, text=before.text, trace=before.trace, replaced_at=now
    )
    # What a moderator checked were other words.
    words: dict[str, Any] = {"text": text, "edited_at": now, "is_checked": False}
    words |= columns_of(before.name, text, verdict)
    to = verdict.state
    if to == State.PUBLISHED and (not before.is_published or _is_redacted(before)):
        # Better words do not answer what it was held for, and no check knows what was taken out.
        to = State.PENDING
    if to == before.state:
        Comment.objects.filter(pk=before.pk).update(version=F("version") + 1, **words)
        if before.is_published:
            changed(responses(before.article_id), withdraw=True)
    else:
        move(before, to, now=now, why=Why(note=gettext("Edited by its author.")), **words)
    store_domains(before, text)
    charge(Doing.EDIT, sender=sender, reader=reader, article_id=before.article_id, now=now)
    return Comment.objects.get(pk=before.pk)


def _is_redacted(comment: Comment) -> bool:
    """Return whether words that a moderator took out of `comment` stay out: what was undone twice was not undone."""
    taken_out = comment.decisions.filter(Q(act=Act.REDACT) | Q(undoes__undoes__act=Act.REDACT))
    return taken_out.filter(undone_by__isnull=True).exists()


@transaction.atomic
def delete(*, comment: Comment, reader: Reader, now: datetime) -> Comment:
    """Take one's own `comment` out of sight, and return it; replies to it stay. Deleting twice changes nothing.

    Raises NotYours for another reader's comment, Conflict if it is in no state that can be deleted.
    """
    must_exist(reader)
    lock_threads([comment.thread_id])
    before = Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if before.reader_id != reader.pk:
        raise NotYours
    if before.state != State.DELETED:
        if before.state not in SOURCES[State.DELETED]:
            raise Conflict(before)
        move(before, State.DELETED, now=now, why=Why())
    return Comment.objects.get(pk=before.pk)
