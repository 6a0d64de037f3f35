"""What the learned model is taught by the moderators, and when it may act."""

from __future__ import annotations

import logging
import math
from dataclasses import replace
from datetime import timedelta

import pytest

from ratings import actions
from ratings.actions import training
from ratings.models import Bulk, Comment, Decision, Ground, SanctionKind, SpamModel, State
from ratings.moderation import learning
from ratings.moderation.judge import Verdict
from ratings.moderation.learning import examples, goes_to_a_moderator, opinion_of, outcomes
from ratings.moderation.spam.model import Model
from ratings.moderation.spam.starter import train_with_starter
from tests.conftest import NOON

SPAM = "Earn $500 a day from home, just message me on WhatsApp +1 555 0100 and visit http://easy-money.example now"


@pytest.fixture(scope="module")
def first_model() -> Model:
    return train_with_starter()


@pytest.fixture
def trained(db, first_model) -> SpamModel:
    return SpamModel.objects.create(trained_at=NOON, examples=0, spam=0, weights=first_model.to_json())


@pytest.fixture
def fresh():
    """Begin without a remembered model, and end so: the numbers of models come again in other tests."""
    learning._model.cache_clear()
    yield
    learning._model.cache_clear()


@pytest.fixture
def sure(monkeypatch, trained) -> SpamModel:
    """Return a model that may act, and keeps nothing for moderators."""
    monkeypatch.setattr(learning, "outcomes", lambda: [True] * 300)
    monkeypatch.setattr(learning, "goes_to_a_moderator", lambda key: False)
    return trained


def edit(comment: Comment, text: str, verdict: Verdict) -> None:
    actions.edit(comment=comment, reader=comment.reader, text=text, verdict=verdict, version=comment.version, now=NOON)


class TestWhatItLearnsFrom:
    def test_decisions_of_moderators_on_the_words_under_each_article(self, make_comment, move, moderator, article):
        kept = move(make_comment(text="It whistles at night."), State.PUBLISHED, moderator=moderator)
        sold = move(make_comment(text=SPAM), State.SPAM, moderator=moderator)

        learned = {(example.text, example.spam, example.group) for example in examples()}

        assert learned == {(kept.text, False, str(article.pk)), (sold.text, True, str(article.pk))}

    @pytest.mark.parametrize(
        ("ground", "spam"),
        [(Ground.ADVERTISING, True), (Ground.SPAM, True), (Ground.MISINFORMATION, False), (Ground.ABUSE, False)],
    )
    def test_what_is_rejected_is_spam_only_on_such_grounds(self, make_comment, move, moderator, ground, spam):
        move(make_comment(), State.REJECTED, moderator=moderator, ground=ground)

        assert [example.spam for example in examples()] == [spam]

    def test_nobody_teaches_it_by_what_was_done_without_a_moderator(self, make_comment, move):
        make_comment(State.PUBLISHED)
        make_comment(State.SPAM)
        move(make_comment(), State.SPAM)

        assert list(examples()) == []

    def test_the_last_word_on_a_comment_counts_and_one_that_waits_again_has_none(self, make_comment, move, moderator):
        changed = move(make_comment(), State.SPAM, moderator=moderator)
        move(changed, State.PUBLISHED, moderator=moderator)
        undone = move(make_comment(), State.SPAM, moderator=moderator)
        actions.undo(decision=Decision.objects.get(comment=undone), now=NOON, moderator=moderator)

        assert [(example.text, example.spam) for example in examples()] == [(changed.text, False)]

    def test_what_its_author_took_back_is_no_lesson(self, make_comment, move, moderator):
        comment = move(make_comment(), State.PUBLISHED, moderator=moderator)
        actions.delete(comment=comment, reader=comment.reader, now=NOON)

        assert list(examples()) == []

    def test_nobody_approves_words_that_were_written_later(self, make_comment, move, moderator):
        comment = move(make_comment(text="It whistles at night."), State.PUBLISHED, moderator=moderator)
        told = move(make_comment(text="Call Ruth: 555."), State.PUBLISHED, moderator=moderator)

        edit(comment, SPAM, Verdict(state=State.PENDING, is_called_spam=True))
        actions.redact(comment=told, version=told.version, text="Call Ruth.", now=NOON, moderator=moderator)

        assert [(example.text, example.spam) for example in examples()] == [("Call Ruth.", False)]
        assert outcomes() == []
        move(comment, State.SPAM, moderator=moderator)
        assert outcomes() == [True]

    def test_decision_that_is_brought_back_is_the_one_that_was_undone(self, make_comment, move, moderator):
        move(make_comment(), State.REJECTED, moderator=moderator, ground=Ground.ADVERTISING)
        for learned in ([], [True], [], [True]):
            actions.undo(decision=Decision.objects.latest("pk"), now=NOON, moderator=moderator)

            assert [example.spam for example in examples()] == learned

    def test_sanction_is_about_the_reader_and_says_nothing_of_the_words(self, make_comment, move, moderator):
        calm = move(make_comment(), State.PUBLISHED, moderator=moderator)
        make_comment(State.PUBLISHED, reader=calm.reader)
        actions.sanction(
            reader=calm.reader,
            kind=SanctionKind.BAN,
            ground=Ground.SPAM,
            moderator=moderator,
            now=NOON + timedelta(hours=1),
            hide=State.SPAM,
        )
        written = Comment.objects.filter(reader=calm.reader)
        actions.continue_bulk(bulk=Bulk.objects.get(), matching=written, now=NOON + timedelta(hours=1))

        assert [comment.state for comment in written] == [State.SPAM, State.SPAM]
        assert [(example.text, example.spam) for example in examples()] == [(calm.text, False)]


