"""What the screens of an article in the admin share."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import user_has_any_page_permission

from articles.models import ArticlePage


def article_of(article_id: int) -> ArticlePage:
    """Return the article with this key; raises Http404 if there is none."""
    # By `id`, which knows what a column can hold.
    article: ArticlePage = get_object_or_404(ArticlePage.objects.defer("body"), id=article_id)
    return article


def user_of(request: HttpRequest) -> User:
    """Return who is signed in; the admin lets nobody else come so far."""
    return cast(User, request.user)


def frame(request: HttpRequest, article: ArticlePage, title: str, icon: str) -> dict[str, Any]:
    """Return what the head of a screen of `article` shows. Only who may edit the article is led to where that is."""
    may_edit = article.permissions_for_user(request.user).can_edit()
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    return {
        "article": article,
        "may_edit": may_edit,
        "may_compare": may_edit and user_has_any_page_permission(request.user),
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            *([{"url": edit, "label": article.draft_title}] if may_edit else []),
            {"url": "", "label": title},
        ],
    }
