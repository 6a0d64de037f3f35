"""Reviewing an article in the workflow: what changed, and the signature."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem

from articles import actions
from articles.comparing import fingerprint
from articles.desk.pages import article_of, frame, user_of
from articles.desk.signing import SIGN_OFF, SignatureForm, reviewers_for
from articles.intervals import next_review
from articles.models import ArticlePage, ReviewState
from articles.what_changed import changes_between, last_reviewed, passages_of


class ReviewMenuItem(PageMenuItem):
    """Leads from an article that waits for a review to where it is reviewed."""

    label = gettext_lazy("Review…")
    icon_name = "glasses"
    url_name = "review_article"

    def is_shown(self, user: Any) -> bool:
        """Show it under articles that wait for `user`."""
        # Listings know of a whole page of articles which are in a workflow; only of these it is asked who may act.
        is_on_its_way = self.page.specific_class is ArticlePage and self.page.workflow_in_progress
        return is_on_its_way and ReviewState.objects.waiting_for(user).for_instance(self.page).exists()


class ReviewForm(SignatureForm):
    """The same for a draft, with the fingerprint of what was read."""

    seen = forms.CharField(widget=forms.HiddenInput)


class ChangesForm(forms.Form):
    """What is to be changed."""

    comment = forms.CharField(
        label=gettext_lazy("What is to be changed"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        help_text=gettext_lazy("Whoever handed the article over gets this by mail. Comments in the text stay there."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show what changed since the last sign-off, and take the signature or what is to be changed.

    Who may not review at this step is led away; 409, in words, with the form as it was sent, for what cannot be done.
    """
    article = article_of(article_id)
    state = (
        ReviewState.objects.waiting_for(user_of(request))
        .for_instance(article)
        .select_related("task", "workflow_state")
        .first()
    )
    if state is None:
        return _nothing_waits(request, article)
    draft, today = state.article, timezone.localdate()
    reviewers = reviewers_for(user_of(request))
    initial = {"due_on": next_review(draft, today), "reviewer": reviewers.first() if len(reviewers) == 1 else None}
    signature = ReviewForm(initial=initial, reviewers=reviewers)
    if request.method != "POST":
        return _page(request, state, draft, signature, ChangesForm())
    if "comment" in request.POST:
        changes = ChangesForm(request.POST)
        return _ask(request, state, changes) or _page(request, state, draft, signature, changes, form=changes)
    signature = ReviewForm(request.POST, reviewers=reviewers)
    return _sign(request, state, signature, today) or _page(
        request, state, draft, signature, ChangesForm(), form=signature
    )


def _sign(request: HttpRequest, state: ReviewState, form: ReviewForm, today: date) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        actions.sign_review(state=state, signed_by=user_of(request), today=today, **form.cleaned_data)
    except (actions.Refused, ValidationError) as refusal:
        form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        return None
    messages.success(request, _("You have signed. Readers are told when the article is published."))
    return redirect("wagtailadmin_home")


def _ask(request: HttpRequest, state: ReviewState, form: ChangesForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        actions.ask_for_changes(state=state, comment=form.cleaned_data["comment"], by=user_of(request))
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The article went back, with what is to be changed."))
    return redirect("wagtailadmin_home")


def _nothing_waits(request: HttpRequest, article: ArticlePage) -> HttpResponse:
    """Lead away from an article that waits for nobody who is signed in: an old mail may have led here."""
    messages.info(request, _("This article waits for no review of yours now."))
    if article.live and request.user.has_perm(SIGN_OFF):
        return redirect("sign_off_article", article.pk)
    return redirect("wagtailadmin_home")


def _page(
    request: HttpRequest,
    state: ReviewState,
    draft: ArticlePage,
    signature: ReviewForm,
    changes: ChangesForm,
    form: forms.Form | None = None,
) -> HttpResponse:
    status = HTTPStatus.OK
    if form is not None:
        status = HTTPStatus.CONFLICT if form.non_field_errors() else HTTPStatus.UNPROCESSABLE_ENTITY
    seen = fingerprint(passages_of(draft))
    if signature.is_bound:
        signature.data = request.POST.dict() | {"seen": seen}
    else:
        signature.initial["seen"] = seen
    reviewed = last_reviewed(draft, state.task.specific.kind)
    title = _("Review “%(title)s”") % {"title": draft.title}
    context = frame(request, state.workflow_state.content_object.specific, title, "glasses") | {
        "state": state,
        "draft": draft,
        "reviewed": reviewed,
        "comparison": changes_between(reviewed.article, draft) if reviewed else None,
        "passages": [] if reviewed else passages_of(draft),
        "signature": signature,
        "changes": changes,
        "may_sign": reviewers_for(user_of(request)).exists(),
    }
    return render(request, "articles/desk/review.html", context, status=status)
