"""The addresses of imports in the admin, and the ways that lead there."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from articles.desk.importing import progress, reviewing, starting
from articles.desk.importing.access import adds_pages


def urls() -> list[URLPattern]:
    """Return the screens of an import."""
    item = "articles/imports/<uuid:public_id>/<int:number>/"
    return [
        path("articles/import/", starting.new_article_from, name="new_article_from"),
        path("articles/imports/", progress.imports, name="article_imports"),
        path("articles/imports/<uuid:public_id>/", progress.article_import, name="article_import"),
        path("articles/imports/<uuid:public_id>/move/", progress.move, name="move_import"),
        path(item, reviewing.review_import, name="review_import"),
        path(f"{item}decide/", reviewing.decide_import, name="decide_import"),
        path(f"{item}columns/<int:first>-<int:last>/", reviewing.split_columns, name="split_columns"),
    ]


class ImportMenuItem(MenuItem):
    """“New article from…” in the menu, for who may add pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Return whether whoever looks may add pages."""
        return adds_pages(cast(User, request.user))


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Lead from the menu to where an article is begun from a text."""
    return ImportMenuItem(
        _("New article from…"), reverse("new_article_from"), name="import", icon_name="download", order=115
    )
