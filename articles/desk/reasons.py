"""Keeps the reasons that come with the form of an article, where the form itself cannot."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from articles import actions
from articles.desk.pages import user_of
from articles.models import ArticlePage
from articles.readiness.standing import reasons_in


@hooks.register("before_publish_page")
@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def keep_posted_reasons(request: HttpRequest, page: Page) -> None:
    """Keep them before a new article goes live, and when a draft is saved by hand; an autosave has half a sentence."""
    if not isinstance(page, ArticlePage) or not request.accepts("text/html"):
        return
    try:
        reasons = reasons_in(request.POST)
        actions.keep_reasons(article=page, reasons=reasons, by=user_of(request), now=timezone.now())
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