class TestTraining:
    def test_begins_with_the_texts_that_came_with_the_product(self, db):
        stored = actions.train_spam_model(now=NOON)
        model = Model.from_json(stored.weights)

        assert (stored.examples, stored.spam) == (0, 0)
        assert model.score(SPAM) > 0.9 > 0.5 > model.score("My back cracks each morning. Is that normal?")

    def test_learns_what_moderators_of_this_site_call_spam(self, make_comment, move, moderator, first_model):
        words = "Our copper kettles, polished by hand in {}, whistle in tune: kettles of the guild, order today"
        for number in range(12):
            move(make_comment(text=words.format(f"town {number}")), State.SPAM, moderator=moderator)
            move(make_comment(text=f"My kettle is {number} years old and calm."), State.PUBLISHED, moderator=moderator)
        asked = words.format("our village")

        again = actions.train_spam_model(now=NOON)

        assert (again.examples, again.spam) == (24, 12)
        assert Model.from_json(again.weights).score(asked) > first_model.score(asked)

    def test_the_latest_five_are_kept(self, trained, first_model, monkeypatch):
        monkeypatch.setattr(training, "train_with_starter", lambda decisions: first_model)
        for day in range(1, 7):
            last = actions.train_spam_model(now=NOON + timedelta(days=day))

        assert SpamModel.objects.count() == 5
        assert SpamModel.objects.latest() == last


class TestOpinion:
    def test_there_is_none_before_it_was_trained(self, db):
        assert opinion_of(SPAM) is None

    @pytest.mark.parametrize("weights", ["", '{"format": 0}'])
    def test_there_is_none_when_the_model_cannot_be_read_and_the_log_says_so_once(self, db, fresh, caplog, weights):
        SpamModel.objects.create(trained_at=NOON, examples=0, spam=0, weights=weights)

        with caplog.at_level(logging.ERROR, "ratings.moderation.learning"):
            assert [opinion_of(SPAM) for _again in "12"] == [None, None]

        assert ["cannot be read" in record.message for record in caplog.records] == [True]
        assert caplog.records[0].exc_info

    def test_says_how_sure_it_is_and_where_what_weighed_most_stands(self, trained):
        opinion = opinion_of(SPAM)

        assert opinion.calls_it_spam
        assert 0 < opinion.threshold <= opinion.score <= 1
        assert {SPAM[start:end] for start, end in opinion.spans} & {"WhatsApp", "Earn", "easy-money"}

    def test_calm_words_are_scored_and_not_called_spam(self, trained):
        opinion = opinion_of("Thank you, this helped me a lot.")

        assert not opinion.calls_it_spam
        assert opinion.spans == ()

    def test_model_that_is_never_sure_calls_nothing_spam(self, trained, first_model):
        unsure = replace(first_model, threshold=None)
        SpamModel.objects.create(trained_at=NOON, examples=0, spam=0, weights=unsure.to_json())

        opinion = opinion_of(SPAM)

        assert (opinion.threshold, opinion.calls_it_spam) == (math.inf, False)

    def test_asks_once_for_the_model_and_once_for_its_outcomes(self, trained, django_assert_num_queries):
        opinion_of(SPAM)

        with django_assert_num_queries(2):
            opinion_of(SPAM)
        with django_assert_num_queries(1):
            opinion_of("Thank you, this helped me a lot.")


class TestActing:
    def test_not_while_moderators_have_seen_too_few_of_its_verdicts(self, trained, monkeypatch):
        monkeypatch.setattr(learning, "goes_to_a_moderator", lambda key: False)

        assert not opinion_of(SPAM).may_act

    def test_once_its_precision_is_proven(self, sure):
        assert opinion_of(SPAM).may_act

    def test_not_when_the_operator_forbids_it(self, sure, settings):
        settings.SPAM_MODEL_MAY_ACT = False

        assert not opinion_of(SPAM).may_act

    def test_one_mistake_in_three_hundred_stops_it(self, sure, monkeypatch):
        monkeypatch.setattr(learning, "outcomes", lambda: [True] * 299 + [False])

        assert not opinion_of(SPAM).may_act

    def test_one_in_twenty_goes_to_a_moderator_all_the_same(self):
        share = sum(goes_to_a_moderator(f"form {number}") for number in range(4000)) / 4000

        assert 0.035 < share < 0.065

    def test_the_same_comment_is_always_settled_in_the_same_way(self):
        assert len({goes_to_a_moderator("form") for _again in range(5)}) == 1


class TestOutcomes:
    def test_tell_whether_moderators_agreed_the_newest_first(self, make_comment, move, moderator):
        called = [make_comment(verdict=Verdict(state=State.PENDING, spam_score=1, is_called_spam=True)) for _ in "123"]
        move(called[0], State.SPAM, moderator=moderator)
        move(called[1], State.PUBLISHED, moderator=moderator)
        move(make_comment(), State.SPAM, moderator=moderator)

        assert outcomes() == [False, True]

    def test_what_the_model_did_alone_counts_when_a_moderator_contradicts(self, make_comment, move, moderator):
        alone = make_comment(verdict=Verdict(state=State.SPAM, spam_score=1, is_called_spam=True))
        assert outcomes() == []

        move(alone, State.PUBLISHED, moderator=moderator)

        assert outcomes() == [False]
        assert Comment.objects.get(pk=alone.pk).is_called_spam

    def test_erasing_is_no_verdict_and_the_one_before_it_counts(self, make_comment, move, moderator):
        called = make_comment(verdict=Verdict(state=State.PENDING, spam_score=1, is_called_spam=True))
        move(called, State.SPAM, moderator=moderator)
        move(called, State.ERASED, moderator=moderator)

        assert (outcomes(), list(examples())) == ([True], [])
