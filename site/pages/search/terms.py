"""What readers search for, counted: in memory while they wait, and by the worker in the database."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from findable.counting import Counted, Counter, collected
from pages.models import SearchTerm

LONGEST = 100

KEPT = timedelta(days=365)

MOST_A_DAY = 10_000
"""So many different questions of a day are kept."""

BATCH = 500

PERSONAL = re.compile(
    r"""
    \S\s*@\s*\S
    | (?:[(\[]at[)\]]|\sat\s) \s* [\w-]+ (?:\.|\s*[(\[]dot[)\]]\s*|\sdot\s) [^\W\d_]{2}
    | \d{6} | \d[\d\s()/.-]{6,}\d
    """,
    re.VERBOSE,
)
"""An e-mail address, in words too, or a number as long as that of a telephone or an insurance."""

searches = Counter("searches")


def count_search(text: str, results: int) -> None:
    """Count that somebody asked `text` and how much was found, unless it looks like something personal."""
    key = text.casefold()[:LONGEST].strip()
    if key and not PERSONAL.search(key):
        searches.count(key, note=str(results))


def write_search_terms(now: datetime) -> None:
    """Add what was counted to the terms of the day of `now`, and delete those of more than a year ago."""
    day = timezone.localdate(now)
    with collected(searches.name) as counts, transaction.atomic():
        room = MOST_A_DAY - SearchTerm.objects.filter(day=day).count()
        for start in range(0, len(counts), BATCH):
            room -= _add(counts[start : start + BATCH], day, room=max(0, room))
        SearchTerm.objects.filter(day__lt=day - KEPT).delete()


def _add(counts: list[Counted], day: date, *, room: int) -> int:
    """Add to the terms of `day`, at most `room` new ones, and return how many were new."""
    known = SearchTerm.objects.filter(day=day, words__in=[counted.key for counted in counts])
    terms = {term.words: term for term in known}
    new = [counted for counted in counts if counted.key not in terms][:room]
    SearchTerm.objects.bulk_create(
        SearchTerm(day=day, words=counted.key, searches=counted.number, results=_results(counted)) for counted in new
    )
    for counted in counts:
        if term := terms.get(counted.key):
            term.searches += counted.number
            term.results = _results(counted)
    SearchTerm.objects.bulk_update(terms.values(), ["searches", "results"])
    return len(new)


def _results(counted: Counted) -> int:
    return int(counted.note) if counted.note.isdecimal() else 0
