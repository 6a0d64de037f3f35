"""Parting texts so that what is learned in one part can be tried in another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def parted(groups: Sequence[str], parts: int) -> list[int]:
    """Return the part, from 0 on, of each item whose group is given: a group is never torn, and parts are about even.

    The largest group comes first, each into the part that is smallest by then; ties go by name. So the same groups
    always part alike.
    """
    sizes = [0] * parts
    part_of: dict[str, int] = {}
    for group, size in sorted(Counter(groups).items(), key=lambda item: (-item[1], item[0])):
        smallest = sizes.index(min(sizes))
        part_of[group] = smallest
        sizes[smallest] += size
    return [part_of[group] for group in groups]
