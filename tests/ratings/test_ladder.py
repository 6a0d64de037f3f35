"""How far a writer has come, and what that is worth under each policy."""

import pytest

from ratings.models import State
from ratings.moderation.checks.ladder import step_on_the_ladder
from ratings.moderation.policy import Mode, Policy
from ratings.moderation.submission import Submission, Writer

NEW, KNOWN, TRUSTED = Writer(), Writer(published=3), Writer(published=3, approved=3)
STAFF, PREMODERATED = Writer(is_staff=True), Writer(is_premoderated=True, is_staff=True, approved=3)

BEFORE = Policy()
BEFORE_BUT_TRUSTED = Policy(trusted_after=3)
AFTER = Policy(mode=Mode.AFTER)
AFTER_ALL = Policy(mode=Mode.AFTER, holds_first=False)


@pytest.mark.parametrize(
    ("policy", "published"),
    [
        (BEFORE, [STAFF]),
        (BEFORE_BUT_TRUSTED, [STAFF, TRUSTED]),
        (AFTER, [STAFF, TRUSTED, KNOWN]),
        (AFTER_ALL, [STAFF, TRUSTED, KNOWN, NEW]),
    ],
)
def test_who_is_published_at_once(policy, published):
    for writer in (NEW, KNOWN, TRUSTED, STAFF, PREMODERATED):
        step = step_on_the_ladder(Submission(text="", name="", writer=writer, policy=policy))

        assert (step.rule, step.points) == ("ladder", 0)
        assert step.to == (None if writer in published else State.PENDING)


def test_reason_names_the_step():
    of_trusted = Submission(text="", name="", writer=TRUSTED, policy=BEFORE_BUT_TRUSTED)

    assert step_on_the_ladder(of_trusted).reason == "Its writer is trusted: moderators approved 3 of their comments."
