"""The stamp of a comment form: when it was made, for which article, under which name its trap stands.

A form in a kept page has none. A comment that comes without a fresh stamp is answered with the preview page, which has
one; so a page may be kept for a year, and the time that a reader took can still be known.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import salted_hmac

SALT = "ratings.stamp"
LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """A stamp that we made, read back."""

    made_at: datetime
    trap_name: str
    nonce: str


def new_stamp(article_id: int, now: datetime) -> str:
    """Return a signed stamp for a comment form under the article."""
    return signing.dumps([article_id, now.timestamp(), secrets.token_urlsafe(9)], salt=SALT)


def read_stamp(value: str, article_id: int, now: datetime) -> Stamp | None:
    """Return the stamp in `value` if it is ours, for this article and fresh, else None."""
    try:
        stamped_for, moment, nonce = signing.loads(value, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    made_at = datetime.fromtimestamp(moment, tz=now.tzinfo)
    # Clocks of several machines may differ a little.
    if stamped_for != article_id or not -timedelta(minutes=5) <= now - made_at <= LIFETIME:
        return None
    return Stamp(made_at=made_at, trap_name=trap_name(made_at), nonce=nonce)


def trap_name(now: datetime) -> str:
    """Return this hour's name of the field that only machines fill; it changes so that no list of names helps them."""
    hour = now.replace(minute=0, second=0, microsecond=0).isoformat()
    return f"website_{salted_hmac(SALT, hour).hexdigest()[:8]}"


def token_of_new_guest(stamp: Stamp) -> str:
    """Return the cookie value of a guest who is new: the same for a form that is sent twice, and known to nobody."""
    return salted_hmac("ratings.guest", stamp.nonce, algorithm="sha256").hexdigest()[:32]


def submission_key(stamp: Stamp) -> str:
    """Return what makes sending the same form twice one comment."""
    return hashlib.sha256(stamp.nonce.encode()).hexdigest()
