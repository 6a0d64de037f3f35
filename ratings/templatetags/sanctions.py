"""Sanctions on whoever reads a page, for the pages that only they see."""

from __future__ import annotations

from typing import Any

from django import template

from ratings.models import Sanction
from ratings.views.sanctions import sanctions_on

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_sanctions(context: dict[str, Any]) -> list[Sanction]:
    """Return the sanctions in force that the reader has not confirmed to have read of."""
    return [sanction for sanction in sanctions_on(context["request"]) if sanction.read_at is None]
