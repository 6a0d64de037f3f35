"""What the checks find."""

from datetime import timedelta

import pytest

from ratings.models import State
from ratings.moderation.finding import Finding
from ratings.moderation.judge import judge
from ratings.moderation.submission import Submission


def submission(**fields) -> Submission:
    return Submission(**{"text": "A calm remark.", "name": "Ruth", "dwell": timedelta(minutes=1)} | fields)


def rules(found: Submission) -> list[str]:
    return [finding.rule for finding in judge(found).findings]


def test_calm_comment_waits_without_findings():
    verdict = judge(submission())

    assert (verdict.state, verdict.findings, verdict.points) == (State.PENDING, (), 0)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"trap": "https://spam.example"}, ["honeypot"]),
        ({"dwell": timedelta(seconds=1)}, ["dwell"]),
        ({"dwell": timedelta(seconds=3)}, []),
        ({"dwell": None}, []),
        ({"lacks_proof": True}, ["proof"]),
        ({"text": "My legs are numb."}, ["notice"]),
        ({"text": "See https://example.org"}, []),
        ({"text": "https://a.example www.b.example http://c.example"}, ["links"]),
        (
            {"trap": "x", "dwell": timedelta(0), "text": "http://a.example http://b.example"},
            ["honeypot", "dwell", "links"],
        ),
    ],
)
def test_each_check_finds_its_own(fields, expected):
    assert rules(submission(**fields)) == expected


def test_trace_says_rule_points_and_reason():
    (entry,) = judge(submission(text="http://a.example http://b.example http://c.example")).trace()

    assert entry == {"rule": "links", "points": 40, "reason": "The comment carries 3 links."}


@pytest.mark.parametrize("points", [-1, 101])
def test_points_beyond_the_scale_are_refused(points):
    with pytest.raises(ValueError, match="0 to 100"):
        Finding(rule="any", points=points, reason="")
