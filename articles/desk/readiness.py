"""“Ready to publish?” of an article: the list that its editor shows beside it, and the same as a page of its own."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from articles import actions
from articles.desk.pages import article_of, frame, user_of
from articles.models import ArticlePage
from articles.readiness.gate import examine
from articles.readiness.standing import reasons_in, standing


@require_http_methods(["GET", "HEAD", "POST"])
def readiness(request: HttpRequest, article_id: int) -> HttpResponse:
    """Tell what is in the way of the latest draft of an article; keep the reasons that are posted, or take one back.

    With `?fragment=1` only the list is answered, as the editor's script puts it in. What is refused is 409, in words.
    """
    article = article_of(article_id)
    if not article.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft: ArticlePage = article.get_latest_revision_as_object()
    is_fragment = "fragment" in request.GET
    if request.method == "POST":
        try:
            _answer(request, draft)
        except actions.Refused as refusal:
            if is_fragment:
                return HttpResponse(str(refusal), status=HTTPStatus.CONFLICT, content_type="text/plain")
            messages.error(request, str(refusal))
            return _page(request, draft, status=HTTPStatus.CONFLICT)
        if not is_fragment:
            return redirect("article_readiness", article.pk)
    if is_fragment:
        context = {"standing": standing(draft, examine(draft)), "in_editor": True}
        return render(request, "articles/panels/findings.html", context)
    return _page(request, draft)


def _answer(request: HttpRequest, draft: ArticlePage) -> None:
    if about := request.POST.get("ask-again"):
        actions.ask_again(article=draft, about=about, by=user_of(request))
        return
    actions.keep_reasons(article=draft, reasons=reasons_in(request.POST), by=user_of(request), now=timezone.now())


def _page(request: HttpRequest, draft: ArticlePage, status: int = HTTPStatus.OK) -> HttpResponse:
    title = _("Ready to publish “%(title)s”?") % {"title": draft.title}
    context = frame(request, draft, title, "tick") | {
        "standing": standing(draft, examine(draft), typed=reasons_in(request.POST)),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[draft.pk]),
    }
    return render(request, "articles/desk/readiness.html", context, status=status)
