"""Who answers: a reader, known by an account or by a cookie."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def token_digest(token: str) -> str:
    """Return what is stored of a cookie's value: its SHA-256, in hexadecimal digits. The value itself never is."""
    return hashlib.sha256(token.encode()).hexdigest()


class ReaderQuerySet(models.QuerySet["Reader"]):
    """Questions about readers."""

    def of_token(self, token: str) -> Reader | None:
        """Return the reader whose browser sent the cookie value `token`, or None."""
        return self.filter(tokens__digest=token_digest(token)).first() if token else None


class Reader(models.Model):
    """Somebody who rates or comments. Made by the first POST, never by reading."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reader",
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")

    def __str__(self) -> str:
        return f"Reader {self.pk}"


class ReaderToken(models.Model):
    """A browser that we know as a reader's: the digest of a random 128-bit cookie value."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    def __str__(self) -> str:
        return f"Token of reader {self.reader_id}"
