"""What the defense against spam knows: words, linked domains, and the model that learned from decisions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratings.models.comment import Comment


class Phrase(models.Model):
    """A word or a phrase that comments are looked through for, however its letters are disguised."""

    class Kind(models.TextChoices):
        """What follows when it is found."""

        BANNED = "banned", _("Banned: such a comment is rejected at once, and its author is told why")
        SUSPECT = "suspect", _("Suspect: such a comment waits for a moderator")

    phrase = models.CharField(
        _("word or phrase"), max_length=100, help_text=_("Whole words; with * at the end also longer ones.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.SUSPECT)
    folded = models.CharField(_("folded"), max_length=200, unique=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True, help_text=_("Only moderators read it."))

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        ordering = ["folded"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=["banned", "suspect"]), name="phrase_kind_known")]

    def __str__(self) -> str:
        return self.phrase


class LinkedDomain(models.Model):
    """A comment links to a domain. What became of such comments, and since when there are any, is asked of these."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="linked_domains")
    domain = models.CharField(_("domain"), max_length=253)

    class Meta:
        verbose_name = _("linked domain")
        verbose_name_plural = _("linked domains")
        constraints = [models.UniqueConstraint(fields=["comment", "domain"], name="one_domain_a_comment")]
        indexes = [models.Index(fields=["domain", "comment"], name="linked_domain")]

    def __str__(self) -> str:
        return self.domain


class SpamModel(models.Model):
    """The learned model as it was trained at one time, by `ratings.actions`."""

    trained_at = models.DateTimeField(_("trained at"))
    examples = models.PositiveIntegerField(_("decisions it learned from"))
    weights = models.TextField(_("weights"), help_text=_("JSON, as `ratings.moderation.spam.model.Model` writes it."))
    spam = models.PositiveIntegerField(_("of these spam"))

    class Meta:
        verbose_name = _("spam model")
        verbose_name_plural = _("spam models")
        get_latest_by = "trained_at"

    def __str__(self) -> str:
        return f"Trained at {self.trained_at} on {self.examples} decisions"
