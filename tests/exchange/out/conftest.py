"""Exports, and sites into which they come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page

from articles.exchange.importing import Options, import_path
from articles.models import ArticlePage, Correction, Retraction, SignOff, Source, TopicPage
from authors.models import AuthorPage
from freshness.memory import forget
from pictures.models import Picture


@pytest.fixture
def export(tmp_path):
    """Return a function that exports into a new folder and returns it."""
    number = iter(range(100))

    def exported(*pages: str, **options) -> Path:
        folder = tmp_path / f"export-{next(number)}"
        call_command("export_articles", *pages, output=folder, **options)
        return folder

    return exported


@pytest.fixture
def bring_back():
    """Return a function that imports an export and returns what became of each record."""

    def brought(path: Path, **options):
        reports = import_path(path, Options(**{"trusted": True} | options))
        # The media of a folder are told of together: they come along with what shows them.
        return [report for report in reports if report.status != "ignored"]

    return brought


@pytest.fixture
def empty_site():
    """Return a function that takes everything away that an export tells of."""

    def emptied() -> None:
        # What nobody can take back is gone with the site alone.
        Correction.objects.all()._raw_delete("default")
        Retraction.objects.all().delete()
        SignOff.objects.all().delete()
        Redirect.objects.all().delete()
        top = TopicPage.objects.order_by("depth").first()
        TopicPage.objects.filter(pk=top.pk).update(featured=None)
        for model in (ArticlePage, AuthorPage):
            for page in model.objects.all():
                Page.objects.get(pk=page.pk).delete()
        for page in TopicPage.objects.child_of(top):
            Page.objects.get(pk=page.pk).delete()
        for document in get_document_model().objects.all():
            # At once: after the transaction of a test nothing is deleted.
            document.file.delete(save=False)
        for model in (Picture, get_document_model(), Source, Tag):
            model.objects.all().delete()
        forget()

    return emptied
