"""Whatever readers and moderators do, in any order: every number that is shown equals a recount after each step."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Max, QuerySet
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from articles.models import ArticlePage
from ratings import actions
from ratings.actions import Sender, bulks
from ratings.aggregates import verify
from ratings.models import (
    Bulk,
    Comment,
    Decision,
    HelpfulVote,
    Kind,
    Rating,
    RatingSummary,
    Reader,
    Report,
    Standing,
    State,
)
from ratings.moderation.judge import Verdict
from ratings.selection import Order, Selection
from ratings.thread import responses_to
from tests.conftest import NOON

REFUSALS = (
    actions.AlreadyReviewed,
    actions.Conflict,
    actions.NoRating,
    actions.NotUndoable,
    actions.NotYours,
    actions.OwnWork,
    actions.ParentGone,
    actions.RatingMoved,
    actions.ReaderGone,
    actions.TooLate,
)
"""What an action may answer to a reader or moderator who comes too late, or asks for what cannot be."""

FEW = 4
"""So few readers at a time, so that they meet at the same comments and are joined after they did."""

verdicts = st.sampled_from([State.PUBLISHED, State.PUBLISHED, State.PENDING, State.SPAM]).map(
    lambda state: Verdict(state=state)
)
standings = st.sampled_from(Standing)
texts = st.sampled_from(["It sings.", "It *whistles*.", "Mine does not."])


class Responses(RuleBasedStateMachine):
    """Some readers and a moderator on two articles. What they know of a comment may be out of date."""

    readers = Bundle("readers")
    comments = Bundle("comments")

    def __init__(self, articles: list[ArticlePage], moderator: User) -> None:
        super().__init__()
        self.articles = articles
        self.moderator = moderator
        self.now = NOON
        self.last_reader = Reader.objects.aggregate(last=Max("pk"))["last"] or 0
        self.orders = itertools.cycle(Order)
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        """Leave the database as it was before the run."""
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def ask(self, action: Callable[..., object], **values: object) -> object:
        """Do it, or be refused."""
        self.now += timedelta(seconds=20)
        try:
            return action(**values)
        except REFUSALS:
            return None

    @precondition(lambda self: self.arrived().count() < FEW)
    @rule(target=readers)
    def come(self) -> Reader:
        return Reader.objects.create()

    @rule(minutes=st.sampled_from([5, 15]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(reader=readers, which=st.integers(0, 1), stars=st.integers(1, 5), version=st.none() | st.integers(1, 3))
    def rate(self, reader: Reader, which: int, stars: int, version: int | None) -> None:
        article = self.articles[which]
        self.ask(actions.rate, article=article, reader=reader, stars=stars, now=self.now, version=version)

    @rule(reader=readers, which=st.integers(0, 1))
    def withdraw(self, reader: Reader, which: int) -> None:
        if rating := Rating.objects.filter(article=self.articles[which]).order_by("-changed_at").first():
            self.ask(actions.withdraw, rating=rating, reader=reader, now=self.now)
        if rating := Rating.objects.filter(article=self.articles[which], reader=reader).first():
            self.ask(actions.withdraw, rating=rating, reader=reader, now=self.now)

    @rule(reader=readers, standing=standings)
    def judge_rating(self, reader: Reader, standing: Standing) -> None:
        if rating := Rating.objects.filter(reader=reader).order_by("changed_at").last():
            self.ask(actions.judge_rating, rating=rating, standing=standing, now=self.now, moderator=self.moderator)

    @rule(which=st.integers(0, 1))
    def begin_anew(self, which: int) -> None:
        given = {"moderator": self.moderator, "reason": "Wholly rewritten."}
        self.ask(actions.begin_anew, article=self.articles[which], now=self.now, **given)

    @rule(which=st.integers(0, 1))
    def count_earlier_again(self, which: int) -> None:
        self.ask(actions.count_earlier_again, article=self.articles[which], moderator=self.moderator)

    @rule(stars=st.sampled_from([1, 5]))
    def send_a_crowd(self, stars: int) -> None:
        """So many from one network that their votes are set aside."""
        if Rating.objects.filter(network="crowd").exists():
            return
        for reader in Reader.objects.bulk_create(Reader() for _ in range(12)):
            sender = Sender(network="crowd")
            self.ask(actions.rate, article=self.articles[0], reader=reader, stars=stars, now=self.now, sender=sender)

    @rule(target=comments, reader=readers, which=st.integers(0, 1), kind=st.sampled_from(Kind), verdict=verdicts)
    def comment(self, reader: Reader, which: int, kind: Kind, verdict: Verdict) -> Comment | None:
        return self.write(reader, self.articles[which], verdict, kind=kind)

    @rule(target=comments, reader=readers, parent=comments, verdict=verdicts)
    def reply(self, reader: Reader, parent: Comment | None, verdict: Verdict) -> Comment | None:
        return parent and self.write(reader, parent.article, verdict, parent=parent)

    @rule(target=comments, reader=readers, stars=st.integers(1, 5), verdict=verdicts)
    def review(self, reader: Reader, stars: int, verdict: Verdict) -> Comment | None:
        article = self.articles[0]
        self.ask(actions.rate, article=article, reader=reader, stars=stars, now=self.now)
        return self.write(reader, article, verdict, kind=Kind.REVIEW)

    def write(self, reader: Reader, article: ArticlePage, verdict: Verdict, **fields: object) -> Comment | None:
        fields |= {"name": "Ruth", "email": "ruth@example.org", "text": "Steam.", "verdict": verdict}
        return self.ask(actions.comment, article=article, reader=reader, now=self.now, **fields)

    @rule(comment=comments, text=texts, verdict=verdicts)
    def edit(self, comment: Comment | None, text: str, verdict: Verdict) -> None:
        if comment := self.again(comment):
            given = {"reader": comment.reader, "text": text, "verdict": verdict, "version": comment.version}
            self.ask(actions.edit, comment=comment, now=self.now, **given)

    @rule(comment=comments, reader=readers)
    def delete(self, comment: Comment | None, reader: Reader) -> None:
        if comment := self.again(comment):
            self.ask(actions.delete, comment=comment, reader=reader, now=self.now)
            self.ask(actions.delete, comment=comment, reader=comment.reader, now=self.now)

    @rule(comment=comments, to=st.sampled_from(State))
    def decide(self, comment: Comment | None, to: State) -> None:
        if comment := self.again(comment):
            given = {"version": comment.version, "to": to, "moderator": self.moderator}
            self.ask(actions.decide, comment=comment, now=self.now, **given)

    @rule(comment=comments, to=st.sampled_from(State))
    def decide_on_an_old_page(self, comment: Comment | None, to: State) -> None:
        if comment:
            self.ask(actions.decide, comment=comment, version=comment.version, to=to, now=self.now)

    @rule(comment=comments)
    def publish(self, comment: Comment | None) -> None:
        self.decide(comment, State.PUBLISHED)

    @rule(comment=comments, reader=readers, helpful=st.sampled_from([True, True, True, False]))
    def find_helpful(self, comment: Comment | None, reader: Reader, helpful: bool) -> None:
        if comment:
            self.ask(actions.find_helpful, comment=comment, reader=reader, helpful=helpful, now=self.now)

    @rule(reader=readers, standing=standings)
    def judge_helpful(self, reader: Reader, standing: Standing) -> None:
        if vote := HelpfulVote.objects.filter(reader=reader).order_by("pk").last():
            self.ask(actions.judge_helpful, vote=vote, standing=standing, moderator=self.moderator)

    @rule(comment=comments, reader=readers, reason=st.sampled_from(Report.Reason))
    def report(self, comment: Comment | None, reader: Reader, reason: Report.Reason) -> None:
        if comment:
            self.ask(actions.report, comment=comment, reader=reader, reason=reason, now=self.now)

    @rule(comment=comments, pinned=st.booleans())
    def pin(self, comment: Comment | None, pinned: bool) -> None:
        if comment:
            self.ask(actions.pin, comment=comment, pinned=pinned, now=self.now, moderator=self.moderator)

    @rule(comment=comments, reason=st.sampled_from(["", "Well told."]))
    def pick(self, comment: Comment | None, reason: str) -> None:
        if comment:
            self.ask(actions.pick, comment=comment, reason=reason, now=self.now, moderator=self.moderator)

    @rule(comment=comments, text=texts)
    def redact(self, comment: Comment | None, text: str) -> None:
        if comment := self.again(comment):
            given = {"version": comment.version, "text": text, "moderator": self.moderator}
            self.ask(actions.redact, comment=comment, now=self.now, **given)

    @rule(comment=comments, checked=st.booleans())
    def check(self, comment: Comment | None, checked: bool) -> None:
        if comment := self.again(comment):
            given = {"version": comment.version, "checked": checked, "moderator": self.moderator}
            self.ask(actions.check, comment=comment, now=self.now, **given)

    @rule(comment=comments)
    def undo(self, comment: Comment | None) -> None:
        """Undo the latest decision on a comment: it is in the state then that it was in before."""
        if comment and (decision := Decision.objects.filter(comment=comment).order_by("version").last()):
            undone = self.ask(actions.undo, decision=decision, now=self.now, moderator=self.moderator)
            assert undone is None or self.again(comment).state == decision.from_state

    @rule(earlier=st.integers(0, 5))
    def undo_any(self, earlier: int) -> None:
        if decision := Decision.objects.order_by("-pk")[earlier:].first():
            self.ask(actions.undo, decision=decision, now=self.now, moderator=self.moderator)

    @rule(state=st.sampled_from(State), to=st.sampled_from([State.PUBLISHED, State.HIDDEN, State.REJECTED, State.SPAM]))
    def begin_bulk(self, state: State, to: State) -> None:
        given = {"selection": {"state": state}, "seen_at": self.now, "until": 2**62, "moderator": self.moderator}
        self.ask(actions.begin_bulk, matching=Comment.objects.in_state(state), to=to, now=self.now, **given)
        self.continue_bulk()

    @rule()
    def undo_bulk(self) -> None:
        if bulk := Bulk.objects.order_by("pk").last():
            self.ask(actions.begin_undoing_bulk, bulk=bulk, now=self.now, moderator=self.moderator)

    @rule()
    def continue_bulk(self) -> None:
        """Make one chunk, or leave it half done for whatever comes between."""
        if bulk := Bulk.objects.order_by("pk").last():
            matching = Comment.objects.all()
            if bulk.undo_started_at is None:
                matching = Comment.objects.in_state(State(bulk.selection["state"]))
            self.ask(actions.continue_bulk, bulk=bulk, matching=matching, now=self.now)

    @rule(reader=readers, into=readers)
    def join(self, reader: Reader, into: Reader) -> None:
        found = Reader.objects.in_bulk([reader.pk, into.pk])
        if reader != into and len(found) == len([reader, into]):
            self.ask(actions.join, reader=found[reader.pk], into=found[into.pk])

    @rule(comment=comments, reader=readers, into=readers)
    def join_after_both_liked_the_same(self, comment: Comment | None, reader: Reader, into: Reader) -> None:
        self.find_helpful(comment, reader, True)
        self.find_helpful(comment, into, True)
        self.join(reader, into)

    def arrived(self) -> QuerySet[Reader]:
        """Return the readers of this run who are still there, without the crowd."""
        return Reader.objects.filter(pk__gt=self.last_reader).exclude(ratings__network="crowd")

    def again(self, comment: Comment | None) -> Comment | None:
        """Return the comment as it stands now."""
        return comment and Comment.objects.get(pk=comment.pk)

    @invariant()
    def every_kept_number_equals_a_recount(self) -> None:
        assert [mismatch for progress in verify() for mismatch in progress.mismatches] == []

    @invariant()
    def what_is_shown_equals_a_count_by_hand(self) -> None:
        """In plain Python, so that the recount of the database has a witness."""
        ratings = list(Rating.objects.all())
        comments = {comment.pk: comment for comment in Comment.objects.all()}
        published = [comment for comment in comments.values() if comment.state == State.PUBLISHED]
        helpful = list(HelpfulVote.objects.filter(standing=Standing.COUNTED).values_list("comment", flat=True))
        stars = {(rating.article_id, rating.reader_id): rating.counted_stars for rating in ratings}
        for summary in RatingSummary.objects.all():
            given = [number for (article, _), number in stars.items() if article == summary.article_id]
            assert summary.histogram == {number: given.count(number) for number in range(1, 6)}
            kept = [rating for rating in ratings if rating.is_retired and rating.article_id == summary.article_id]
            stood = [rating for rating in kept if rating.standing == Standing.COUNTED and not rating.is_withdrawn]
            assert summary.retired_own_count == len(stood)
            assert not kept or summary.begun_anew_at
        for comment in comments.values():
            hangs_on = operator.attrgetter("parent_id" if comment.parent_id else "thread_id")
            replies = [reply for reply in published if reply.parent_id and hangs_on(reply) == comment.pk]
            assert comment.reply_count == len(replies)
            assert comment.helpful_count == helpful.count(comment.pk)
            assert comment.listed == (comment in published or bool(replies))
            is_review = comment.kind == Kind.REVIEW
            assert comment.stars == (stars[comment.article_id, comment.reader_id] if is_review else None)
            assert not comment.is_pinned or (comment.parent_id is None and comment in published)

    @invariant()
    def page_shows_each_thread_once(self) -> None:
        order = next(self.orders)
        for article in self.articles:
            here = Comment.objects.filter(article=article)
            page: Selection | None = Selection(order=order)
            shown = []
            while page is not None:
                responses = responses_to(article, page)
                shown += responses.threads
                page = responses.next_page
            first_ones = here.filter(listed=True, parent=None)
            if order == Order.STARS:
                first_ones = first_ones.filter(state=State.PUBLISHED, stars__isnull=False)
            elif any(thread.comment.is_pinned for thread in shown):
                assert [thread.comment.is_pinned for thread in shown].index(True) == 0
            assert sorted(thread.comment.pk for thread in shown) == sorted(first_ones.values_list("pk", flat=True))
            assert responses.count == here.filter(state=State.PUBLISHED).count()
            assert responses.reviews == here.filter(state=State.PUBLISHED, stars__isnull=False).count()

    @invariant()
    def nobody_finds_their_own_words_helpful(self) -> None:
        assert not HelpfulVote.objects.filter(comment__reader=F("reader")).exists()


@pytest.mark.django_db
def test_shown_counts_equal_a_recount_after_every_step(make_article, moderator, monkeypatch):
    monkeypatch.setattr(bulks, "CHUNK", 2)
    articles = [make_article("Kettles"), make_article("Pots")]
    run_state_machine_as_test(
        lambda: Responses(articles, moderator),
        settings=settings(
            max_examples=15,
            stateful_step_count=50,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
