"""Telling readers that an article was wrong."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem

from articles import actions
from articles.actions.correcting import TEXT_LENGTH
from articles.chronicle import Event
from articles.desk.pages import article_of, frame, user_of
from articles.models import ArticlePage, Version

CORRECT = "articles.correct_article"


def may_correct(user: Any, article: Any) -> bool:
    """Return whether `user` may correct `article` in public: who may publish it, and has the permission."""
    return bool(user.has_perm(CORRECT) and article.permissions_for_user(user).can_publish())


class CorrectMenuItem(PageMenuItem):
    """Leads from an article in the admin to where it is corrected."""

    label = gettext_lazy("Correct…")
    icon_name = "edit"
    url_name = "correct_article"

    def is_shown(self, user: Any) -> bool:
        """Show it under articles that readers see, to those who may correct them."""
        return self.page.specific_class is ArticlePage and self.page.live and may_correct(user, self.page)


class VersionField(forms.ModelChoiceField[Version]):
    """A choice of versions, by when they began."""

    def label_from_instance(self, version: Version) -> str:
        """Return when the version began, and as what."""
        day = date_format(timezone.localdate(version.published_at))
        return _("Version %(number)d, from %(day)s: %(title)s") % {
            "number": version.number,
            "day": day,
            "title": version.title,
        }


class CorrectionForm(forms.Form):
    """What was wrong, in which version, and what is right."""

    wrong = VersionField(
        Version.objects.none(),
        label=gettext_lazy("The version that was wrong"),
        required=False,
        empty_label=gettext_lazy("None of them"),
        help_text=gettext_lazy("Readers are led to it, so that they can see what it said."),
    )
    text = forms.CharField(
        label=gettext_lazy("Correction"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "What was wrong, and what is right: “We wrote that … In fact, …” "
            "Readers see it for good: it is neither changed nor deleted."
        ),
    )

    def __init__(self, *args: Any, versions: QuerySet[Version], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(VersionField, self.fields["wrong"]).queryset = versions


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, article_id: int) -> HttpResponse:
    """Ask what was wrong, show what readers will read, and tell them.

    422 for what is missing and 409 for what cannot be, in words, with the text as it was sent.
    """
    article = article_of(article_id)
    if not may_correct(request.user, article):
        raise PermissionDenied
    versions = article.versions.defer("content").order_by("-number")
    if request.method != "POST":
        return _page(request, article, CorrectionForm(initial={"wrong": _likely(article)}, versions=versions))
    form = CorrectionForm(request.POST, versions=versions)
    if not form.is_valid():
        return _page(request, article, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    text, wrong = form.cleaned_data["text"], form.cleaned_data["wrong"]
    if "publish" not in request.POST:
        return _page(request, article, form, told=_as_told(text, wrong))
    now = timezone.now()
    try:
        actions.correct(
            article=article, text=text, wrong=wrong, by=user_of(request), today=timezone.localdate(now), now=now
        )
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, article, form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Readers of “%(title)s” now read the correction.") % {"title": article.title})
    return redirect("correct_article", article.pk)


def _likely(article: ArticlePage) -> Version | None:
    """Return the version that readers saw before what they see now; else the only one there is."""
    versions = article.versions.defer("content").order_by("-number")
    return versions.exclude(revision=article.live_revision_id).first() or versions.first()


def _as_told(text: str, wrong: Version | None) -> Event:
    return Event(
        kind=Version.Kind.CORRECTED, day=timezone.localdate(), text=text, version=wrong.number if wrong else None
    )


def _page(
    request: HttpRequest,
    article: ArticlePage,
    form: CorrectionForm,
    *,
    told: Event | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    title = _("Correct “%(title)s”") % {"title": article.title}
    context = frame(request, article, title, "edit") | {
        "form": form,
        "told": told,
        "versions": article.versions.defer("content").order_by("-number"),
        "corrections": article.corrections.select_related("made_by", "wrong").defer("wrong__content"),
    }
    return render(request, "articles/desk/correct.html", context, status=status)
