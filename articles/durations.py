"""Durations as a page shows them."""

from django.utils.translation import ngettext


def duration(minutes: int) -> str:
    """Return `minutes` in words: whole hours as hours, all else as minutes."""
    if minutes % 60 == 0:
        return ngettext("%(count)d hour", "%(count)d hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
