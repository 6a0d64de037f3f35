"""What is quoted inside a text."""

from __future__ import annotations

import re

QUOTED = re.compile(r"“[^“”\n]*”|„[^„“”\n]*[“”]|«[^«»\n]*»|»[^«»\n]*«|(?<!\w)\"[^\"\n]*\"")
"""Between double quotation marks, within a line. Single ones are apostrophes too often."""


def without_quotations(text: str) -> str:
    """Return `text` with nothing between its quotation marks."""
    return QUOTED.sub("“”", text)
