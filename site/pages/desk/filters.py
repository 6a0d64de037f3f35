"""By what the list of articles can be narrowed down."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.forms import Select
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFilter, NumberFilter
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page, Revision

from articles.desk.filters import PageFilter
from articles.models import ArticlePage, Contributor, Examination, SignOff, TopicPage
from authors.models import AuthorPage
from pages.desk.facts import rated
from pages.desk.fallen import fallen
from pages.desk.sections import REVIEWS_AHEAD, drafts_of

Pages = QuerySet[Any]

STATUS = [
    ("live", _("Published")),
    ("changed", _("Published, with changes that are not")),
    ("draft", _("Not published")),
    ("scheduled", _("Scheduled")),
    ("mine", _("Drafts of mine")),
]
REVIEW = [
    ("never", _("Never reviewed")),
    ("lapsed", _("Lapsed")),
    ("soon", _("Due in 30 days, or lapsed")),
    ("holds", _("Holds")),
]
FINDINGS = [
    ("errors", _("Errors")),
    ("warnings", _("Warnings that nobody answered")),
    ("placeholders", _("Placeholders left")),
    ("none", _("Neither errors nor warnings")),
]
RATING = [("fallen", _("Fell lately")), ("none", _("Nobody has rated it"))]


def by_review(articles: Pages, wanted: str, today: date) -> Pages:
    """Return those of `articles` whose review is never, lapsed, soon (due) or holds on `today`."""
    signed = SignOff.objects.filter(withdrawn_at=None).order_by()
    holding = signed.in_force(today)
    if wanted == "never":
        return articles.exclude(pk__in=signed.values("article"))
    if wanted == "holds":
        return articles.filter(pk__in=holding.values("article"))
    ahead = today + REVIEWS_AHEAD if wanted == "soon" else today
    lasting = holding.filter(Q(due_on=None) | Q(due_on__gte=ahead))
    return articles.filter(pk__in=signed.values("article")).exclude(pk__in=lasting.values("article"))


def contributing(request: Any) -> QuerySet[AuthorPage]:
    """Return the people in the bylines of articles, by name."""
    return AuthorPage.objects.filter(pk__in=Contributor.objects.order_by().values("author")).order_by("title")


def reviewing(request: Any) -> QuerySet[AuthorPage]:
    """Return the people that have signed articles off, by name."""
    return AuthorPage.objects.filter(pk__in=SignOff.objects.order_by().values("reviewer")).order_by("title")


class ArticleFilters(PageFilterSet):
    """The filters of the list of articles. Each asks by key, so that no filter makes a database read a body."""

    site = None
    has_child_pages = None
    edited_by = None

    status = ChoiceFilter(label=_("Status"), choices=STATUS, method="of_status", widget=Select)
    topic = PageFilter(
        label=_("Topic"),
        queryset=lambda request: TopicPage.objects.filter(depth__gt=2).order_by("path"),
        method="of_topic",
        widget=Select,
    )
    author = PageFilter(label=_("Contributor"), queryset=contributing, method="of_author", widget=Select)
    reviewer = PageFilter(label=_("Reviewer"), queryset=reviewing, method="of_reviewer", widget=Select)
    review = ChoiceFilter(label=_("Review"), choices=REVIEW, method="of_review", widget=Select)
    due_before = DateFilter(label=_("Review due before"), method="of_due_before", widget=AdminDateInput)
    findings = ChoiceFilter(label=_("Findings"), choices=FINDINGS, method="of_findings", widget=Select)
    rating = ChoiceFilter(label=_("Rating"), choices=RATING, method="of_rating", widget=Select)
    rating_below = NumberFilter(label=_("Rating below"), method="of_rating_below", min_value=1, max_value=5)
    fewer_words = NumberFilter(label=_("Words, at most"), method="of_fewer_words", min_value=0)
    more_words = NumberFilter(label=_("Words, at least"), method="of_more_words", min_value=0)

    class Meta:
        model = ArticlePage
        fields: list[str] = []

    def of_status(self, articles: Pages, _name: str, wanted: str) -> Pages:
        """Return those of a status."""
        if wanted == "mine":
            return articles.filter(pk__in=drafts_of(self.request.user).order_by().values("pk"))
        if wanted == "scheduled":
            of_pages = ContentType.objects.get_for_model(Page)
            dated = Revision.objects.filter(approved_go_live_at__isnull=False, base_content_type=of_pages).order_by()
            return articles.filter(pk__in=[int(key) for key in dated.values_list("object_id", flat=True)])
        conditions = {
            "live": Q(live=True),
            "draft": Q(live=False),
            "changed": Q(live=True, has_unpublished_changes=True),
        }
        return articles.filter(conditions[wanted])

    def of_topic(self, articles: Pages, _name: str, topic: TopicPage) -> Pages:
        """Return those of a topic and of all topics below it."""
        return articles.filter(pk__in=ArticlePage.objects.of_topic(topic).order_by().values("pk"))

    def of_author(self, articles: Pages, _name: str, author: AuthorPage) -> Pages:
        """Return those that a person had a part in."""
        return articles.filter(pk__in=Contributor.objects.filter(author=author).order_by().values("article"))

    def of_reviewer(self, articles: Pages, _name: str, reviewer: AuthorPage) -> Pages:
        """Return those that a person has signed off."""
        signed = SignOff.objects.filter(reviewer=reviewer, withdrawn_at=None).order_by()
        return articles.filter(pk__in=signed.values("article"))

    def of_review(self, articles: Pages, _name: str, wanted: str) -> Pages:
        """Return those whose review stands so."""
        return by_review(articles, wanted, timezone.localdate())

    def of_due_before(self, articles: Pages, _name: str, day: date) -> Pages:
        """Return those reviewed of which no sign-off holds on the eve of a day."""
        return by_review(articles, "lapsed", day)

    def of_findings(self, articles: Pages, _name: str, wanted: str) -> Pages:
        """Return those in which such things were found."""
        conditions = {"none": {"errors": 0, "warnings": 0}}.get(wanted, {f"{wanted}__gt": 0})
        return articles.filter(pk__in=Examination.objects.filter(**conditions).values("article"))

    def of_rating(self, articles: Pages, _name: str, wanted: str) -> Pages:
        """Return those whose rating fell, or that nobody has rated."""
        if wanted == "none":
            return articles.exclude(pk__in=rated().values("article"))
        return articles.filter(pk__in=[fall.article_id for fall in fallen(articles, timezone.now())])

    def of_rating_below(self, articles: Pages, _name: str, stars: Any) -> Pages:
        """Return those whose mean is below so many stars."""
        return articles.filter(pk__in=rated().filter(shown_mean__lt=float(stars)).values("article"))

    def of_fewer_words(self, articles: Pages, _name: str, words: Any) -> Pages:
        """Return those of at most so many words."""
        return articles.filter(pk__in=Examination.objects.filter(words__lte=words).values("article"))

    def of_more_words(self, articles: Pages, _name: str, words: Any) -> Pages:
        """Return those of at least so many words."""
        return articles.filter(pk__in=Examination.objects.filter(words__gte=words).values("article"))
