"""Imports that are begun in the admin: reviewed before anything becomes an article, and carried out piece by piece."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import ArticlePage


def private_storage() -> Storage:
    """Return where files lie that no web server gives out."""
    return storages["private"]


def stored_as(run: ImportRun, name: str) -> str:
    """Return where an uploaded file lies: nothing of the name that it was sent under."""
    return f"imports/{run.public_id}/upload"


class ImportRun(models.Model):
    """A text that was pasted, or a file that was uploaded, and how far it has become articles.

    It is read into items first, then each item becomes an article; both go on where they stood, whoever was killed.
    `file` and what was unpacked from it lie in private storage and go when the run is finished.
    """

    class State(models.TextChoices):
        """What is being done with it."""

        READING = "reading", _("Being read")
        WAITING = "waiting", _("Waiting for review")
        APPLYING = "applying", _("Becoming articles")
        FINISHED = "finished", _("Finished")
        STOPPED = "stopped", _("Stopped")
        REFUSED = "refused", _("Refused")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=255, help_text=_("What the sender calls the file."))
    file = models.FileField(upload_to=stored_as, storage=private_storage, blank=True)
    format = models.CharField(_("format"), max_length=20, default="auto")
    options = models.JSONField(_("options"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READING)
    reason = models.TextField(_("why it was refused"), blank=True)
    read = models.PositiveIntegerField(_("entries read"), default=0)
    bytes_read = models.PositiveBigIntegerField(_("bytes read"), default=0)
    ignored = models.JSONField(_("what was left out"), default=list)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["reading", "waiting", "applying", "finished", "stopped", "refused"]),
                name="import_run_state_known",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ImportItem(models.Model):
    """One article of an import, as it was read, with what an editor has decided about it.

    `lines` are its text; `given` is what was decided, as `articles.exchange.source.Given` says it; `document` holds the
    rest of the neutral form. The blocks are recognized from these whenever they are shown, so nothing else is kept.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waiting")
        CREATED = "created", _("Created")
        UPDATED = "updated", _("Updated")
        UNCHANGED = "unchanged", _("Unchanged")
        REFUSED = "refused", _("Refused")
        DROPPED = "dropped", _("Left out")

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField(_("number"))
    place = models.CharField(_("place"), max_length=500, blank=True)
    foreign_id = models.CharField(_("foreign id"), max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=255, blank=True)
    lines = models.JSONField(_("lines"), default=list)
    given = models.JSONField(_("decided"), default=list)
    document = models.JSONField(_("document"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.TextField(_("reason"), blank=True)
    report = models.JSONField(_("report"), default=dict)
    version = models.PositiveIntegerField(
        _("version"), default=1, help_text=_("Counts decisions, so that the second of two editors is told.")
    )
    article = models.ForeignKey(ArticlePage, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("imported article")
        verbose_name_plural = _("imported articles")
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_item_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "created", "updated", "unchanged", "refused", "dropped"]),
                name="import_item_state_known",
            ),
        ]
        indexes = [models.Index(fields=["run", "state", "number"], name="import_item_state")]

    def __str__(self) -> str:
        return self.title or self.place
