"""What comments are subject to, by topic and type of article: kept under the rules for comments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from articles.models import ArticlePage, TopicPage
from ratings.desk.policy_sentences import sentences, what_holds
from ratings.models import DiscussionPolicy
from ratings.models.policy import article_types, policies_for, policies_of
from ratings.moderation.policy import Mode

MAX_DAYS = 36_500
"""A hundred years. Later moments are none that a date can hold."""
ARTICLES_OFFERED = 10
AS_ELSEWHERE = ("", _("As elsewhere"))


class TopicChoice(forms.ModelChoiceField[TopicPage]):
    """A choice of topics that works without a script, subtopics below their topics."""

    def label_from_instance(self, topic: Any) -> str:
        """Return the title, further in the deeper it stands."""
        return f"{'– ' * max(topic.depth - 3, 0)}{topic}"


def _topics(**options: Any) -> TopicChoice:
    # By `id`, which knows what a column can hold; `pk` is the link to the page's other table.
    choices = TopicPage.objects.order_by("path")
    return TopicChoice(choices, to_field_name="id", label=_("Topic"), required=False, **options)


def _types() -> list[tuple[str, Any]]:
    return [("", _("All types")), *((value, capfirst(label)) for value, label in article_types())]


class PolicyForm(WagtailAdminModelForm):
    """What one policy says; what is left empty is as elsewhere."""

    topic = _topics(empty_label=_("All topics"), help_text=DiscussionPolicy._meta.get_field("topic").help_text)
    article_type = forms.ChoiceField(label=_("Type of article"), choices=_types, required=False)
    mode = forms.ChoiceField(label=_("Moderation"), choices=[AS_ELSEWHERE, *Mode.choices], required=False)
    holds_first = forms.TypedChoiceField(
        label=_("Hold the first comment"),
        help_text=DiscussionPolicy._meta.get_field("holds_first").help_text,
        choices=[AS_ELSEWHERE, ("True", _("Yes")), ("False", _("No"))],
        coerce="True".__eq__,
        empty_value=None,
        required=False,
    )
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
        fields = (
            "topic",
            "article_type",
            "mode",
            "holds_first",
            "trusted_after",
            "links_new",
            "links_trusted",
            "hold_from",
            "hide_from_reports",
            "closes_after_days",
            "closed_from",
            "closed_until",
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a second policy for the same articles, and hours without a beginning, an end or a time between."""
        cleaned: dict[str, Any] = super().clean()
        if "topic" in cleaned and "article_type" in cleaned:
            same = DiscussionPolicy.objects.filter(topic=cleaned["topic"], article_type=cleaned["article_type"])
            if same.exclude(pk=self.instance.pk).exists():
                message = _("This topic and type of article have a policy already. Please change that one.")
                self.add_error("article_type", ValidationError(message))
        if "closed_from" in cleaned and "closed_until" in cleaned:
            begins, ends = cleaned["closed_from"], cleaned["closed_until"]
            if (begins is None) != (ends is None):
                self.add_error("closed_until", _("Please give both hours, or none."))
            elif begins is not None and begins == ends:
                self.add_error("closed_until", _("Both hours are the same. Please leave some time between them."))
        return cleaned


class HoldsForm(forms.Form):
    """Which articles are asked about: one, or all of a topic and type."""

    title = forms.CharField(label=_("Words of an article’s title"), required=False, max_length=200)
    topic = _topics(empty_label=_("Any topic"))
    article_type = forms.ChoiceField(label=_("Type of article"), choices=_types, required=False)
    article = forms.ModelChoiceField(
        ArticlePage.objects.defer("body"), to_field_name="id", required=False, widget=forms.HiddenInput
    )


class WhatHolds(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What holds for an article, or for a topic and type, and which policy says so."""

    model = DiscussionPolicy
    any_permission_required = ["add", "change", "delete"]
    page_title = _("What holds for …")
    header_icon = "date"
    template_name = "ratings/desk/what_holds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Resolve what is asked for; words of a title lead to the articles that have them."""
        form = HoldsForm(self.request.GET)
        asked = form.cleaned_data if form.is_valid() else {}
        article, topic = asked.get("article"), asked.get("topic")
        if article is not None:
            rows = policies_of(article)
        else:
            rows = policies_for(asked.get("article_type", ""), [topic.path] if topic else [])
        title = asked.get("title", "")
        found = ArticlePage.objects.filter(title__icontains=title).order_by("title", "pk") if title else []
        return super().get_context_data(**kwargs) | {
            "form": form,
            "article": article,
            "articles": found[: ARTICLES_OFFERED + 1],
            "most": ARTICLES_OFFERED,
            "holds": what_holds(rows) if form.is_valid() else [],
        }


class PolicyIndexView(generic.IndexView):
    """The policies, and what holds where none says anything."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what nobody decided."""
        return super().get_context_data(**kwargs) | {"shipped": [said for _label, said, _row in what_holds([])]}


class PolicyViewSet(ModelViewSet):
    """List, add, change and remove discussion policies, by the permissions of the model."""

    model = DiscussionPolicy
    icon = "date"
    menu_label = _("Discussion policies")
    copy_view_enabled = False
    form_fields = list(PolicyForm.Meta.fields)
    index_view_class = PolicyIndexView
    index_results_template_name = "ratings/desk/policies.html"
    list_display = [
        TitleColumn(
            "topic",
            label=_("For"),
            accessor=lambda policy: capfirst(str(policy)),
            url_name="discussionpolicy:edit",
        ),
        Column("says", label=_("Says"), accessor=sentences),
    ]

    def get_form_class(self, for_update: bool = False) -> type[PolicyForm]:
        """Return the form that says in words what is wrong."""
        return PolicyForm

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the page that says what holds."""
        return [*super().get_urlpatterns(), path("what-holds/", self.construct_view(WhatHolds), name="what_holds")]
