"""Why moderators act: the grounds that readers are told, in words of the site's own where it has some."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """What is wrong with a comment, or with what a reader does."""

    MISINFORMATION = "misinformation", _("Health misinformation")
    DANGEROUS = "dangerous", _("Dangerous advice")
    PERSONAL = "personal", _("Personal data")
    ABUSE = "abuse", _("Insults or threats")
    ADVERTISING = "advertising", _("Advertising")
    SPAM = "spam", _("Spam")
    OFF_TOPIC = "off_topic", _("Off topic")
    REPEATED = "repeated", _("Said before")
    IMPOSTURE = "imposture", _("Speaking for somebody else")
    UNLAWFUL = "unlawful", _("Against the law")
    OTHER = "other", _("Something else")


SHIPPED_TEXTS = {
    Ground.MISINFORMATION: _(
        "Your comment says something about health that the evidence we know speaks against. Readers could rely on it."
    ),
    Ground.DANGEROUS: _("Your comment advises something that could harm others who try it."),
    Ground.PERSONAL: _("Your comment names private things about a person. We do not publish those."),
    Ground.ABUSE: _("Your comment attacks people. Please write again about the matter itself."),
    Ground.ADVERTISING: _("Your comment advertises. We publish what helps readers, without advertising."),
    Ground.SPAM: _("Your comment was taken for spam. If that is a mistake, please tell us."),
    Ground.OFF_TOPIC: _("Your comment is not about this article."),
    Ground.REPEATED: _("The same has been said here already."),
    Ground.IMPOSTURE: _("Your comment speaks in the name of somebody else."),
    Ground.UNLAWFUL: _("Your comment says something that the law does not let us publish."),
}
"""What the author is told, unless the moderator or the site's own texts say something else."""


class CannedText(models.Model):
    """A text of this site's own that moderators give as the reason on one ground."""

    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices)
    text = models.CharField(_("text"), max_length=300, help_text=_("The author of the comment reads it."))

    class Meta:
        verbose_name = _("canned text")
        verbose_name_plural = _("canned texts")
        ordering = ["ground", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ground", "text"], name="canned_text_once"),
            models.CheckConstraint(condition=models.Q(ground__in=Ground.values), name="canned_text_ground_known"),
        ]

    def __str__(self) -> str:
        return self.text
