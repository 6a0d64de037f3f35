"""Addresses made from titles."""

from itertools import count

from django.utils.text import slugify
from wagtail.models import Page

MAX_LENGTH = 80


def free_slug(title: str, parent: Page) -> str:
    """Return a slug for `title` that no child of `parent` has. The caller holds the parent's row lock.

    A title without a letter that a slug may hold becomes "page"; a taken slug gets a number behind it.
    """
    wanted = slugify(title)[:MAX_LENGTH].strip("-") or "page"
    taken = set(parent.get_children().filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(slug for number in count(2) if (slug := f"{wanted}-{number}") not in taken)
