"""When reports take a comment away, what answers them, and what the reporter is told."""

from __future__ import annotations

import itertools
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from ratings import actions
from ratings.models import Badge, Comment, Decision, DiscussionPolicy, Reader, ReaderToken, Report, State
from ratings.models.reader import token_digest
from ratings.models.report import Outcome
from ratings.moderation.judge import Verdict
from ratings.moderation.reports import Record
from tests.conftest import NOON
from tests.ratings import posting


@pytest.fixture
def comment(make_comment) -> Comment:
    return make_comment(State.PUBLISHED)


@pytest.fixture
def tell(make_reader):
    """Return a function that reports a comment, each time as another reader from another network."""
    numbers = itertools.count(1)

    def report(comment: Comment, reason: str = "false", *, reader: Reader | None = None, network: str = "") -> Report:
        sender = actions.Sender(network=network or f"network {next(numbers)}")
        reader = reader or make_reader()
        return actions.report(comment=comment, reader=reader, reason=Report.Reason(reason), now=NOON, sender=sender)

    return report


@pytest.fixture
def answer(move, moderator, comment):
    """Return a function with which a moderator moves the comment; PUBLISHED keeps what is published."""
    return lambda to=State.PUBLISHED: move(comment, to, moderator=moderator)


@pytest.fixture
def undo(moderator, comment):
    """Return a function that undoes the latest decision on the comment."""
    return lambda: actions.undo(decision=comment.decisions.latest("pk"), now=NOON, moderator=moderator)


def state_of(comment: Comment) -> str:
    return Comment.objects.values_list("state", flat=True).get(pk=comment.pk)


def outcome_of(report: Report) -> str:
    return report.became.outcome


@pytest.mark.django_db
@pytest.mark.usefixtures("no_limits")
class TestTakingAway:
    def test_three_readers_from_three_networks_take_a_comment_away_until_a_moderator_has_looked(self, comment, tell):
        states = []
        for _ in range(3):
            tell(comment)
            states.append(state_of(comment))

        assert states == [State.PUBLISHED, State.PUBLISHED, State.PENDING]
        comment.refresh_from_db()
        assert [found["rule"] for found in comment.trace] == ["reports"]
        assert (comment.points, comment.rules) == (30, "|reports|")
        decision = comment.decisions.get()
        assert (decision.moderator, decision.to_state) == (None, State.PENDING)
        assert Report.objects.open().count() == 3

    def test_thirty_from_one_network_and_all_that_one_reader_can_say_never_do(self, comment, tell, make_reader):
        one = make_reader()
        for reason in Report.Reason.values:
            tell(comment, reason, reader=one)
        for _ in range(30):
            tell(comment, network="one house")

        assert state_of(comment) == State.PUBLISHED
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("fields", [{"badge": Badge.AUTHOR}, {"is_checked": True}])
    def test_comments_of_staff_and_such_as_are_checked_are_never_taken_away(self, comment, tell, fields):
        Comment.objects.filter(pk=comment.pk).update(**fields)

        for _ in range(4):
            tell(comment)

        assert state_of(comment) == State.PUBLISHED
        assert Report.objects.open().count() == 4

    @pytest.mark.parametrize(("number", "state"), [(0, State.PUBLISHED), (1, State.PENDING), (5, State.PUBLISHED)])
    def test_policy_says_how_many_it_takes(self, comment, tell, number, state):
        DiscussionPolicy.objects.create(hide_from_reports=number)

        for _ in range(1 if number == 1 else 4):
            tell(comment)

        assert state_of(comment) == state

    def test_author_is_told_the_true_state_and_why(self, client, article, tell, move):
        own = move(posting.written(client, article), State.PUBLISHED)
        for _ in range(3):
            tell(own)

        page = client.get(f"/responses/{own.public_id}/").content.decode()

        assert "Waiting for review" in page
        assert "Several readers reported it. It waits until a moderator has looked." in page

    def test_moderator_brings_it_back_with_its_counts_and_the_reporters_were_wrong(
        self, comment, tell, make_comment, make_reader, move, moderator
    ):
        reply = make_comment(State.PUBLISHED, parent=comment)
        actions.find_helpful(comment=reply, reader=make_reader(), helpful=True, now=NOON)
        reports = [tell(reply) for _ in range(3)]
        comment.refresh_from_db()
        assert comment.reply_count == 0

        reply = move(reply, State.PUBLISHED, moderator=moderator)

        comment.refresh_from_db()
        assert (comment.reply_count, reply.helpful_count) == (1, 1)
        assert {outcome_of(report) for report in reports} == {Outcome.DISMISSED}
        assert tell(comment, reader=reports[0].reader).weight == pytest.approx(2 / 3)

    def test_it_stays_away_if_a_moderator_agrees_and_the_reporters_were_right(
        self, comment, tell, make_comment, answer
    ):
        reports = [tell(comment) for _ in range(3)]

        answer(State.REJECTED)

        assert {outcome_of(report) for report in reports} == {Outcome.UPHELD}
        assert tell(make_comment(State.PUBLISHED), reader=reports[0].reader).weight == pytest.approx(4 / 3)

    def test_moderator_who_is_wrong_is_undone_and_the_reports_wait_again(self, comment, tell, answer, undo):
        reports = [tell(comment) for _ in range(3)]
        answer()

        undo()

        assert state_of(comment) == State.PENDING
        assert set(Report.objects.open()) == set(reports)
        assert Report.objects.records([reports[0].reader_id]) == {reports[0].reader_id: Record()}

    def test_who_comes_too_late_finds_it_gone_and_who_sends_twice_finds_the_report(self, comment, tell):
        last = [tell(comment) for _ in range(3)][-1]

        assert tell(comment, reader=last.reader) == last
        with pytest.raises(actions.ParentGone):
            tell(comment)
        assert Decision.objects.count() == 1

    def test_report_that_the_limits_refuse_takes_nothing_away(self, comment, tell, make_comment, settings):
        tell(comment)
        tell(comment)
        settings.READER_LIMITS_SCALE = 0.01
        eager = tell(make_comment(State.PUBLISHED)).reader

        with pytest.raises(actions.TooMany):
            tell(comment, reader=eager)

        assert state_of(comment) == State.PUBLISHED
        assert Report.objects.filter(comment=comment).count() == 2

    def test_who_is_never_right_is_heard_and_not_counted(self, comment, tell, make_reader, make_comment):
        spiteful = make_reader()
        dismissed(spiteful, [make_comment(State.PUBLISHED) for _ in range(10)])

        report = tell(comment, reader=spiteful)

        assert report.weight == 0
        assert report in Report.objects.open()

    @pytest.mark.parametrize("others", [0, 10])
    def test_report_takes_the_same_queries_however_many_there_are(
        self, comment, tell, make_reader, django_assert_num_queries, others
    ):
        for _ in range(others):
            tell(comment, network="one house")
        reader = make_reader()

        # A savepoint and its end; the article and who may read it, the reader, their sanctions, the thread; the same
        # report, the comment; the reader's record, the report; the open ones, the policy.
        with django_assert_num_queries(12):
            tell(comment, reader=reader)


