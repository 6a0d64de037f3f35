"""When comments close: for administrators, under the admin's settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from ratings.models import DiscussionPolicy
from ratings.models.policy import article_types

MAX_DAYS = 36_500
"""A hundred years. Later moments are none that a date can hold."""


class PolicyForm(WagtailAdminModelForm):
    """When comments close under one type of article."""

    closes_after_days = forms.IntegerField(
        label=_("Closes after (days)"),
        help_text=DiscussionPolicy._meta.get_field("closes_after_days").help_text,
        required=False,
        min_value=1,
        max_value=MAX_DAYS,
        error_messages={
            "invalid": _("Please give a whole number of days, or nothing."),
            "min_value": _("Comments are open for at least one day. To keep them open for ever, leave this empty."),
            "max_value": _("That is more than a hundred years. To keep comments open for ever, leave this empty."),
        },
    )

    class Meta:
        model = DiscussionPolicy
        fields = ("article_type", "closes_after_days")
        error_messages = {
            "article_type": {"unique": _("This type of article has a policy already. Please change that one.")}
        }


class PolicyIndexView(generic.IndexView):
    """The policies, and the types of article that have none."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the types that never close because nothing says that they do."""
        decided = set(DiscussionPolicy.objects.values_list("article_type", flat=True))
        open_types = [label for article_type, label in article_types() if article_type not in decided]
        return super().get_context_data(**kwargs) | {"open_types": open_types}


def _type(policy: DiscussionPolicy) -> str:
    return capfirst(str(policy))


def _days(policy: DiscussionPolicy) -> str:
    days = policy.closes_after_days
    return str(_("never")) if days is None else ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


class PolicyViewSet(ModelViewSet):
    """List, add, change and remove discussion policies, by the permissions of the model."""

    model = DiscussionPolicy
    icon = "date"
    menu_label = _("Discussion policies")
    add_to_settings_menu = True
    copy_view_enabled = False
    form_fields = ["article_type", "closes_after_days"]
    index_view_class = PolicyIndexView
    index_results_template_name = "ratings/desk/policies.html"
    list_display = [
        TitleColumn("article_type", label=_("Type of article"), accessor=_type, url_name="discussionpolicy:edit"),
        Column("closes_after_days", label=_("Closes after"), accessor=_days),
    ]

    def get_form_class(self, for_update: bool = False) -> type[PolicyForm]:
        """Return the form that says in words what is wrong."""
        return PolicyForm
