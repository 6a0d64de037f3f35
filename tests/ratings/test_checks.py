"""What each check finds, alone."""

from datetime import timedelta

import pytest

from ratings.models import State
from ratings.moderation.checks.akismet import akismet_objects
from ratings.moderation.checks.domains import links_to_doubtful_domains
from ratings.moderation.checks.dwell import sent_too_fast
from ratings.moderation.checks.honeypot import trap_was_filled
from ratings.moderation.checks.links import many_links
from ratings.moderation.checks.model import looks_like_spam
from ratings.moderation.checks.neighbors import has_banned_neighbors
from ratings.moderation.checks.notice import calls_for_a_notice
from ratings.moderation.checks.proof import came_without_proof
from ratings.moderation.checks.refusals import was_refused_lately
from ratings.moderation.checks.repeats import says_the_same_again
from ratings.moderation.checks.words import holds_banned_words, holds_suspect_words
from ratings.moderation.policy import Policy
from ratings.moderation.submission import AkismetOpinion, Alike, DomainRecord, SpamOpinion, Submission, Writer
from ratings.moderation.words import WordList

DAY = timedelta(days=1)
FOUR_LINKS = "http://a.example www.a.example/x https://b.example http://www.c.example"
WORDS = WordList([("banned", "snake oil"), ("suspect", "miracle")])


def found(check, **fields):
    """Return what `check` finds as points, state and places, or None."""
    finding = check(Submission(**{"text": "A calm remark.", "name": "Ruth"} | fields))
    return finding and (finding.points, finding.to, finding.spans)


@pytest.mark.parametrize(
    ("check", "fields", "points"),
    [
        (trap_was_filled, {"trap": "x"}, 80),
        (trap_was_filled, {"trap": ""}, None),
        (sent_too_fast, {"dwell": timedelta(seconds=2.9)}, 30),
        (sent_too_fast, {"dwell": timedelta(seconds=3)}, None),
        (sent_too_fast, {"dwell": None}, None),
        (came_without_proof, {"lacks_proof": True}, 20),
        (came_without_proof, {}, None),
        (calls_for_a_notice, {"text": "My legs are numb."}, 10),
        (calls_for_a_notice, {}, None),
        (has_banned_neighbors, {"writer": Writer(banned_neighbors=1)}, 20),
        (has_banned_neighbors, {"writer": Writer(banned_neighbors=9)}, 60),
        (has_banned_neighbors, {}, None),
        (was_refused_lately, {"writer": Writer(refused_lately=1)}, 20),
        (was_refused_lately, {"writer": Writer(refused_lately=1, published_lately=3)}, 20),
        (was_refused_lately, {"writer": Writer(refused_lately=1, published_lately=4)}, None),
        (was_refused_lately, {"writer": Writer(refused_lately=9, published_lately=9)}, 60),
        (was_refused_lately, {"writer": Writer(published=9, published_lately=9)}, None),
        (says_the_same_again, {}, None),
        (says_the_same_again, {"alike": Alike(comments=1, articles=1)}, 20),
        (says_the_same_again, {"alike": Alike(comments=1, articles=2, by_others=1)}, 40),
        (says_the_same_again, {"alike": Alike(comments=50, articles=51)}, 80),
        (says_the_same_again, {"alike": Alike(comments=1, articles=1, spam=1)}, 60),
    ],
)
def test_points(check, fields, points):
    assert found(check, **fields) == (None if points is None else (points, None, ()))


@pytest.mark.parametrize(
    ("writer", "policy", "points"),
    [
        (Writer(), Policy(), 60),
        (Writer(), Policy(links_new=3), 20),
        (Writer(), Policy(links_new=4), None),
        (Writer(approved=5), Policy(), 60),
        (Writer(published=5), Policy(trusted_after=5), 60),
        (Writer(approved=5), Policy(trusted_after=5), 20),
        (Writer(is_staff=True), Policy(links_new=0), None),
    ],
)
def test_links_are_free_by_trust(writer, policy, points):
    links = found(many_links, text=FOUR_LINKS, writer=writer, policy=policy)

    assert (links and links[0]) == points


@pytest.mark.parametrize(
    ("record", "points"),
    [
        (None, 15),
        (DomainRecord(), 15),
        (DomainRecord(known_for=DAY / 2, published=5), 15),
        (DomainRecord(known_for=DAY), 15),
        (DomainRecord(known_for=DAY, published=1), None),
        (DomainRecord(known_for=DAY, published=2, spam=1), 15),
        (DomainRecord(known_for=DAY, published=1, spam=1), 50),
    ],
)
def test_domain_is_judged_by_what_became_of_comments_that_linked_to_it(record, points):
    domains = {"a.example": record} if record else {}

    assert found(links_to_doubtful_domains, text="See http://a.example", domains=domains) == (
        points and (points, None, ((4, 20),))
    )


def test_worst_domain_counts_and_is_marked():
    domains = {"a.example": DomainRecord(known_for=DAY, spam=1), "b.example": DomainRecord(known_for=DAY, published=1)}

    doubts = found(
        links_to_doubtful_domains, text="http://b.example http://a.example http://c.example", domains=domains
    )

    assert doubts == (50, None, ((17, 33),))


@pytest.mark.parametrize(
    ("check", "text", "name", "expected"),
    [
        (holds_banned_words, "Try snake oil!", "Ruth", (100, State.REJECTED, ((4, 13),))),
        (holds_banned_words, "A calm remark.", "Snake Oil", (100, State.REJECTED, ())),
        (holds_banned_words, "A miracle", "Ruth", None),
        (holds_suspect_words, "A miracle", "Ruth", (30, State.PENDING, ((2, 9),))),
        (holds_suspect_words, "Try snake oil!", "Ruth", None),
    ],
)
def test_listed_words(check, text, name, expected):
    assert found(check, text=text, name=name, words=WORDS) == expected


@pytest.mark.parametrize(
    ("opinion", "expected"),
    [
        (SpamOpinion(score=0.89, threshold=0.9, may_act=True, spans=((0, 1),)), None),
        (SpamOpinion(score=0.9, threshold=0.9, spans=((0, 1),)), (50, State.PENDING, ((0, 1),))),
        (SpamOpinion(score=0.9, threshold=0.9, may_act=True), (50, State.SPAM, ())),
        (SpamOpinion(score=1, threshold=float("inf"), may_act=True), None),
    ],
)
def test_learned_model(opinion, expected):
    assert found(looks_like_spam, spam=opinion) == expected


@pytest.mark.parametrize(
    ("is_spam", "expected"), [(True, (40, State.PENDING, ())), (None, (0, State.PENDING, ())), (False, None)]
)
def test_akismet_only_ever_holds(is_spam, expected):
    assert found(akismet_objects, akismet=AkismetOpinion(is_spam=is_spam)) == expected