def dismissed(reader: Reader, comments: list[Comment]) -> None:
    """Store that `reader` reported `comments`, and that a moderator kept each of them."""
    somebody = User.objects.create_user("somebody")
    for comment in comments:
        given = {"comment": comment, "version": 1}
        Report.objects.create(reader=reader, reason=Report.Reason.FALSE, created_at=NOON, **given)
        Decision.objects.create(
            is_by_moderator=True,
            moderator=somebody,
            from_state=State.PUBLISHED,
            to_state=State.PUBLISHED,
            decided_at=NOON,
            **given,
        )


@pytest.mark.django_db
class TestAnswers:
    def test_answered_reason_does_not_open_a_comment_again_and_a_new_one_does(self, comment, tell, answer):
        tell(comment, "false")
        answer()

        known, new = tell(comment, "false"), tell(comment, "abuse")

        assert (outcome_of(known), outcome_of(new)) == (Outcome.KNOWN, Outcome.WAITING)
        assert list(Report.objects.open()) == [new]

    def test_answer_stays_one_when_the_account_of_its_moderator_is_gone(self, comment, tell, answer, moderator):
        told = tell(comment)
        answer()

        moderator.delete()

        assert outcome_of(told) == Outcome.DISMISSED
        assert not Report.objects.open().exists()

    def test_approval_of_what_nobody_had_reported_answers_nothing(self, make_comment, tell, move, moderator):
        approved = move(make_comment(), State.PUBLISHED, moderator=moderator)

        assert outcome_of(tell(approved)) == Outcome.WAITING

    def test_three_further_readers_who_say_the_same_open_it_again_until_it_is_answered_once_more(
        self, comment, tell, answer
    ):
        DiscussionPolicy.objects.create(hide_from_reports=0)
        tell(comment)
        answer()

        outcomes = []
        further = []
        for _ in range(3):
            further.append(tell(comment))
            outcomes.append(Report.objects.open().count())
        answer()

        assert outcomes == [0, 0, 3]
        assert {outcome_of(report) for report in further} == {Outcome.DISMISSED}
        assert outcome_of(tell(comment)) == Outcome.KNOWN

    def test_those_who_are_not_counted_open_nothing_again(self, comment, tell, answer, make_reader, make_comment):
        tell(comment)
        answer()
        tell(comment)
        tell(comment)
        spiteful = make_reader()
        dismissed(spiteful, [make_comment(State.PUBLISHED) for _ in range(10)])

        tell(comment, reader=spiteful)

        assert not Report.objects.open().exists()

    def test_edit_makes_every_reason_new(self, comment, tell, answer):
        tell(comment)
        answer()
        edited = Verdict(state=State.PUBLISHED)
        given = {"comment": comment, "reader": comment.reader, "version": 2, "now": NOON}
        actions.edit(text="Other words", verdict=edited, **given)

        assert outcome_of(tell(comment)) == Outcome.WAITING

    def test_checked_comment_is_not_opened_by_any_reason_until_it_is_checked_no_more(self, comment, tell, moderator):
        given = {"comment": comment, "now": NOON, "moderator": moderator}
        actions.check(version=1, checked=True, **given)
        reports = [tell(comment, reason) for reason in ("false", "abuse")]
        assert {(outcome_of(report), report.became.answered_act) for report in reports} == {(Outcome.KNOWN, "check")}

        actions.check(version=2, checked=False, **given)

        assert Report.objects.open().count() == 2

    @pytest.mark.parametrize(
        ("do", "outcome"),
        [
            ("keep", Outcome.DISMISSED),
            ("check", Outcome.DISMISSED),
            ("redact", Outcome.UPHELD),
            ("hide", Outcome.UPHELD),
            ("pin", Outcome.WAITING),
        ],
    )
    def test_what_a_moderator_does_answers_and_undoing_it_opens_and_bringing_it_back_answers(
        self, comment, tell, answer, undo, moderator, do, outcome
    ):
        report = tell(comment)
        given = {"comment": comment, "version": 1, "now": NOON, "moderator": moderator}
        {
            "keep": answer,
            "check": lambda: actions.check(checked=True, **given),
            "redact": lambda: actions.redact(text="Less", **given),
            "hide": lambda: answer(State.HIDDEN),
            "pin": lambda: actions.pin(comment=comment, pinned=True, now=NOON, moderator=moderator),
        }[do]()
        outcomes = [outcome_of(report)]
        for _ in range(2):
            undo()
            outcomes.append(outcome_of(report))

        assert outcomes == [outcome, Outcome.WAITING, outcome]

    def test_undone_answer_makes_its_reason_new(self, comment, tell, answer, undo):
        tell(comment)
        answer()
        later = tell(comment)
        undo()

        assert outcome_of(later) == Outcome.WAITING

    def test_records_of_many_readers_take_one_query(self, comment, tell, answer, django_assert_num_queries):
        readers = [tell(comment, network="one house").reader_id for _ in range(3)]
        answer(State.HIDDEN)

        with django_assert_num_queries(1):
            assert Report.objects.records(readers) == dict.fromkeys(readers, Record(upheld=1))


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def reporter(self, client, make_reader) -> Reader:
        client.cookies["reader"] = "a known browser"
        return ReaderToken.objects.create(reader=make_reader(), digest=token_digest("a known browser")).reader

    def told(self, client: Client, report: Report) -> str:
        page = client.get(f"/responses/{report.public_id}/").content.decode()
        return " ".join(re.search(r"<p class=\"lede\" data-answer>(.*?)</p>", page, re.DOTALL)[1].split())

    def test_reporter_is_told_what_became_of_it(self, client, comment, tell, reporter, answer, undo):
        report = tell(comment, reader=reporter)
        told = [self.told(client, report)]
        for to in (State.PUBLISHED, State.HIDDEN):
            answer(to)
            told.append(self.told(client, report))
            undo()

        assert told[0].startswith("A moderator will look at the comment.")
        assert told[1].startswith("A moderator has looked at the comment and left it as it is.")
        assert told[2].startswith("A moderator has looked at the comment and agreed with you")

    def test_who_repeats_what_was_answered_is_told_so_at_once(self, client, comment, tell, reporter, answer):
        tell(comment)
        answer()

        assert self.told(client, tell(comment, reader=reporter)).startswith(
            "A moderator has looked at this already, for the same reason, and left the comment as it is."
        )

    def test_who_reports_a_checked_comment_is_told_that_it_was_checked(
        self, client, comment, tell, reporter, moderator
    ):
        actions.check(comment=comment, version=1, checked=True, now=NOON, moderator=moderator)

        assert "A moderator has checked this comment" in self.told(client, tell(comment, reader=reporter))

    def test_who_is_not_counted_is_told_so(self, client, comment, tell, reporter, make_comment):
        dismissed(reporter, [make_comment(State.PUBLISHED) for _ in range(10)])
        report = tell(comment, reader=reporter)

        page = client.get(f"/responses/{report.public_id}/").content.decode()

        assert "does not count" in page

    def test_writer_who_deletes_the_comment_leaves_nothing_to_look_at(self, client, comment, tell, reporter):
        report = tell(comment, reader=reporter)
        actions.delete(comment=comment, reader=comment.reader, now=NOON)

        assert self.told(client, report).startswith("The comment is no longer there.")

    def test_nobody_reports_what_they_wrote_themselves(self, client, article, move):
        own = move(posting.written(client, article), State.PUBLISHED)

        answer = posting.report(client, own)

        assert (answer.status_code, Report.objects.count()) == (403, 0)
        assert "nor report it" in answer.content.decode()


@pytest.mark.race
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_several_third_reports_at_once_take_the_comment_away_once(comment, tell, make_reader):
    tell(comment)
    tell(comment)

    def third(reader: Reader) -> bool:
        try:
            tell(comment, reader=reader)
        except actions.ParentGone:
            return False
        finally:
            connection.close()
        return True

    readers = [make_reader() for _ in range(4)]
    connection.close()
    with ThreadPoolExecutor(4) as pool:
        stored = list(pool.map(third, readers))

    assert stored.count(True) == 1
    assert (Report.objects.count(), Decision.objects.count(), state_of(comment)) == (3, 1, State.PENDING)
