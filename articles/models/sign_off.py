"""Sign-offs: who has checked an article, when, and until when it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from articles.models.article import ArticlePage
from authors.models import AuthorPage
from findable.visibility import seen_by_everybody
from freshness import tags
from freshness.collecting import depends_on


def latest_of_each(sign_offs: Iterable[SignOff]) -> list[SignOff]:
    """Return the latest of `sign_offs` of each reviewer and kind, medical ones first."""
    found: dict[tuple[str, int], SignOff] = {}
    for each in sorted(sign_offs, key=lambda each: (each.kind, each.signed_on, each.pk), reverse=True):
        found.setdefault((each.kind, each.reviewer_id), each)
    shown = list(found.values())
    depends_on(*(tags.until_day(each.due_on + timedelta(days=1)) for each in shown if each.due_on))
    return shown


class SignOffQuerySet(models.QuerySet["SignOff"]):
    """Questions about sign-offs."""

    def in_force(self, today: date) -> Self:
        """Return those that hold on `today`: not withdrawn, and not past the day on which a review is due."""
        return self.filter(withdrawn_at=None).filter(models.Q(due_on=None) | models.Q(due_on__gte=today))

    def by_who_may_be_seen(self) -> Self:
        """Return those whose reviewer has a page that anybody may see."""
        return self.filter(reviewer__in=seen_by_everybody(AuthorPage.objects.all()))

    def latest_first(self) -> Self:
        """Return the latest first."""
        return self.order_by("-signed_on", "-pk")

    def reviews_due(self, today: date, within_days: int = 0) -> Self:
        """Return those of live articles that end within so many days, or have ended, the most urgent first.

        Not those that were withdrawn, nor those after which somebody checked the same of the article anew.
        """
        same = SignOff.objects.filter(article=models.OuterRef("article"), kind=models.OuterRef("kind"))
        signed_later = models.Q(signed_on__gt=models.OuterRef("signed_on"))
        signed_after = models.Q(signed_on=models.OuterRef("signed_on"), pk__gt=models.OuterRef("pk"))
        newer = same.filter(signed_later | signed_after, withdrawn_at=None)
        due = self.filter(withdrawn_at=None, due_on__lte=today + timedelta(days=within_days), article__live=True)
        return due.filter(~models.Exists(newer)).order_by("due_on", "pk")


class SignOff(models.Model):
    """That a person has checked an article: the only thing from which “reviewed by … on …” follows.

    What was signed is never changed. It ends by the day on which the next review is due, or by being withdrawn; while
    readers see an update that the reviewer has not checked, it says so.
    """

    class Kind(models.TextChoices):
        """What was checked."""

        MEDICAL = "medical", _("Medical review")
        EDITORIAL = "editorial", _("Editorial review")

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="sign_offs")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.MEDICAL)
    reviewer = models.ForeignKey(
        AuthorPage, verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="sign_offs"
    )
    revision = models.ForeignKey(
        Revision, verbose_name=_("version"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_on = models.DateField(_("signed on"))
    due_on = models.DateField(_("next review due on"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_on = models.DateField(
        _("changed since"),
        null=True,
        blank=True,
        help_text=_("Since when readers see an update of the article that the reviewer has not checked."),
    )
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SignOffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["medical", "editorial"]), name="sign_off_kind_known"),
            models.CheckConstraint(
                condition=models.Q(due_on=None) | models.Q(due_on__gt=models.F("signed_on")),
                name="sign_off_due_after_it_was_signed",
            ),
        ]
        permissions = [("sign_off_article", "Can sign off articles")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reviewer}, {self.signed_on}"

    @property
    def is_outdated(self) -> bool:
        """Whether readers see an update of the article that the reviewer has not checked."""
        return self.changed_on is not None
