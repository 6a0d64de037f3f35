"""Prints the figures of one section. Run by `benchmarks.responses`; arguments: the section, and its numbers."""

import sys
from collections.abc import Callable, Iterator

from benchmarks.almanac import desk, discussion, keyboard, server, votes
from benchmarks.figures import Figure

SECTIONS: dict[str, Callable[..., Iterator[Figure]]] = {
    "pages": discussion.pages,
    "inserts": discussion.inserts,
    "race": votes.race,
    "server": server.load,
    "recount": votes.recount,
    "queue": desk.queue,
    "learning": desk.learning,
    "keyboard": keyboard.keyboard,
}

_, section, *numbers = sys.argv
for figure in SECTIONS[section](*map(int, numbers)):
    print(figure.line(), flush=True)
