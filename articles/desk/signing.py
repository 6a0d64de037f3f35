"""Signing an article off, and taking that back."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem

from articles import actions
from articles.desk.pages import article_of, frame, user_of
from articles.intervals import next_review
from articles.models import ArticlePage, SignOff
from articles.what_changed import changes_between, last_signed_off
from authors.models import AuthorPage

SIGN_OFF = "articles.sign_off_article"
IN_ANY_NAME = "articles.change_signoff"
"""The permission to sign in somebody else's name, and to withdraw what somebody else signed."""


class SignOffMenuItem(PageMenuItem):
    """Leads from an article in the admin to its sign-offs."""

    label = gettext_lazy("Sign off…")
    icon_name = "check"
    url_name = "sign_off_article"

    def is_shown(self, user: Any) -> bool:
        """Show it under articles, to those who may sign off."""
        return self.page.specific_class is ArticlePage and bool(user.has_perm(SIGN_OFF))


class SignatureForm(forms.Form):
    """By whom an article was checked, and until when that holds. Only administrators name somebody else."""

    reviewer = forms.ModelChoiceField(
        AuthorPage.objects.none(), label=gettext_lazy("Reviewer"), empty_label=gettext_lazy("Please choose")
    )
    due_on = forms.DateField(
        label=gettext_lazy("Next review due on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("After this day the sign-off is no longer shown."),
    )

    def __init__(self, *args: Any, reviewers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField[AuthorPage], self.fields["reviewer"]).queryset = reviewers


class SignOffForm(SignatureForm):
    """The same for what readers see, with what was checked."""

    kind = forms.ChoiceField(label=gettext_lazy("What was checked"), choices=SignOff.Kind.choices)
    due_on = forms.DateField(
        label=gettext_lazy("Next review due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("After this day the sign-off is no longer shown. Left empty, it holds until withdrawn."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    field_order = ["kind"]


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show who signed an article off, and sign it off; 409 if it cannot be, in words, with the form as it was sent."""
    if not request.user.has_perm(SIGN_OFF):
        raise PermissionDenied
    article = article_of(article_id)
    if not article.live and not article.permissions_for_user(user_of(request)).can_edit():
        raise Http404
    reviewers = reviewers_for(user_of(request))
    if request.method != "POST":
        initial = {
            "seen": article.live_revision_id,
            "reviewer": reviewers.first() if len(reviewers) == 1 else None,
            "due_on": next_review(article, timezone.localdate()),
        }
        return _page(request, article, SignOffForm(initial=initial, reviewers=reviewers))
    form = SignOffForm(request.POST, reviewers=reviewers)
    if not form.is_valid():
        return _page(request, article, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    sent = form.cleaned_data
    try:
        actions.sign_off(
            article=article,
            reviewer=sent["reviewer"],
            kind=SignOff.Kind(sent["kind"]),
            signed_by=user_of(request),
            today=timezone.localdate(),
            due_on=sent["due_on"],
            seen=sent["seen"],
        )
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        form.data = request.POST.dict() | {"seen": article.live_revision_id}
        return _page(request, article, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("“%(title)s” is signed off.") % {"title": article.title})
    return redirect("sign_off_article", article.pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a sign-off hold no more: one's own, or as an administrator anybody's."""
    signed = get_object_or_404(SignOff.objects.select_related("article", "reviewer"), id=pk)
    if not may_withdraw(request, signed):
        raise PermissionDenied
    actions.withdraw_sign_off(sign_off=signed, by=user_of(request), now=timezone.now())
    messages.success(request, _("The sign-off by %(name)s holds no more.") % {"name": signed.reviewer.title})
    return redirect("sign_off_article", signed.article_id)


def may_withdraw(request: HttpRequest, signed: SignOff) -> bool:
    """Return whether whoever is signed in may take `signed` back."""
    user = user_of(request)
    return user.has_perm(IN_ANY_NAME) or (user.has_perm(SIGN_OFF) and signed.reviewer.account_id == user.pk)


def reviewers_for(user: User) -> QuerySet[AuthorPage]:
    """Return as whom `user` may sign: as themselves, or as an administrator as anybody who has a public page."""
    live = AuthorPage.objects.live().order_by("title")
    return live if user.has_perm(IN_ANY_NAME) else live.filter(account=user)


def _page(request: HttpRequest, article: ArticlePage, form: SignOffForm, status: int = HTTPStatus.OK) -> HttpResponse:
    today = timezone.localdate()
    signed = list(article.sign_offs.latest_first().select_related("reviewer", "signed_by", "withdrawn_by"))
    reviewed = last_signed_off(article) if article.live else None
    title = _("Sign off “%(title)s”") % {"title": article.title}
    context = frame(request, article, title, "check") | {
        "form": form,
        "signed": [(each, may_withdraw(request, each) and not each.withdrawn_at) for each in signed],
        "today": today,
        "reviewed": reviewed,
        "comparison": changes_between(reviewed.article, article) if reviewed else None,
        "may_sign": reviewers_for(user_of(request)).exists(),
    }
    return render(request, "articles/desk/sign_off.html", context, status=status)
