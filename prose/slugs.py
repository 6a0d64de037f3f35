"""Addresses made from titles."""

from django.conf import settings
from django.utils.text import slugify
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

MAX_LENGTH = 80


def free_slug(title: str, parent: Page) -> str:
    """Return a slug for `title` that no child of `parent` has. The caller holds the parent's row lock.

    A title without a letter that a slug may hold becomes "page"; a taken slug gets a number behind it.
    """
    # Wagtail's own default: the editor's form makes such slugs too.
    allow_unicode = getattr(settings, "WAGTAIL_ALLOW_UNICODE_SLUGS", True)
    wanted = slugify(title, allow_unicode=allow_unicode)[:MAX_LENGTH].strip("-_") or "page"
    found: str = find_available_slug(parent, wanted)
    return found
