"""Prints the figures of one section. Run by `benchmarks`; arguments: the section, and its numbers."""

import sys
from collections.abc import Callable, Iterator

from benchmarks.almanac import (
    cold,
    desk,
    discussion,
    fresh,
    importing,
    kept,
    keyboard,
    memory,
    stampede,
    votes,
    writing,
)
from benchmarks.figures import Figure

SECTIONS: dict[str, Callable[..., Iterator[Figure]]] = {
    "kept": kept.kept,
    "cold": cold.cold,
    "weight": cold.weight,
    "fresh": fresh.fresh,
    "stampede": stampede.stampede,
    "memory": memory.memory,
    "writing": writing.writing,
    "pages": discussion.pages,
    "inserts": discussion.inserts,
    "race": votes.race,
    "recount": votes.recount,
    "queue": desk.queue,
    "learning": desk.learning,
    "keyboard": keyboard.keyboard,
    "importing": importing.importing,
}

_, section, *numbers = sys.argv
for figure in SECTIONS[section](*map(int, numbers)):
    print(figure.line(), flush=True)
