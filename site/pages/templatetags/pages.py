"""What every page of the site links to."""

from __future__ import annotations

from typing import Any

from django import template
from wagtail.models import Page

from freshness import tags
from freshness.collecting import depends_on
from pages.models import SiteSettings
from pages.navigation import Sections, sections_of
from pages.site import current_settings

register = template.Library()


@register.simple_tag(takes_context=True)
def site_sections(context: dict[str, Any]) -> Sections:
    """Return what the head and the foot of the page lead to, in one query. Without a request that is nothing."""
    return sections_of(site_settings(context), context.get("request"))


@register.simple_tag
def shows(page: Page) -> str:
    """Note that something of `page` is shown here, which is made anew when `page` changes; adds nothing to the text."""
    depends_on(tags.page(page.pk))
    return ""


@register.simple_tag(takes_context=True)
def site_settings(context: dict[str, Any]) -> SiteSettings:
    """Return the settings of the site: those of a preview, else those that are kept, or the defaults."""
    depends_on(tags.SITE)
    shown: SiteSettings | None = context.get("site_settings")
    return shown or current_settings(context.get("request"))
