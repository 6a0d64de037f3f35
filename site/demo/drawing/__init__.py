"""The demo's pictures, drawn by this code: paper and ink, one green, two warm accents, fine grain.

Every picture is a function of its arguments alone: the same call gives the same pixels.
"""

from demo.drawing.figures import figure
from demo.drawing.motifs import draw
from demo.drawing.portraits import portrait

__all__ = ["draw", "figure", "portrait"]
