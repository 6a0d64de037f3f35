"""What the search knows beside the texts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Synonyms(models.Model):
    """Words and phrases that readers use for the same thing: who asks for one of them finds the others."""

    words = models.TextField(
        _("words"),
        help_text=_("Separated by commas or lines, for example: backache, back pain, sore back."),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return self.words[:80]


class SearchWord(models.Model):
    """A word that stands in what readers may find: what “Did you mean” chooses from.

    `word` is folded (neither case nor accents), `shown` is how texts write it, `pages` how many pages hold it.
    """

    word = models.CharField(_("word"), max_length=50, unique=True)
    shown = models.CharField(_("as written"), max_length=50)
    pages = models.PositiveIntegerField(_("pages"))

    class Meta:
        indexes = [models.Index(fields=["-pages"], name="search_word_pages")]

    def __str__(self) -> str:
        return self.shown
