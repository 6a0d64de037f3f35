"""Retracting an article."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem

from articles import actions
from articles.desk.pages import article_of, frame, user_of
from articles.models import ArticlePage

RETRACT = "articles.retract_article"


def may_retract(user: Any, article: Any) -> bool:
    """Return whether `user` may retract `article`: who may unpublish it, and has the permission."""
    return bool(user.has_perm(RETRACT) and article.permissions_for_user(user).can_publish())


class RetractMenuItem(PageMenuItem):
    """Leads from an article in the admin to where it is retracted."""

    label = gettext_lazy("Retract…")
    icon_name = "warning"
    url_name = "retract_article"

    def is_shown(self, user: Any) -> bool:
        """Show it under articles that were published, to those who may retract them."""
        is_article = self.page.specific_class is ArticlePage
        return is_article and self.page.last_published_at is not None and may_retract(user, self.page)


class RetractionForm(forms.Form):
    """Why an article is retracted, for its readers."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Readers who come to the address read this, and nothing else of the article."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def retract(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask why an article is retracted, or retract it; 409 if it cannot be, in words, with the reason as it was sent."""
    article = article_of(article_id)
    if not may_retract(request.user, article):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, article, RetractionForm())
    form = RetractionForm(request.POST)
    if not form.is_valid():
        return _page(request, article, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        actions.retract(article=article, reason=form.cleaned_data["reason"], by=user_of(request), now=timezone.now())
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, article, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("“%(title)s” is retracted: its address tells why.") % {"title": article.title})
    return redirect(reverse("wagtailadmin_explore", args=[article.get_parent().pk]))


def _page(
    request: HttpRequest, article: ArticlePage, form: RetractionForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    title = _("Retract “%(title)s”") % {"title": article.title}
    context = frame(request, article, title, "warning") | {
        "form": form,
        "standing": article.retractions.filter(lifted_at=None).select_related("retracted_by").first(),
    }
    return render(request, "articles/desk/retract.html", context, status=status)
