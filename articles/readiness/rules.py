"""Finds the rules: every module in `articles/checks/` is one, and there is no list of them anywhere."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import articles.checks
from articles.readiness.draft import Draft
from articles.readiness.finding import Finding, Rule


class RuleError(Exception):
    """A file among the rules is none, so that the site must not start."""


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its name, in the order of their names. Reads the folder once."""
    names = sorted(module.name for module in pkgutil.iter_modules(articles.checks.__path__))
    return {name: _rule(name) for name in names}


def findings(draft: Draft) -> list[Finding]:
    """Return what all rules find in `draft`: errors first, then in the order of the article."""
    places = {part.id: number for number, part in enumerate(draft.parts)}
    found = [finding for rule in rules().values() for finding in rule.findings(draft)]
    return sorted(found, key=lambda each: (not each.is_error, places.get(each.block, -1)))


def _rule(name: str) -> Rule:
    module = importlib.import_module(f"articles.checks.{name}")
    missing = [wanted for wanted in ("LABEL", "SEVERITY", "find") if not hasattr(module, wanted)]
    if missing:
        raise RuleError(f"articles/checks/{name}.py is no rule: it lacks {', '.join(missing)}.")
    return Rule(name=name, label=module.LABEL, severity=module.SEVERITY, find=module.find)
