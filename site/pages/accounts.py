"""Administrators keep the accounts, but neither become superusers that way nor change one.

Wagtail lets everybody who may change accounts tick “Administrator” in the form, which is Django's superuser.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks


@hooks.register("before_create_user")
def only_superusers_make_superusers(request: HttpRequest) -> None:
    """Refuse an account that would be a superuser; raises PermissionDenied."""
    if request.POST.get("is_superuser") and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def only_superusers_change_superusers(request: HttpRequest, user: User) -> None:
    """Refuse to change a superuser, or to make somebody one; raises PermissionDenied."""
    only_superusers_make_superusers(request)
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def only_superusers_change_superusers_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Refuse the same for several accounts at once; raises PermissionDenied."""
    for each in objects if action.model is User else ():
        only_superusers_change_superusers(request, each)
