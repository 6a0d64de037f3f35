"""Sources: what an article relies on, stored once and cited wherever it is needed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import ReferenceIndex

from prose.fields import AddressField

OLD_AFTER = 5
"""Years after which somebody should look whether there is something newer."""
INITIALS = re.compile(r"(?:[\s,]+(?:[A-Z]\.?[ -]?){1,4})$")


class SourceQuerySet(models.QuerySet["Source"]):
    """Questions about sources."""

    def old(self, today: date) -> SourceQuerySet:
        """Return those that appeared more than `OLD_AFTER` years before `today`."""
        return self.filter(year__lt=today.year - OLD_AFTER)

    def with_uses(self) -> SourceQuerySet:
        """Return them with `uses`: how many pages cite each, as they are published or were first saved."""
        found = ReferenceIndex.objects.filter(to_object_id=Cast(OuterRef("pk"), models.CharField()))
        found = found.filter(to_content_type__app_label="articles", to_content_type__model="source").order_by()
        number = found.values("to_object_id").annotate(number=Count("object_id", distinct=True)).values("number")
        return self.annotate(uses=Coalesce(Subquery(number, output_field=models.IntegerField()), 0))

    def due_for_a_look(self, answered_before: datetime, failed_before: datetime) -> SourceQuerySet:
        """Return those with an address that were looked at before these moments or never, the longest ago first."""
        with_address = self.exclude(url="", doi="", pmid="")
        failed = Q(link_failures__gt=0, link_checked_at__lt=failed_before)
        due = with_address.filter(Q(link_checked_at=None) | Q(link_checked_at__lt=answered_before) | failed)
        return due.order_by(F("link_checked_at").asc(nulls_first=True), "pk")


class Source(models.Model):
    """A publication that articles cite. Which of them cite it is known from Wagtail's reference index."""

    class Tier(models.TextChoices):
        """How much a reader may rely on it, the most reliable first."""

        GUIDELINE = "guideline", _("Guideline")
        REVIEW = "review", _("Systematic review")
        TRIAL = "trial", _("Controlled trial")
        STUDY = "study", _("Study")
        AUTHORITY = "authority", _("Public authority or professional body")
        BOOK = "book", _("Textbook")
        EXPERT = "expert", _("Expert opinion")
        NEWS = "news", _("News")
        OTHER = "other", _("Other")

    class Link(models.TextChoices):
        """What the last look at its address found."""

        UNKNOWN = "unknown", _("Not checked yet")
        ALIVE = "alive", _("Answers")
        FAILING = "failing", _("Did not answer the last time")
        DEAD = "dead", _("Died")

    title = models.CharField(_("title"), max_length=400)
    authors = models.CharField(
        _("authors"), max_length=400, blank=True, help_text=_("As they are to be listed, for example “Unger D. L.”")
    )
    publication = models.CharField(
        _("published in"), max_length=300, blank=True, help_text=_("The journal, the publisher or the website.")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    tier = models.CharField(_("kind of evidence"), max_length=20, choices=Tier.choices, default=Tier.OTHER)
    doi = models.CharField("DOI", max_length=255, blank=True)
    pmid = models.CharField("PMID", max_length=20, blank=True)
    isbn = models.CharField("ISBN", max_length=13, blank=True, help_text=_("Thirteen digits."))
    url = AddressField(_("address"), max_length=500, blank=True)
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    created_at = models.DateTimeField(_("added at"), auto_now_add=True)

    link = models.CharField(_("link"), max_length=10, choices=Link.choices, default=Link.UNKNOWN, editable=False)
    link_checked_at = models.DateTimeField(_("link checked at"), null=True, editable=False, db_index=True)
    link_failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0, editable=False)
    link_problem = models.CharField(_("what was wrong"), max_length=200, blank=True, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title", "pk"]
        constraints = [
            *(
                models.UniqueConstraint(fields=[name], condition=~models.Q(**{name: ""}), name=f"source_{name}_once")
                for name in ("doi", "pmid", "isbn", "url")
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="source_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(year=None) | models.Q(year__gte=1400, year__lte=2200), name="source_year_plausible"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @transaction.atomic
    def save(self, **options: Any) -> None:
        """Store the source. In one transaction with what is told to the pages that cite it."""
        super().save(**options)

    @transaction.atomic
    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        """Delete the source. Whether it is cited is for the caller to ask (`articles.citations.usage`)."""
        return super().delete(using, keep_parents)

    @property
    def label(self) -> str:
        """What the source is called inside a text that is being edited: "Unger 1998"."""
        first = re.split(r"[;,&]", self.authors)[0].strip() or self.title
        name = INITIALS.sub("", first) or first
        shortened = name if len(name) <= 30 else f"{name[:29].rstrip()}…"
        return f"{shortened} {self.year}" if self.year else shortened

    @property
    def address(self) -> str:
        """Where the source can be read: at its DOI if it has one, since that stays; empty for what is on paper only.

        Forms take addresses of the web alone; whatever else wrote a row, no other address becomes a link.
        """
        if self.doi:
            return f"https://doi.org/{quote(self.doi, safe='/:;()._-')}"
        if self.url.lower().startswith(("http://", "https://")):
            return self.url
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else ""

    def is_old(self, today: date) -> bool:
        """Return whether it appeared more than `OLD_AFTER` years before `today`."""
        return self.year is not None and self.year < today.year - OLD_AFTER
