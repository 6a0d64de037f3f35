"""The table of rules in the documentation is the one of the code."""

import re
from pathlib import Path

from articles.readiness.rules import rules

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def test_documented_rules_are_those_that_there_are():
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    documented = [(name, severity) for name, severity, asks in rows if asks.strip()]
    assert documented == [(name, str(rule.severity)) for name, rule in rules().items()]
