"""What every page of the site links to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import template
from django.http import HttpRequest
from wagtail.models import Page, Site

from pages.models import InformationPage, SiteSettings

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class Sections:
    """The pages directly below the home page: `menu` for the head of every page, `information` for its foot."""

    menu: list[Page] = field(default_factory=list)
    information: list[Page] = field(default_factory=list)


@register.simple_tag(takes_context=True)
def site_sections(context: dict[str, Any]) -> Sections:
    """Return the live sections of the site in the order of the tree, in one query. Without a request there are none."""
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request)
    if site is None:
        return Sections()
    pages = list(Page.objects.child_of(site.root_page).live().order_by("path"))
    return Sections(
        menu=[page for page in pages if page.show_in_menus],
        information=[page for page in pages if page.cached_content_type.model_class() is InformationPage],
    )


@register.simple_tag(takes_context=True)
def site_settings(context: dict[str, Any]) -> SiteSettings:
    """Return the settings of the site: those of a preview, or those that are kept, or the defaults if there are none.

    One query a request, which writes nothing: Wagtail's own `for_request` would make a missing row.
    """
    shown: SiteSettings | None = context.get("site_settings")
    if shown is not None:
        return shown
    request: HttpRequest | None = context.get("request")
    site = Site.find_for_request(request)
    return SiteSettings.objects.filter(site=site).select_related("logo").first() or SiteSettings()
