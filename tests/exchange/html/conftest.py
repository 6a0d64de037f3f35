"""What the tests of reading HTML share."""

from pathlib import Path

import pytest

STRINGS = Path(__file__).parents[2] / "strings"


@pytest.fixture
def hostile_strings() -> list[str]:
    """Return the strings, a line each, that have broken other programs."""
    return [line for name in ("markup", "links", "text") for line in (STRINGS / f"{name}.txt").read_text().splitlines()]
