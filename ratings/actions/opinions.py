"""What readers think of a comment: helpful, or to be looked at by a moderator."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext
from wagtail.log_actions import log

from freshness.changes import changed
from freshness.tags import responses
from ratings.actions.locks import Sender, charge, lock_threads, must_be_heard, must_be_open, must_exist
from ratings.actions.moves import Why, move
from ratings.actions.refusals import OwnWork, ParentGone
from ratings.actions.written import MOST_POINTS
from ratings.limits import Doing
from ratings.models import Comment, HelpfulVote, Reader, Report, Sanction, Standing, State
from ratings.models.policy import policy_for
from ratings.moderation.brigading import MONTH, Tally, Vote, wave_among
from ratings.moderation.finding import Finding, rules_of
from ratings.moderation.reports import Voice, pressure_of

LATEST = 100


@transaction.atomic
def find_helpful(
    *, comment: Comment, reader: Reader, helpful: bool, now: datetime, sender: Sender | None = None
) -> Comment:
    """Store that `reader` finds `comment` helpful, or no longer does, and return it. Saying it twice changes nothing.

    Who is muted or banned may still take it back. Raises Silenced if they say it, OwnWork for one's own
    comment, ParentGone if the comment is not shown, NotOpen if its article is not, TooMany by the limits, ReaderGone
    if the reader was joined away.
    """
    must_be_open(comment.article)
    if helpful:
        must_be_heard(reader, now)
    else:
        must_exist(reader)
    lock_threads([comment.thread_id])
    shown = Comment.objects.published().filter(pk=comment.pk).first()
    if shown is None:
        raise ParentGone
    if shown.reader_id == reader.pk:
        raise OwnWork
    vote = HelpfulVote.objects.select_related("comment").filter(comment=comment, reader=reader).first()
    if helpful and vote is None:
        network = sender.network if sender else ""
        vote = HelpfulVote.objects.create(comment=comment, reader=reader, network=network, created_at=now)
        _count(vote, 1)
        if sender is not None:
            _set_wave_aside(comment, now=now)
        charge(Doing.HELPFUL, sender=sender, reader=reader, article_id=comment.article_id, now=now)
    elif vote is not None and helpful == vote.is_withdrawn:
        if vote.standing == Standing.COUNTED:
            _count(vote, -1)
            vote.delete()
        else:
            vote.is_withdrawn = not helpful
            vote.save()
        charge(Doing.HELPFUL, sender=sender, reader=reader, article_id=comment.article_id, now=now)
    return Comment.objects.get(pk=comment.pk)


@transaction.atomic
def judge_helpful(*, vote: HelpfulVote, standing: Standing, moderator: User | None = None, reason: str = "") -> None:
    """Let a helpful vote count (release it), set it aside or reject it. Always reversible.

    What a `moderator` judges entails an entry in the article's history in the admin, which keeps their `reason`: the
    vote itself goes on saying why it was set aside.
    """
    lock_threads([vote.comment.thread_id])
    comments = HelpfulVote.objects.select_related("comment")
    vote = comments.select_for_update(no_key=True, of=("self",)).get(pk=vote.pk)
    if vote.standing == standing:
        return
    if vote.is_withdrawn and standing == Standing.COUNTED:
        # There is nothing left to count; who gives it again starts anew.
        vote.delete()
        return
    stood = vote.standing
    _count(vote, int(standing == Standing.COUNTED) - int(stood == Standing.COUNTED))
    vote.standing = standing
    vote.is_vouched_for = standing == Standing.COUNTED and moderator is not None
    if moderator is None:
        vote.reason = reason
    vote.save()
    if moderator is not None:
        told = {"vote": vote.pk, "comment": vote.comment_id, "from": stood, "to": str(standing), "reason": reason}
        log(instance=vote.comment.article, action="ratings.judge_helpful", user=moderator, data=told)


@transaction.atomic
def report(
    *,
    comment: Comment,
    reader: Reader,
    reason: Report.Reason,
    now: datetime,
    note: str = "",
    sender: Sender | None = None,
) -> Report:
    """Store what `reader` reports about `comment`, and return it; once for each reason, the first note stays.

    What weighs enough together with it takes the comment away until a moderator has looked. Raises ParentGone if the
    comment is not shown, OwnWork for one's own, NotOpen if its article is not, TooMany by the limits, ReaderGone.
    """
    must_be_open(comment.article)
    must_be_heard(reader, now)
    lock_threads([comment.thread_id])
    reported_before = Report.objects.filter(comment=comment, reader=reader, reason=reason).first()
    if reported_before is not None:
        return reported_before
    shown = Comment.objects.published().filter(pk=comment.pk).select_related("article").first()
    if shown is None:
        raise ParentGone
    if shown.reader_id == reader.pk:
        raise OwnWork
    stored = Report.objects.create(
        comment=shown,
        reader=reader,
        reason=reason,
        note=note,
        version=shown.version,
        weight=Report.objects.records([reader.pk])[reader.pk].weight,
        network=sender.network if sender else "",
        created_at=now,
    )
    _take_away_if_reports_say_so(shown, now=now)
    charge(Doing.REPORT, sender=sender, reader=reader, article_id=comment.article_id, now=now)
    return stored


def _take_away_if_reports_say_so(comment: Comment, *, now: datetime) -> None:
    """Let a published comment, whose thread is held, wait for a moderator if its open reports weigh enough.

    What readers reported before they were muted or banned is listed still, and does not count.
    """
    if comment.badge or comment.is_checked:
        return
    silenced = Sanction.objects.not_over(now).silencing().values("reader")
    told = Report.objects.open().filter(comment=comment).exclude(reader__in=silenced).order_by("pk")
    pressure = pressure_of(
        Voice(reader=reader, network=network, weight=weight)
        for reader, network, weight in told.values_list("reader", "network", "weight")
    )
    finding = pressure.takes_away(policy_for(comment.article).hide_from_reports)
    if finding is not None:
        trace = [*(stored for stored in comment.trace if stored["rule"] != finding.rule), finding.as_stored()]
        columns = {
            "trace": trace,
            "points": min(sum(stored["points"] for stored in trace), MOST_POINTS),
            "rules": rules_of(Finding.from_stored(stored) for stored in trace),
        }
        reason = gettext("Several readers reported it. It waits until a moderator has looked.")
        move(comment, State.PENDING, now=now, why=Why(reason=reason), **columns)


def _count(vote: HelpfulVote, difference: int) -> None:
    Comment.objects.filter(pk=vote.comment_id).update(helpful_count=F("helpful_count") + difference)
    changed(responses(vote.comment.article_id))


def _set_wave_aside(comment: Comment, *, now: datetime) -> None:
    """Set votes aside that look like a wave: the rules for ratings, where every vote says the same."""
    votes = HelpfulVote.objects.filter(comment=comment)
    latest = votes.filter(is_vouched_for=False).exclude(standing=Standing.REJECTED).order_by("-pk")[:LATEST]
    counted = Comment.objects.values_list("helpful_count", flat=True).get(pk=comment.pk)
    wave = wave_among(
        (
            Vote(
                key=vote.pk,
                stars=1,
                network=vote.network,
                given_at=vote.created_at,
                reader_since=vote.reader.created_at,
                counted=vote.standing == Standing.COUNTED,
            )
            for vote in latest.select_related("reader")
        ),
        tally=Tally(count=counted, total=Decimal(counted)),
        last_month=votes.counted().filter(created_at__gte=now - MONTH).count(),
        now=now,
    )
    if wave is not None:
        reason = " ".join(finding.reason for finding in wave.findings)
        for vote in votes.filter(pk__in=wave.keys):
            judge_helpful(vote=vote, standing=Standing.QUARANTINED, reason=reason)
