"""What the model learns, scores, explains and stores."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratings.moderation.spam.learning import Example, OneKindOnly, train
from ratings.moderation.spam.model import Model, WrongWeights
from ratings.moderation.spam.starter import starter_examples, train_with_starter

WORDS = ["free", "pills", "now!!", "🔥", "http://a.top", "Thank", "you,", "доктор", "(WhatsApp)", "x"]
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@pytest.fixture(scope="module")
def model() -> Model:
    return train_with_starter()


@pytest.fixture(scope="module")
def reloaded(model) -> Model:
    return Model.from_json(model.to_json())


def test_starter_has_both_kinds_and_no_text_twice():
    texts = [example.text for example in starter_examples()]

    assert len(texts) == len(set(texts))
    assert 150 < sum(example.spam for example in starter_examples()) < len(texts) - 150


def test_before_the_first_decision_it_tells_spam_from_thanks(model):
    assert model.is_spam("Dr Bello cured my herpes with his herbs, WhatsApp him on +234 800 000 0199")
    assert not model.is_spam("Thank you, the part about the side effects was what I needed.")


def test_own_decisions_outweigh_what_came_with_it(model):
    text = "Please donate to our hospice at www.hospice-hill.org, every pound helps"
    wanted = [Example(text=f"{text} {number}", spam=False) for number in range(20)]

    assert train_with_starter(wanted).score(text) < 0.5 < model.score(text)


def test_same_decisions_in_any_order_make_the_same_weights():
    examples = starter_examples()[::4]

    assert train(examples).to_json() == train(examples[::-1]).to_json()


def test_one_kind_alone_teaches_nothing():
    with pytest.raises(OneKindOnly):
        train([Example(text="Thank you", spam=False), Example(text="Thanks", spam=False)])


@given(ANYTHING)
def test_any_text_has_a_likelihood_that_survives_storing(model, reloaded, text):
    assert 0 <= model.score(text) <= 1
    assert reloaded.score(text) == model.score(text) == model.score(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "w" * 5000,
        "\u200b" * 5000,
        "a b " * 5000,
        "_" * 5000,
        "a_" * 2500,
        "1-(" * 1700,
        "https://a?" * 500,
        "!?$" * 1700,
        "\U0001f525" * 5000,
    ],
)
def test_hostile_text_has_a_likelihood(model, text):
    assert 0 <= model.score(text) <= 1
    model.explain(text)


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_reasons_add_up_to_the_margin_and_lie_in_the_text(model, text):
    reasons = model.explain(text, most=1000)

    assert model.bias + sum(reason.weight for reason in reasons) == pytest.approx(model.margin(text))
    assert all(0 <= start < end <= len(text) for reason in reasons for start, end in reason.spans if text)


def test_explanation_names_the_words_as_written_and_where_they_are(model):
    text = "Thanks! Buy СHEAP viagra; cheap Viagra (no prescription)"

    reasons = {reason.words: reason for reason in model.explain(text, most=20)}

    assert reasons["viagra"].spans == ((18, 24), (32, 38))
    assert reasons["СHEAP"].spans == ((12, 17), (26, 31))
    assert reasons["viagra"].weight > 0 > reasons["Thanks"].weight
    assert reasons["a short text"].spans == ((0, len(text)),)
    assert model.explain(text, most=1)[0].weight == max(reasons.values(), key=lambda reason: abs(reason.weight)).weight


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"format": 2}, "not of format 1"),
        ({"bias": "high"}, "'high' is not a finite number"),
        ({"slope": None}, "None is not"),
        ({"slope": float("nan")}, "nan is not"),
        ({"threshold": True}, "True is not"),
        ({"terms": {}}, "incomplete"),
        ({"terms": {"words": {"free": [1]}, "pieces": {}, "shapes": {}}}, "incomplete"),
        ({"terms": []}, "incomplete"),
    ],
)
def test_other_weights_are_refused(model, change, complaint):
    with pytest.raises(WrongWeights, match=complaint):
        Model.from_json(json.dumps(json.loads(model.to_json()) | change))


@pytest.mark.parametrize("stored", ["", "[]", "null", "{", '{"format":1}'])
def test_what_are_no_weights_is_refused(stored):
    with pytest.raises(WrongWeights):
        Model.from_json(stored)
