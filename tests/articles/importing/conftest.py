"""Texts to import, and who imports them."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import ImportItem, ImportRun

TEXT = """Why Kettles Whistle

Steam needs a way out, and a narrow one makes it sing.

Tip: Leave the lid on until it boils.

The whistle is a resonance, as in a flute.

Kettle Material
Copper Heats fast
Steel Lasts long
Glass Breaks sooner
"""


@pytest.fixture
def as_user():
    """Return a factory of browsers in which somebody is signed in."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def by_editor(as_user, editor) -> Client:
    return as_user(editor)


def paste(client: Client, text: str = TEXT, **fields):
    return client.post("/admin/articles/import/", {"text": text} | fields)


def upload(client: Client, data: bytes, name: str, **fields):
    return client.post("/admin/articles/import/", {"file": SimpleUploadedFile(name, data)} | fields)


def zipped(*texts: str) -> bytes:
    """Return an archive of Markdown files, one a text."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for number, text in enumerate(texts, start=1):
            archive.writestr(f"{number:02}.md", text)
    return data.getvalue()


def the_item() -> ImportItem:
    return ImportItem.objects.select_related("run").get()


def address(item: ImportItem, what: str = "") -> str:
    return f"/admin/articles/imports/{item.run.public_id}/{item.number}/{what}"


def decide(client: Client, item: ImportItem, do: str, first: int = 0, last: int = 0, **fields):
    """Send a decision about some lines, of the version of the item that `item` has."""
    return client.post(
        address(item, "decide/"), {"do": do, "version": item.version, "first": first, "last": last} | fields
    )


def move(client: Client, run: ImportRun, do: str):
    return client.post(f"/admin/articles/imports/{run.public_id}/move/", {"do": do})
