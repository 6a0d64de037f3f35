"""The card that an article would get, for its editors: drawn as they look, and kept nowhere."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe
from wagtail import hooks

from articles.models import ArticlePage
from pages.cards.actions import card_text
from pages.cards.drawing import can_write, draw, png
from pages.site import current_settings


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Add the address of the card."""
    return [path("articles/<int:article_id>/card.png", card_preview, name="article_card_preview")]


@require_safe
def card_preview(request: HttpRequest, article_id: int) -> HttpResponse:
    """Return the card of the latest draft of an article as PNG; raises Http404 if no font here can write its title."""
    article = get_object_or_404(ArticlePage, id=article_id)
    if not article.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    text = card_text(article.get_latest_revision_as_object(), current_settings(request).name)
    if not can_write(text.title):
        raise Http404
    return HttpResponse(png(draw(text)), content_type="image/png", headers={"Cache-Control": "private, no-store"})
