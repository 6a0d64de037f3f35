"""Sources: what an article relies on, stored once and cited wherever it is needed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from prose.fields import AddressField


class Source(models.Model):
    """A publication that articles cite. Which of them cite it is known from Wagtail's reference index."""

    class Tier(models.TextChoices):
        """How much a reader may rely on it, the most reliable first."""

        GUIDELINE = "guideline", _("Guideline")
        REVIEW = "review", _("Systematic review")
        TRIAL = "trial", _("Controlled trial")
        STUDY = "study", _("Other study")
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
