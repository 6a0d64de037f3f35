"""Which groups moderate only parts of the site. For administrators: it says what others may do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from ratings.models import ModeratedSection


class ForAdministrators(ModelPermissionPolicy):
    """Whatever permissions somebody has: only administrators do this."""

    def user_has_permission(self, user: User | AnonymousUser, action: str) -> bool:
        """Return whether `user` is an administrator."""
        return user.is_active and user.is_superuser

    def user_has_any_permission(self, user: User | AnonymousUser, actions: Any) -> bool:
        """Return whether `user` is an administrator."""
        return user.is_active and user.is_superuser


class PageChoice(forms.ModelChoiceField[Page]):
    """A choice of pages that works without a script: below each other as they stand in the tree."""

    def label_from_instance(self, page: Any) -> str:
        """Return the title, further in the deeper it stands."""
        return f"{'– ' * max(page.depth - 2, 0)}{page}"


class SectionForm(WagtailAdminModelForm):
    """A group, and a page that has others below it."""

    page = PageChoice(label=_("Section"), queryset=Page.objects.filter(depth__gt=1, numchild__gt=0).order_by("path"))

    class Meta:
        model = ModeratedSection
        fields = ("group", "page")


class SectionViewSet(ModelViewSet):
    """List, add, change and remove moderated sections."""

    model = ModeratedSection
    icon = "folder-open-inverse"
    menu_label = _("Moderated sections")
    copy_view_enabled = False
    form_fields = ["group", "page"]
    list_display = [
        TitleColumn("group", label=_("Group"), url_name="moderatedsection:edit"),
        Column("page", label=_("Moderates only what stands under")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[SectionForm]:
        """Return the form that works without a script."""
        return SectionForm

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Offer none to groups: no group can have them."""
        return Permission.objects.none()
