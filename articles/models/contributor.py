"""Who took part in an article."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from authors.models import AuthorPage


class Contributor(Orderable):
    """A person's part in an article."""

    class Role(models.TextChoices):
        """What somebody did for an article. A reviewer's sign-off is a record of its own, never this."""

        AUTHOR = "author", _("Author")
        EXPERT = "expert", _("Expert")
        REVIEWER = "reviewer", _("Reviewer")
        FACT_CHECKER = "fact_checker", _("Fact-checker")
        EDITOR = "editor", _("Editor")

    article = ParentalKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="contributors")
    author = models.ForeignKey(
        AuthorPage, verbose_name=_("person"), on_delete=models.CASCADE, related_name="contributions"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.AUTHOR)

    panels = [PageChooserPanel("author"), FieldPanel("role")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["article", "author", "role"], name="contributor_once_in_a_role"),
            models.CheckConstraint(
                condition=models.Q(role__in=["author", "expert", "reviewer", "fact_checker", "editor"]),
                name="contributor_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author} ({self.get_role_display()})"

    @property
    def is_editor(self) -> bool:
        """Whether the person edited the article."""
        return self.role == self.Role.EDITOR
