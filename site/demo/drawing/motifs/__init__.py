"""The motifs of the articles' large pictures."""

from __future__ import annotations

from collections.abc import Callable

from PIL.Image import Image

from demo.drawing.motifs.cloth import arcs, threads, waves
from demo.drawing.motifs.land import hills, moon, steam
from demo.drawing.motifs.matter import grid, leaves
from demo.drawing.motifs.packing import cells

MOTIFS: dict[str, Callable[[tuple[int, int], str], Image]] = {
    "arcs": arcs,
    "cells": cells,
    "grid": grid,
    "hills": hills,
    "leaves": leaves,
    "moon": moon,
    "steam": steam,
    "threads": threads,
    "waves": waves,
}


def draw(motif: str, seed: str, size: tuple[int, int] = (1600, 1000)) -> Image:
    """Return a picture of `motif`. The same motif, seed and size always give the same picture."""
    return MOTIFS[motif](size, seed)
