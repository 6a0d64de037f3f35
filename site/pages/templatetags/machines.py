"""What the head of every page tells machines."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, to_locale

from findable.models import FindablePage
from findable.nodes import script
from pages.models import SiteSettings
from pages.sharing import SharedPicture
from pages.sharing import shared_picture as picture_of
from pages.structured_data import page_document, search_document
from pages.templatetags.pages import site_settings
from ratings.pieces import place

register = template.Library()

LISTS = ("items", "articles", "authors")
"""Under these names a listing keeps what it shows."""


@register.simple_tag(takes_context=True)
def structured_data(context: dict[str, Any]) -> SafeString | str:
    """Return the JSON-LD of the page, made from what it has fetched already; nothing in a preview.

    Of an article, it has a place for how many comments there are.
    """
    page = context.get("page")
    if not isinstance(page, FindablePage) or _is_preview(context):
        return ""
    listed = next((found for name in LISTS if (found := context.get(name))), ())
    text = script(
        page_document(
            page,
            site_settings(context),
            reviews=context.get("reviews", ()),
            discussion={"discussion": None},
            listed=listed,
            first=listed.start_index() if hasattr(listed, "start_index") else 1,
        )
    )
    # No text holds this: in a text, the quotation marks would be escaped.
    return mark_safe(text.replace(',"discussion":null', place("discussion")))


@register.simple_tag(takes_context=True)
def structured_search(context: dict[str, Any], title: str) -> SafeString:
    """Return the JSON-LD of a page of search results, called `title`."""
    return script(search_document(site_settings(context), title=title, address=context["request"].path))


@register.simple_tag(takes_context=True)
def shared_picture(context: dict[str, Any]) -> SharedPicture | None:
    """Return the picture that stands for the page where it is shared."""
    page = context.get("page")
    return picture_of(page if isinstance(page, FindablePage) else None, site_settings(context))


@register.simple_tag
def open_graph_locale() -> str:
    """Return the language of the page as Open Graph writes it: "en_US"."""
    return to_locale(get_language() or "en")


@register.filter(is_safe=True)
def named_after(title: str, site: SiteSettings) -> SafeString:
    """Return the title of a document: the page's `title` (HTML), and the name of the site unless it says just that."""
    own = mark_safe(title.strip())
    return own if own in ("", conditional_escape(site.name)) else format_html("{} – {}", own, site.name)


def _is_preview(context: dict[str, Any]) -> bool:
    return bool(getattr(context.get("request"), "is_preview", False))
