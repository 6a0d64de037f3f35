"""Uploaded files, sent by the app where no web server does it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

pytestmark = pytest.mark.django_db

ALONE = "default-src 'none'; sandbox"
BYTES = bytes(range(256)) * 1000


def kept(name: str, data: bytes = BYTES) -> str:
    """Put a file into the media folder, and return its address."""
    default_storage.delete(name)
    return default_storage.url(default_storage.save(name, ContentFile(data)))


def document(name: str, data: bytes = BYTES, **fields: object):
    return get_document_model().objects.create(title="File", file=ContentFile(data, name=name), **fields)


def body(answer) -> bytes:
    return answer.getvalue() if hasattr(answer, "getvalue") else b"".join(answer)


@pytest.fixture
def private() -> Collection:
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


def test_picture_is_shown_runs_nothing_and_may_be_kept_for_ever(client):
    answer = client.get(kept("sizes/1-abc-480.avif"), headers={"Accept-Encoding": "gzip"})

    assert (answer.status_code, body(answer)) == (200, BYTES)
    assert answer["Content-Type"] == "image/avif"
    assert answer["Content-Length"] == str(len(BYTES))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == ALONE
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not answer["Content-Disposition"].startswith("attachment")
    assert not answer.cookies


def test_reading_a_picture_asks_the_database_nothing(client, django_assert_num_queries):
    address = kept("sizes/1-abc-480.avif")
    with django_assert_num_queries(0):
        body(client.get(address))


def test_picture_that_a_browser_has_already_is_not_sent_again(client):
    address = kept("sizes/1-abc-480.avif")
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    "name", ["page.html", "drawing.svg", "script.js", "feed.xml", "noending", "paper.pdf", "a.jpg.html"]
)
def test_what_is_no_picture_sound_or_film_is_only_saved(client, name):
    answer = client.get(kept(f"other/{name}", b"<script>alert(1)</script>"))

    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == ALONE
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    "path",
    ["", "sizes/", "sizes", "../test.sqlite3", "sizes/../../test.sqlite3", "..%2ftest.sqlite3", "%2e%2e/test.sqlite3",
     "/etc/passwd", "//etc/passwd", "....//x", "..\\x", "a%00.jpg", ".hidden.jpg", ".git/config", "x" * 5000],
)  # fmt: skip
def test_only_files_of_the_media_folder_are_sent(client, path):
    kept("sizes/1-abc-480.avif")
    kept(".hidden.jpg")

    assert client.get(f"/media/{path}").status_code == 404


def test_link_that_leads_out_of_the_media_folder_is_not_followed(client, settings, tmp_path):
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    link = Path(settings.MEDIA_ROOT) / "sizes" / f"link-{tmp_path.name}.jpg"
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / "secret.jpg")

    assert client.get(f"/media/sizes/{link.name}").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-10", 206, slice(-10, None)),
        ("bytes=250000-999999", 206, slice(250_000, None)),
        ("bytes=999999-", 416, slice(0, 0)),
        ("bytes=9-1", 416, slice(0, 0)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("lines=0-1", 200, slice(None)),
    ],
)
def test_part_of_a_film_can_be_asked_for(client, asked, status, part):
    answer = client.get(kept("film.mp4"), headers={"Range": asked, "Accept-Encoding": "gzip"})

    assert (answer.status_code, body(answer)) == (status, BYTES[part])
    if status == 206:
        assert answer["Content-Length"] == str(len(BYTES[part]))
        assert answer["Content-Range"].endswith(f"/{len(BYTES)}")


def test_part_of_a_film_that_was_replaced_meanwhile_is_the_whole_new_one(client):
    answer = client.get(kept("film.mp4"), headers={"Range": "bytes=0-9", "If-Range": '"of-before"'})

    assert (answer.status_code, body(answer)) == (200, BYTES)


def test_post_is_not_allowed(client):
    assert client.post(kept("film.mp4")).status_code == 405


@pytest.mark.parametrize(
    ("name", "content_type", "is_saved", "policy"),
    [
        ("paper.pdf", "application/pdf", False, "default-src 'none'"),
        ("film.mp4", "video/mp4", False, ALONE),
        ("page.html", "application/octet-stream", True, ALONE),
        ("drawing.svg", "application/octet-stream", True, ALONE),
    ],
)
def test_document_is_shown_only_if_it_can_run_nothing(client, name, content_type, is_saved, policy):
    stored = document(name)

    answer = client.get(stored.url)

    assert (answer.status_code, body(answer)) == (200, BYTES)
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"].startswith("attachment") == is_saved
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == (policy, "nosniff")


def test_document_that_not_everybody_may_read_has_no_second_address(client, admin, private):
    film, secret = document("open.mp4"), document("secret.mp4", collection=private)

    assert client.get(film.file.url).status_code == 200
    assert client.get(secret.file.url).status_code == 404
    assert client.get(secret.url).status_code == 302
    client.force_login(admin)
    answer = client.get(secret.url)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert hashlib.sha256(body(answer)).digest() == hashlib.sha256(BYTES).digest()


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.js", "macro.xlsm"])
def test_document_of_a_kind_that_can_run_is_refused(client, admin, name):
    client.force_login(admin)
    answer = client.post(
        "/admin/documents/add/", {"title": "File", "file": ContentFile(b"x", name=name), "collection": 1}
    )

    assert "is not allowed" in str(answer.context["form"].errors["file"])
    assert not get_document_model().objects.exists()
