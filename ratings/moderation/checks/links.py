"""How many links a comment carries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ratings.moderation.finding import Finding

if TYPE_CHECKING:
    from ratings.moderation.submission import Submission

LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
FREE = 1
"""One link is a source; more may be an advertisement."""


def many_links(submission: Submission) -> Finding | None:
    """Find more links than a comment usually needs."""
    count = len(LINK.findall(submission.text))
    if count <= FREE:
        return None
    return Finding(rule="links", points=min(20 * (count - FREE), 100), reason=f"The comment carries {count} links.")
