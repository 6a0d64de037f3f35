"""What somebody may work on: Wagtail's own rules for pages, asked once for many."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy


def edits(user: User) -> bool:
    """Return whether `user` may write or change any page."""
    return bool(PagePermissionPolicy().user_has_any_permission(user, {"add", "change", "publish"}))


def publishes(user: User) -> bool:
    """Return whether `user` may publish any page."""
    return bool(PagePermissionPolicy().user_has_permission(user, "publish"))


def editable(user: User) -> QuerySet[Page]:
    """Return the pages that `user` may change: whose rights say so, and, for who may add pages, their own."""
    found: QuerySet[Page] = PagePermissionPolicy().instances_user_has_permission_for(user, "change").order_by()
    return found


def as_text(pages: QuerySet[Page]) -> QuerySet[Page, str]:
    """Return the keys of `pages` as revisions and workflows store them, which belong to objects of every kind."""
    return pages.annotate(as_text=Cast("pk", CharField())).values_list("as_text", flat=True)
