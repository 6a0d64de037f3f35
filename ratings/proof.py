"""Proof of work: a puzzle that costs an unknown reader's device about a second, and us next to nothing.

Challenges and solutions have the format of ALTCHA v2 (https://altcha.org/docs/v2/proof-of-work-captcha), so any of its
solvers can answer; ours is `js/proof.js`. Keys and salts are hexadecimal:

    challenge  {"parameters": {"algorithm": "PBKDF2/SHA-256", "cost": iterations, "keyLength": bytes, "keyPrefix",
               "nonce", "salt", "data": {"until": Unix time}}, "signature": HMAC-SHA-256 of the parameters}
    solution   {"counter": 0 ≤ number < 2³², "derivedKey"}, where the key is PBKDF2 of the password `nonce + counter`
               (the counter as four bytes, big end first) with the salt, and begins with the prefix
    payload    base64 of the JSON {"challenge", "solution"}

We draw the counter ourselves ("deterministic effort"): with a prefix that one counter alone fulfills, the longest
search is known, where waiting for a lucky prefix would keep one reader in a hundred five times as long as the mean.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta

from altcha import Payload, create_challenge, verify_solution
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "ratings.proof"
LIFETIME = timedelta(minutes=10)
# Chosen so that the longest search stays under 1.5 s in Chromium on two cores slowed down to a quarter, as a stand-in
# for a phone; the mean is half of it. We derive one key to make a challenge and one to verify, in about 2 ms each.
ITERATIONS = 5_000
# Drawn evenly from 0, so that nobody gains by starting elsewhere, or by giving up on a challenge for a luckier one.
COUNTERS = 500
LONGEST_PAYLOAD = 4_096


def new_challenge(*, now: datetime) -> dict[str, object]:
    """Return a signed challenge, ready for JSON, that can be answered for ten minutes."""
    challenge = create_challenge(
        "PBKDF2/SHA-256",
        ITERATIONS,
        counter=secrets.randbelow(COUNTERS),
        # Not the format's own `expiresAt`: the library would hold that against the machine's clock instead of `now`.
        data={"until": int((now + LIFETIME).timestamp())},
        hmac_secret=next(_signing_keys()),
    )
    return challenge.to_dict()


def solved(value: str, *, now: datetime) -> str | None:
    """Return the key of the challenge that the payload in `value` solves, or None if it solves none of ours in time.

    The key (32 characters) is the same however the payload is written, so one that was seen before is a replay. Takes
    any text without raising; what we have not signed costs an HMAC, and nothing is derived for it.
    """
    if len(value) > LONGEST_PAYLOAD:
        return None
    try:
        payload = Payload.from_base64(value)
        parameters = payload.challenge.parameters
        in_time = now.timestamp() <= (parameters.data or {})["until"]
        # The signature covers every parameter: a cheaper one, or a longer time, is not ours.
        if in_time and any(verify_solution(payload, key).verified for key in _signing_keys()):
            return parameters.nonce
    except (ValueError, TypeError, KeyError, RecursionError):
        # Not base64, not JSON, not the shape of a payload. A number written as `5000.0` passes the signature, which
        # takes numbers as JavaScript does, and fails only in the derivation.
        return None
    return None


def _signing_keys() -> Iterator[bytes]:
    """Yield the key that signs, then those of secrets that were replaced, which still verify."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(SALT, "signature", secret=secret, algorithm="sha256").digest()
