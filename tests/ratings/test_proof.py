"""Proof of work: challenges, and what counts as solving one."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from unittest.mock import patch

import pytest
from altcha import Challenge, Payload, create_challenge, derive_key_pbkdf2, solve_challenge
from hypothesis import given
from hypothesis import strategies as st

from ratings import proof
from ratings.proof import LIFETIME, LONGEST_PAYLOAD, new_challenge, solved
from tests.conftest import NOON

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)


@pytest.fixture(autouse=True)
def _short_search(monkeypatch):
    monkeypatch.setattr(proof, "ITERATIONS", 2)
    monkeypatch.setattr(proof, "COUNTERS", 20)


def answer(challenge: dict[str, object]) -> dict[str, object]:
    """Return a payload that solves the challenge, by a solver of other make than ours."""
    read = Challenge.from_dict(challenge)
    return Payload(read, solve_challenge(read)).to_dict()


def encoded(payload: object, **options) -> str:
    return base64.b64encode(json.dumps(payload, **options).encode()).decode()


@pytest.fixture
def payload() -> dict[str, object]:
    return answer(new_challenge(now=NOON))


def test_challenge_has_the_format_of_altcha():
    challenge = json.loads(json.dumps(new_challenge(now=NOON)))

    assert set(challenge) == {"parameters", "signature"}
    parameters = challenge["parameters"]
    assert set(parameters) == {"algorithm", "cost", "keyLength", "keyPrefix", "nonce", "salt", "data"}
    assert parameters["algorithm"] == "PBKDF2/SHA-256"
    assert [len(bytes.fromhex(parameters[name])) for name in ("nonce", "salt", "keyPrefix")] == [16, 16, 16]


def test_solution_is_accepted_and_names_its_challenge(payload):
    key = solved(encoded(payload), now=NOON)

    assert key == payload["challenge"]["parameters"]["nonce"]
    assert len(key) <= 64


def test_each_challenge_has_a_key_of_its_own():
    keys = {solved(encoded(answer(new_challenge(now=NOON))), now=NOON) for _ in range(10)}

    assert None not in keys
    assert len(keys) == 10


def test_search_ends_within_the_announced_counters():
    counters = [answer(new_challenge(now=NOON))["solution"]["counter"] for _ in range(50)]

    assert max(counters) < proof.COUNTERS
    assert len(set(counters)) > 1


def test_challenge_expires():
    payload = encoded(answer(new_challenge(now=NOON)))

    assert solved(payload, now=NOON + LIFETIME)
    assert solved(payload, now=NOON + LIFETIME + timedelta(seconds=1)) is None


def test_payload_counts_once_however_it_is_written(payload):
    compact = encoded(payload, separators=(",", ":"))
    challenge, solution = payload["challenge"], payload["solution"]
    spellings = [
        encoded(payload),
        compact,
        encoded(payload, indent=1),
        encoded(payload, sort_keys=True),
        "\n".join(compact),
        compact + "====",
        encoded({"more": [1, 2], "solution": solution | {"time": 7}, "challenge": challenge | {"extra": None}}),
        encoded(
            {"challenge": challenge | {"parameters": challenge["parameters"] | {"extra": 1}}, "solution": solution}
        ),
    ]

    assert {solved(spelling, now=NOON) for spelling in spellings} == {challenge["parameters"]["nonce"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("algorithm", "SHA-256"),
        ("algorithm", "pbkdf2/sha-256"),
        ("algorithm", "PBKDF2/SHA-512"),
        ("algorithm", "SCRYPT"),
        ("algorithm", None),
        ("cost", 1),
        ("cost", 2.0),  # signed alike, and no number of iterations
        ("cost", 10**12),
        ("keyLength", 16),
        ("keyLength", 32.0),
        ("keyPrefix", ""),
        ("keyPrefix", "00"),
        ("nonce", "00" * 16),
        ("nonce", ""),
        ("salt", "00" * 16),
        ("keySignature", "00" * 32),
        ("memoryCost", 1),
        ("parallelism", None),
        ("expiresAt", 2**60),
        ("data", {"until": 2**60}),
        ("data", {"until": "tomorrow"}),
        ("data", {}),
        ("data", []),
        ("data", None),
    ],
)
def test_parameter_other_than_signed_is_refused(payload, name, value):
    payload["challenge"]["parameters"][name] = value

    assert solved(encoded(payload), now=NOON) is None


@pytest.mark.parametrize("cheaper", [{}, {"cost": 1}, {"algorithm": "SHA-256"}, {"keyLength": 1}])
def test_challenge_made_cheaper_and_then_solved_is_refused(cheaper):
    challenge = new_challenge(now=NOON)
    challenge["parameters"] |= cheaper | {"keyPrefix": ""}

    assert solved(encoded(answer(challenge)), now=NOON) is None


def test_parameter_left_out_is_refused(payload):
    for name in payload["challenge"]["parameters"]:
        parameters = {key: value for key, value in payload["challenge"]["parameters"].items() if key != name}
        challenge = payload["challenge"] | {"parameters": parameters}
        # The length that we ask for is the one that the format takes for granted.
        expected = parameters["nonce"] if name == "keyLength" else None

        assert solved(encoded(payload | {"challenge": challenge}), now=NOON) == expected


@pytest.mark.parametrize("signature", [None, "", "00" * 32, 7, [], "é"])
def test_challenge_that_we_have_not_signed_is_refused(payload, signature):
    payload["challenge"]["signature"] = signature

    assert solved(encoded(payload), now=NOON) is None


def test_signature_belongs_to_its_challenge(payload):
    payload["challenge"]["signature"] = new_challenge(now=NOON)["signature"]

    assert solved(encoded(payload), now=NOON) is None


@pytest.mark.parametrize("counter", [-1, 2**32, 10**100, 0.0, "0", None, True, []])
def test_counter_that_is_none_is_refused(payload, counter):
    payload["solution"]["counter"] = counter

    assert solved(encoded(payload), now=NOON) is None


def test_solution_of_another_challenge_is_refused(payload):
    other = answer(new_challenge(now=NOON))

    assert solved(encoded(payload | {"solution": other["solution"]}), now=NOON) is None


def test_key_of_the_wrong_counter_is_refused(payload):
    parameters = Challenge.from_dict(payload["challenge"]).parameters
    counter = payload["solution"]["counter"] + 1
    password = bytes.fromhex(parameters.nonce) + counter.to_bytes(4, "big")
    key = derive_key_pbkdf2(parameters, bytes.fromhex(parameters.salt), password)
    payload["solution"] = {"counter": counter, "derivedKey": key.hex()}

    assert solved(encoded(payload), now=NOON) is None


def test_challenge_signed_by_somebody_else_is_refused():
    until = {"until": int((NOON + LIFETIME).timestamp())}
    foreign = create_challenge("PBKDF2/SHA-256", 1, key_prefix="", data=until, hmac_secret="guessed")

    assert solved(encoded(answer(foreign.to_dict())), now=NOON) is None


def test_replaced_secret_still_verifies_while_it_is_a_fallback(payload, settings):
    replaced, settings.SECRET_KEY = settings.SECRET_KEY, "new"
    assert solved(encoded(payload), now=NOON) is None

    settings.SECRET_KEY_FALLBACKS = ["older", replaced]
    assert solved(encoded(payload), now=NOON)
    assert solved(encoded(answer(new_challenge(now=NOON))), now=NOON)

    settings.SECRET_KEY_FALLBACKS = []
    assert solved(encoded(payload), now=NOON) is None


@given(
    st.text(st.characters(exclude_categories=[])) | st.binary(max_size=200).map(lambda value: value.decode("latin-1"))
)
def test_any_text_is_no_solution(value):
    assert solved(value, now=NOON) is None


@given(st.binary())
def test_any_bytes_in_base64_are_no_solution(value):
    assert solved(base64.b64encode(value).decode(), now=NOON) is None


@given(JSON)
def test_any_json_is_no_solution(value):
    assert solved(encoded(value), now=NOON) is None


@given(JSON, st.sampled_from(["challenge", "solution", "parameters", "signature", "data", "cost", "nonce", "counter"]))
def test_anything_in_the_place_of_a_part_raises_nothing(value, name):
    def with_value(part: object) -> object:
        if not isinstance(part, dict):
            return part
        return {key: value if key == name else with_value(inner) for key, inner in part.items()}

    payload = answer(new_challenge(now=NOON))

    # Where the counter happens to be the right one, or the part is not looked at, it is a solution of this challenge.
    assert solved(encoded(with_value(payload)), now=NOON) in (None, payload["challenge"]["parameters"]["nonce"])


@pytest.mark.parametrize("opening", ["[", '{"challenge":', '{"challenge":{"parameters":{"data":'])
def test_deep_nesting_is_no_solution(opening):
    for depth in (10, 90, 1_000, 3_000):
        assert solved(base64.b64encode((opening * depth).encode()).decode(), now=NOON) is None
    assert solved(base64.b64encode(b"[" * 1_400 + b"]" * 1_400).decode(), now=NOON) is None


def test_deeply_nested_data_is_no_solution(payload):
    data = '{"until": 9e99, "a": ' + "[" * 900 + "]" * 900 + "}"
    written = json.dumps(payload).replace(json.dumps(payload["challenge"]["parameters"]["data"]), data)

    assert solved(base64.b64encode(written.encode()).decode(), now=NOON) is None


def test_long_payload_is_not_even_read(payload):
    value = encoded(payload)
    padded = value + "\n" * (LONGEST_PAYLOAD - len(value))
    assert solved(padded, now=NOON)

    with patch.object(Payload, "from_base64") as read:
        assert solved(padded + "\n", now=NOON) is None
        assert solved("A" * 1_000_000, now=NOON) is None
    read.assert_not_called()


def test_nothing_is_derived_for_what_we_have_not_signed(payload):
    payload["challenge"]["parameters"]["cost"] = 10**9

    with patch("altcha.v2.derive_key_pbkdf2") as derive:
        assert solved(encoded(payload), now=NOON) is None
    derive.assert_not_called()
