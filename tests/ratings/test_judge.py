"""How a verdict comes from what the checks find."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ratings.models import State
from ratings.moderation.finding import Finding
from ratings.moderation.judge import CHECKS, OF_SENDING, found_in_sending, judge
from ratings.moderation.policy import Mode, Policy
from ratings.moderation.submission import AkismetOpinion, SpamOpinion, Submission, Writer
from ratings.moderation.words import WordList

AFTER = Policy(mode=Mode.AFTER, holds_first=False, trusted_after=3)
TRUSTED, STAFF = Writer(published=3, approved=3), Writer(is_staff=True)
LINKS = "http://a.example http://b.example http://c.example http://d.example http://e.example"
WORDS = WordList([("banned", "snake oil"), ("suspect", "miracle")])
SPAM = SpamOpinion(score=0.97, threshold=0.9, spans=((0, 6),))


def submission(**fields) -> Submission:
    return Submission(**{"text": "A calm remark.", "name": "Ruth", "dwell": timedelta(minutes=1)} | fields)


def test_calm_comment_waits_as_long_as_nobody_has_decided_otherwise():
    verdict = judge(submission())

    assert (verdict.state, verdict.points) == (State.PENDING, 0)
    assert [finding.rule for finding in verdict.findings] == ["ladder"]


def test_trace_reads_in_the_order_of_the_checks_and_ends_with_the_ladder():
    verdict = judge(submission(trap="x", dwell=timedelta(0), text=LINKS, words=WORDS, name="Miracle", spam=SPAM))

    rules = ["honeypot", "dwell", "suspect_words", "links", "domains", "model", "ladder"]
    assert [finding.rule for finding in verdict.findings] == rules


def test_trace_says_rule_points_reason_and_place():
    entry, *_ = judge(submission(text="See http://a.example, http://b.example")).trace()

    spans = [[4, 20], [22, 38]]
    assert entry == {"rule": "links", "points": 20, "reason": "The comment carries 2 links.", "spans": spans}


@pytest.mark.parametrize(
    ("writer", "state"),
    [(Writer(), State.PENDING), (Writer(published=2), State.PENDING), (TRUSTED, State.PENDING), (STAFF, "published")],
)
def test_points_hold_everybody_but_staff(writer, state):
    calm = submission(writer=writer, policy=AFTER)

    assert judge(calm).state == State.PUBLISHED
    assert judge(replace(calm, text=LINKS, trap="x")).state == state


def test_policy_says_how_many_points_hold():
    hasty = submission(policy=AFTER, dwell=timedelta(0))

    assert judge(hasty).state == State.PENDING
    assert judge(replace(hasty, policy=replace(AFTER, hold_from=31))).state == State.PUBLISHED


@pytest.mark.parametrize("writer", [Writer(), TRUSTED, STAFF])
def test_banned_word_rejects_and_suspect_one_holds_whoever_wrote_it(writer):
    of_writer = submission(writer=writer, policy=AFTER, words=WORDS)

    assert judge(replace(of_writer, text="Snake oil, a miracle!")).state == State.REJECTED
    assert judge(replace(of_writer, text="A miracle!")).state == State.PENDING


@pytest.mark.parametrize(
    ("writer", "may_act", "state"),
    [
        (TRUSTED, True, State.SPAM),
        (TRUSTED, False, State.PENDING),
        (STAFF, True, State.PUBLISHED),
    ],
)
def test_model_takes_out_what_it_may_holds_the_rest_and_never_judges_staff(writer, may_act, state):
    patient = replace(AFTER, hold_from=90)
    verdict = judge(submission(writer=writer, policy=patient, spam=replace(SPAM, may_act=may_act)))

    assert (verdict.state, verdict.spam_score, verdict.is_called_spam) == (state, 0.97, True)


def test_score_below_the_threshold_is_kept_and_holds_nothing():
    verdict = judge(submission(policy=AFTER, spam=SpamOpinion(score=0.5, threshold=0.9, may_act=True)))

    assert (verdict.state, verdict.spam_score, verdict.is_called_spam) == (State.PUBLISHED, 0.5, False)


def test_severest_state_that_is_asked_for_holds():
    of_all = submission(text="Snake oil, a miracle!", words=WORDS, spam=replace(SPAM, may_act=True))

    assert judge(of_all).state == State.SPAM


def test_praise_of_others_publishes_nothing():
    praised = submission(akismet=AkismetOpinion(is_spam=False), spam=SpamOpinion(score=0, threshold=0.9))

    assert judge(praised).state == State.PENDING


def test_no_check_says_a_word_of_the_comment():
    canary = "Canary www.canary.example canary@canary.example my father Canary was diagnosed"
    words = WordList([("banned", "canary"), ("suspect", "father")])
    verdict = judge(submission(text=canary, name="Canary", words=words, spam=SPAM))

    assert {"banned_words", "suspect_words", "domains", "notice", "model"} <= {
        entry["rule"] for entry in verdict.trace()
    }
    assert "canary" not in str(verdict.trace()).lower()
    assert "father" not in str(verdict.trace()).lower()


def test_author_is_told_why_the_checks_decided_and_only_then():
    banned, waiting = submission(text="Snake oil", words=WORDS), submission(text="A miracle", words=WORDS)

    assert judge(banned).reasons_for_author == ["It holds a word that is not published on this site."]
    assert judge(replace(waiting, spam=replace(SPAM, may_act=True))).reasons_for_author == [
        "A program that has learned from our moderators took it for spam."
    ]
    assert judge(waiting).reasons_for_author == []
    assert judge(replace(waiting, spam=SPAM)).reasons_for_author == []


def test_what_was_found_in_sending_it_stays_with_every_edit():
    sent = submission(trap="x", dwell=timedelta(0), lacks_proof=True, text=LINKS)
    edited = submission(dwell=None, found_before=found_in_sending(judge(sent).trace()))

    assert {finding.rule for finding in judge(edited).findings} == (OF_SENDING - {"reports"}) | {"ladder"}
    assert judge(edited).points == 80 + 30 + 20


def test_checks_find_nothing_in_a_submission_of_which_nothing_is_known():
    assert [check(Submission(text="", name="")) for check in CHECKS] == [None] * len(CHECKS)


@pytest.mark.parametrize("points", [-1, 101])
def test_points_beyond_the_scale_are_refused(points):
    with pytest.raises(ValueError, match="0 to 100"):
        Finding(rule="any", points=points, reason="")
