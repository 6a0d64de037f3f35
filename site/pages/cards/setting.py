"""Setting a title: the largest size at which it fits, in lines of about the same length."""

from __future__ import annotations

from dataclasses import dataclass

from pages.cards.fonts import Font, font, is_right_to_left, shapes_scripts

ELLIPSIS = "…"
LEADING = 1.16
"""From one line to the next, in heights of the font."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How a text is set: its lines, the font, and whether it runs from right to left. Lengths are pixels."""

    lines: tuple[str, ...]
    font: Font
    line_height: int
    is_right_to_left: bool


def set_text(text: str, path: str, *, width: int, height: int, sizes: tuple[int, ...]) -> Setting:
    """Set `text` in the font at `path` into a box, at the first of `sizes` that fits; at the last one it is cut."""
    for size in sizes:
        face = font(path, size)
        line_height = round(size * LEADING)
        room = max(1, height // line_height)
        lines = _broken(text, face, width)
        if len(lines) <= room and _stays_whole(text, face, width):
            break
    if len(lines) <= room:
        lines = _balanced(text, face, width, len(lines))
    else:
        lines = [*lines[: room - 1], _cut(" ".join(lines[room - 1 :]), face, width)]
    return Setting(lines=tuple(lines), font=face, line_height=line_height, is_right_to_left=is_right_to_left(text))


def length(text: str, face: Font) -> float:
    """Return how long a line is."""
    return face.getlength(text, direction="rtl" if shapes_scripts() and is_right_to_left(text) else None)


def _stays_whole(text: str, face: Font, width: int) -> bool:
    return all(length(word, face) <= width for word in text.split())


def _broken(text: str, face: Font, width: float) -> list[str]:
    """Return the lines of `text`, each as full as can be; a word longer than a line is broken anywhere."""
    lines = [""]
    for word in text.split():
        wider = f"{lines[-1]} {word}".strip()
        if length(wider, face) <= width:
            lines[-1] = wider
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if lines[-1] and length(lines[-1] + character, face) > width:
                lines.append("")
            lines[-1] += character
    return lines


def _balanced(text: str, face: Font, width: int, count: int) -> list[str]:
    """Return `text` in `count` lines, in the narrowest column that takes no more."""
    narrow, wide = width // count, width
    while narrow < wide:
        middle = (narrow + wide) // 2
        if len(_broken(text, face, middle)) <= count and _stays_whole(text, face, middle):
            wide = middle
        else:
            narrow = middle + 1
    return _broken(text, face, wide)


def _cut(line: str, face: Font, width: int) -> str:
    """Return as many whole words of `line` as fit with an ellipsis, or of its only word as many characters."""
    while line and length(line + ELLIPSIS, face) > width:
        line = line.rpartition(" ")[0] or line[:-1]
    return line.rstrip(" ,;:–-") + ELLIPSIS
