"""The sections of the desk that tell of articles: reviews, schedules, drafts, ratings, searches."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.template.defaultfilters import date as formatted
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from articles.models import ArticlePage, Examination, SignOff, TopicPage
from pages.desk.fallen import fallen
from pages.desk.planned import State, What, failed, planned
from pages.desk.reach import editable, edits, publishes
from pages.desk.section import ROWS, Found, Row, Section
from pages.search.report import SPANS, may_see, searched

REVIEWS_AHEAD = timedelta(days=30)
SCHEDULES_AHEAD = timedelta(days=14)
SIGN = "articles.sign_off_article"


class DueForReview(Section):
    """Sign-offs that end soon or have ended: a reviewer’s own, and those of the articles that an editor looks after."""

    name = "due"
    order = 20
    heading = gettext_lazy("Due for review")
    empty = gettext_lazy(
        "No review is due in the next 30 days. A sign-off says until when it holds; its article then comes here."
    )

    @staticmethod
    def is_for(user: User) -> bool:
        """Return whether the user reviews or edits articles."""
        return user.has_perm(SIGN) or edits(user)

    def look(self) -> Found:
        """Return the sign-offs, those first that ended first."""
        today = timezone.localdate()
        due = reviews_due_for(self.user)
        rows = due.select_related("article", "reviewer").defer("article__body")[:ROWS]
        listing = f"{reverse('articles:index')}?review=soon" if edits(self.user) else ""
        return Found(rows=[self._row(each, today) for each in rows], total=due.count(), all_at=listing)

    def _row(self, sign_off: SignOff, today: Any) -> Row:
        article, lapsed = sign_off.article, sign_off.due_on is not None and sign_off.due_on < today
        day = formatted(sign_off.due_on, "DATE_FORMAT")
        signs = self.user.has_perm(SIGN)
        return Row(
            title=article.draft_title,
            address=reverse("sign_off_article" if signs else "wagtailadmin_pages:edit", args=[article.pk]),
            says=[
                _("lapsed on %(day)s") % {"day": day} if lapsed else _("due on %(day)s") % {"day": day},
                sign_off.get_kind_display(),
                sign_off.reviewer.title,
            ],
            alarms=lapsed,
        )


def reviews_due_for(user: User) -> QuerySet[SignOff]:
    """Return the sign-offs that are due soon: those that `user` signed, and those of the articles they may change.

    Who has an author page with topics looks after the articles of these topics, and of the topics below them.
    """
    due = SignOff.objects.reviews_due(timezone.localdate(), REVIEWS_AHEAD.days)
    theirs = Q(article__in=editable(user).values("pk"))
    for_topics = Q()
    for path in TopicPage.objects.filter(authors__account=user).values_list("path", flat=True):
        for_topics |= Q(topicpage__path__startswith=path)
    if for_topics:
        theirs &= Q(article__in=ArticlePage.topics.through.objects.filter(for_topics).values("articlepage"))
    return due.filter(Q(reviewer__account=user) | theirs)


class Scheduled(Section):
    """What goes on or off in the next two weeks; on top what failed to."""

    name = "scheduled"
    order = 30
    heading = gettext_lazy("Scheduled")
    empty = gettext_lazy(
        "Nothing is scheduled for the next two weeks. The editor’s “Set schedule” publishes an article at a time."
    )

    @staticmethod
    def is_for(user: User) -> bool:
        """Return whether the user edits pages."""
        return edits(user)

    def look(self) -> Found:
        """Return failures, then the rest by time."""
        now = timezone.now()
        pages = editable(self.user)
        ahead = planned(pages, None, now + SCHEDULES_AHEAD)
        timed = [each for each in ahead if each.what is not What.REVIEW and not each.failure]
        all_ = [*failed(pages), *timed]
        rows = [
            Row(
                title=each.title,
                address=reverse("wagtailadmin_pages:edit", args=[each.page_id]),
                says=[f"{each.what.label}: {each.standing(now)}", formatted(each.at_home, "DATETIME_FORMAT")],
                quote=each.failure,
                alarms=each.state(now) != State.SCHEDULED,
            )
            for each in all_[:ROWS]
        ]
        return Found(rows=rows, total=len(all_), all_at=reverse("editors_calendar"))


class MyDrafts(Section):
    """What the user began and readers do not see yet, with what is left to do in it."""

    name = "drafts"
    order = 40
    heading = gettext_lazy("My drafts")
    empty = gettext_lazy("You have no drafts. What you write stands here until it is published.")

    @staticmethod
    def is_for(user: User) -> bool:
        """Return whether the user edits pages."""
        return edits(user)

    def look(self) -> Found:
        """Return the drafts, the latest first, with the placeholders and errors that were found in them."""
        drafts = drafts_of(self.user)
        rows = list(drafts.only("draft_title", "latest_revision_created_at", "depth", "path")[:ROWS])
        left = {each.pk: each for each in Examination.objects.filter(pk__in=[draft.pk for draft in rows])}
        all_at = f"{reverse('articles:index')}?status=mine"
        return Found(rows=[self._row(each, left.get(each.pk)) for each in rows], total=drafts.count(), all_at=all_at)

    @staticmethod
    def _row(draft: Page, found: Examination | None) -> Row:
        says = []
        if found and found.errors:
            says.append(ngettext("%(n)s error", "%(n)s errors", found.errors) % {"n": found.errors})
        if found and found.placeholders:
            left = ngettext("%(n)s placeholder left", "%(n)s placeholders left", found.placeholders)
            says.append(left % {"n": found.placeholders})
        if draft.latest_revision_created_at:
            day = formatted(timezone.localtime(draft.latest_revision_created_at), "DATETIME_FORMAT")
            says.append(_("changed %(day)s") % {"day": day})
        return Row(
            title=draft.draft_title,
            address=reverse("wagtailadmin_pages:edit", args=[draft.pk]),
            says=says,
            alarms=bool(found and (found.errors or found.placeholders)),
        )


def drafts_of(user: User) -> QuerySet[Page]:
    """Return the articles that `user` began or changed last and may change, and that readers do not see as they are."""
    unseen = Q(live=False) | Q(has_unpublished_changes=True)
    own = Q(owner=user) | Q(latest_revision__user=user)
    articles = editable(user).filter(unseen, own, content_type=ContentType.objects.get_for_model(ArticlePage))
    found: QuerySet[Page] = articles.order_by("-latest_revision_created_at", "-pk")
    return found


class RatingFell(Section):
    """Articles that readers rate clearly lower than they used to."""

    name = "fallen"
    order = 110
    heading = gettext_lazy("Rated lower than before")
    empty = gettext_lazy("No rating fell. Articles come here when the votes of 30 days are clearly below those before.")

    @staticmethod
    def is_for(user: User) -> bool:
        """Return whether the user may publish articles: who only writes has no say over others' work."""
        return publishes(user)

    def look(self) -> Found:
        """Return the articles, the deepest fall first."""
        falls = fallen(editable(self.user), timezone.now())
        shown = falls[:ROWS]
        titles = dict(Page.objects.filter(pk__in=[fall.article_id for fall in shown]).values_list("pk", "draft_title"))
        rows = [
            Row(
                title=titles.get(fall.article_id, ""),
                address=reverse("article_ratings", args=[fall.article_id]),
                says=[
                    _("★ %(lately).1f from %(votes)d votes in 30 days, ★ %(before).1f before")
                    % {"lately": fall.lately.mean, "votes": fall.lately.count, "before": fall.before.mean}
                ],
            )
            for fall in shown
        ]
        return Found(rows=rows, total=len(falls), all_at=f"{reverse('articles:index')}?rating=fallen")


class InVain(Section):
    """What readers searched for and did not find."""

    name = "searches"
    order = 120
    heading = gettext_lazy("Searches without a result")
    empty = gettext_lazy("Every search of the last 30 days found something. What readers miss comes here.")

    @staticmethod
    def is_for(user: User) -> bool:
        """Return whether the user may read what readers searched for."""
        return may_see(user)

    def look(self) -> Found:
        """Return the words, the most asked first."""
        terms = searched(timezone.localdate() - timedelta(days=SPANS[1]), in_vain=True)
        rows = [
            Row(
                title=term["words"],
                address=f"{reverse('pages:search')}?{urlencode({'q': term['words']})}",
                says=[ngettext("%(n)s search", "%(n)s searches", term["number"]) % {"n": term["number"]}],
            )
            for term in terms[:ROWS]
        ]
        return Found(rows=rows, total=terms.count(), all_at=reverse("searches_report"))
