"""How an article is rated, for those who publish it; and whether its ratings begin anew."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.ui.menus.pages import PageMenuItem

from articles.models import ArticlePage
from ratings import actions
from ratings.desk.door import moderator_of, only_posted, told_in_words
from ratings.desk.forms import AnewForm
from ratings.models import Rating, RatingSummary


class RatingsMenuItem(PageMenuItem):
    """Leads from an article in the admin to its ratings."""

    label = gettext_lazy("Ratings")
    icon_name = "pick"
    url_name = "article_ratings"

    def is_shown(self, user: User) -> bool:
        """Show it under articles, to those who may publish them."""
        return self.page.specific_class is ArticlePage and bool(self.page.permissions_for_user(user).can_publish())


@require_safe
def article_ratings(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show how an article is rated."""
    return _page(request, _article_to_publish(request, article_id), AnewForm())


@only_posted
@told_in_words
def begin_anew(request: HttpRequest, article_id: int) -> HttpResponse:
    """Let the ratings of an article begin anew; 422, and the page with what was typed, without a reason and a yes."""
    article = _article_to_publish(request, article_id)
    form = AnewForm(request.POST)
    if not form.is_valid():
        return _page(request, article, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    count = actions.begin_anew(
        article=article, moderator=moderator_of(request), now=timezone.now(), reason=form.cleaned_data["reason"]
    )
    if count:
        message = ngettext(
            "The ratings begin anew: %(count)d is kept, and counts no more.",
            "The ratings begin anew: %(count)d are kept, and count no more.",
            count,
        )
        messages.success(request, message % {"count": count})
    else:
        messages.warning(request, _("No rating counts, so there is nothing to begin anew."))
    return redirect("article_ratings", article_id)


@only_posted
@told_in_words
def count_earlier_again(request: HttpRequest, article_id: int) -> HttpResponse:
    """Count the ratings again that an article had before they began anew."""
    article = _article_to_publish(request, article_id)
    count = actions.count_earlier_again(article=article, moderator=moderator_of(request))
    message = ngettext("%(count)d rating counts again.", "%(count)d ratings count again.", count)
    messages.success(request, message % {"count": count})
    return redirect("article_ratings", article_id)


def _article_to_publish(request: HttpRequest, article_id: int) -> ArticlePage:
    """Return the article; raises Http404 if there is none, PermissionDenied for who may not publish it."""
    # By `id`, which knows what a column can hold.
    article: ArticlePage = get_object_or_404(ArticlePage.objects.defer("body"), id=article_id)
    if not article.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return article


def _page(request: HttpRequest, article: ArticlePage, form: AnewForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    title = _("Ratings of “%(title)s”") % {"title": article.title}
    context = {
        "article": article,
        "summary": RatingSummary.objects.filter(article=article).first() or RatingSummary(article=article),
        "of_earlier_versions": Rating.objects.of_earlier_versions(article).count(),
        "held": Rating.objects.quarantined().filter(article=article, is_withdrawn=False).count(),
        "form": form,
        "header_title": title,
        "header_icon": "pick",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("wagtailadmin_pages:edit", args=[article.pk]), "label": article.title},
            {"url": "", "label": title},
        ],
    }
    return render(request, "ratings/desk/ratings.html", context, status=status)
