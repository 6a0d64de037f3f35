"""The figures of the articles, each with a drawing of its own."""

from __future__ import annotations

from collections.abc import Callable

from PIL.Image import Image

from demo.drawing.figures.body import leg_in_bed, two_hands, wall_stretch
from demo.drawing.figures.home import cold_pane, plant_twice, two_rooms
from demo.drawing.figures.kitchen import bean, thermometer
from demo.drawing.figures.night import sleep_curve

FIGURES: dict[tuple[str, int], Callable[[tuple[int, int]], Image]] = {
    ("do-houseplants-clean-the-air", 1): plant_twice,
    ("do-you-really-need-to-soak-dried-beans", 1): bean,
    ("how-long-can-cooked-food-sit-out", 1): thermometer,
    ("why-are-my-hands-always-cold", 1): two_hands,
    ("why-did-i-walk-into-this-room", 1): two_rooms,
    ("why-do-my-legs-cramp-at-night", 1): leg_in_bed,
    ("why-do-my-legs-cramp-at-night", 2): wall_stretch,
    ("why-windows-sweat-in-winter", 1): cold_pane,
    ("why-you-wake-at-three-in-the-morning", 1): sleep_curve,
}


def figure(slug: str, number: int, size: tuple[int, int] = (1600, 1000)) -> Image:
    """Return figure `number` (counted from 1) of the article with this slug."""
    return FIGURES[slug, number](size)
