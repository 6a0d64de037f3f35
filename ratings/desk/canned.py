"""What the author of a comment is told on a ground: the site's own texts, or those that it was shipped with."""

from __future__ import annotations

from ratings.models import CannedText, Ground
from ratings.models.grounds import SHIPPED_TEXTS


def canned_texts() -> dict[Ground, list[str]]:
    """Return for every ground what a moderator can give as the reason, in one query."""
    own: dict[str, list[str]] = {}
    for ground, text in CannedText.objects.values_list("ground", "text"):
        own.setdefault(ground, []).append(text)
    return {ground: own.get(ground) or _shipped(ground) for ground in Ground}


def text_for(ground: Ground) -> str:
    """Return the first text on `ground`, which stands in for a reason that was left empty; "" if there is none."""
    text = CannedText.objects.filter(ground=ground).values_list("text", flat=True).first()
    return text or next(iter(_shipped(ground)), "")


def _shipped(ground: Ground) -> list[str]:
    return [str(SHIPPED_TEXTS[ground])] if ground in SHIPPED_TEXTS else []
