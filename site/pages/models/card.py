"""The picture that stands for a page where somebody shares it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class SocialCard(models.Model):
    """A drawn card of a page: made ahead by the worker, kept, and drawn anew when what it says has changed.

    `digest` is the SHA-256 of all that is drawn on it, as 64 hexadecimal digits.
    """

    WIDTH = 1200
    HEIGHT = 630

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="social_card")
    file = models.FileField(_("file"), upload_to="cards/")
    digest = models.CharField(_("digest"), max_length=64)
    made_at = models.DateTimeField(_("made at"))

    def __str__(self) -> str:
        return str(self.file.name)
