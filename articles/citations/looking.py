"""Looking whether a web address answers, without ever being led into a network that is not public."""

from __future__ import annotations

import http.client
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic

from django.utils.translation import gettext as _

from articles.network import NotPublic, Resolve, asked, public_addresses

DEADLINE = 15.0
"""Seconds that a whole look may take, with all redirects: then a server is hung up on, also one that sends a byte now
and then."""
UNCLEAR = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
           HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS}  # fmt: skip
"""Answers to programs, which tell nothing of what a reader would get."""

WHY = "looks whether the sources of its articles are there"


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was found at an address."""

    is_alive: bool | None
    """None if nobody can tell: it answers, but not to programs."""
    problem: str = ""


def look(address: str, *, resolve: Resolve | None = None) -> Look:
    """Return whether a reader would find something at `address`. Takes `DEADLINE` seconds at most; never raises.

    Only looking up a name may take longer, since nothing can interrupt that. No content is ever read.
    """
    ends = monotonic() + DEADLINE
    try:
        status = _status(address, "HEAD", resolve or public_addresses, ends)
        if status >= HTTPStatus.BAD_REQUEST:
            status = _status(address, "GET", resolve or public_addresses, ends)
    except NotPublic as error:
        return Look(is_alive=False, problem=str(error)[:200])
    except ssl.SSLError:
        return Look(is_alive=False, problem=_("Its certificate is not valid."))
    except TimeoutError:
        return Look(is_alive=False, problem=_("It took too long to answer."))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Look(is_alive=False, problem=(_("No connection: %(error)s") % {"error": error})[:200])
    if status in UNCLEAR:
        return Look(is_alive=None, problem=_("It answers %(status)d to programs.") % {"status": status})
    if status >= HTTPStatus.BAD_REQUEST:
        return Look(is_alive=False, problem=_("It answers %(status)d.") % {"status": status})
    return Look(is_alive=True)


def _status(address: str, method: str, resolve: Resolve, ends: float) -> int:
    """Return the status with which the last of the redirects answers; raises OSError and others as `look` knows."""
    with asked(address, method=method, why=WHY, resolve=resolve, ends=ends) as answer:
        return answer.status
