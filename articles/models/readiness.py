"""What was found when an article was examined, and what an editor answered to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import ArticlePage


class Waiver(models.Model):
    """Why a warning does not keep an article from being published.

    `about` identifies what was warned of (see `articles.readiness.finding.Finding.about`): when the text that it
    concerns changes, the warning asks again. `message` is the warning as it was read.
    """

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="waivers")
    rule = models.CharField(_("rule"), max_length=60)
    about = models.CharField(_("what it is about"), max_length=64)
    message = models.TextField(_("warning"))
    reason = models.TextField(_("reason"), max_length=1000)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    waived_at = models.DateTimeField(_("waived at"))

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(fields=["article", "rule", "about"], name="waiver_once_a_warning"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason}"


class Examination(models.Model):
    """What the rules say of the latest revision of an article, kept for lists and reports; the worker renews it.

    `findings` are all of them, as `Finding.as_json` writes them; `warnings` counts those that nobody has waived.
    """

    article = models.OneToOneField(ArticlePage, primary_key=True, on_delete=models.CASCADE, related_name="examination")
    revision_id = models.BigIntegerField(_("revision"))
    examined_at = models.DateTimeField(_("examined at"))
    errors = models.PositiveIntegerField(_("errors"), default=0)
    warnings = models.PositiveIntegerField(_("warnings"), default=0)
    placeholders = models.PositiveIntegerField(_("placeholders"), default=0)
    words = models.PositiveIntegerField(_("words"), default=0)
    lix = models.PositiveIntegerField(
        _("readability (LIX)"), default=0, help_text=_("Words a sentence plus the percentage of long words.")
    )
    findings = models.JSONField(_("findings"), default=list)

    class Meta:
        verbose_name = _("examination")
        verbose_name_plural = _("examinations")

    def __str__(self) -> str:
        return f"{self.article}: {self.errors}, {self.warnings}"
