"""The sizes in which pictures are shown."""

WIDTHS = (480, 960, 1600)
"""Widths in pixels that a page may ask for; a picture is never enlarged."""

SPECS = tuple(f"width-{width}|format-webp" for width in WIDTHS)
"""Wagtail filter specifications of all renditions that exist of a picture in a live page."""
