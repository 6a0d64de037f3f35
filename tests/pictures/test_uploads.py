"""What becomes of a file that somebody uploads as a picture."""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver
from PIL import Image, ImageChops, ImageStat

from pictures.actions import make_renditions, store_picture
from pictures.forms import PictureForm
from pictures.models import Picture
from tests.pictures.drawing import moving, photograph

pytestmark = pytest.mark.django_db


def plain(image_format: str, size: tuple[int, int] = (40, 20)) -> bytes:
    data = BytesIO()
    Image.new("RGB", size, "teal").save(data, image_format)
    return data.getvalue()


def stored_bytes(picture: Picture) -> bytes:
    return picture.file.storage.open(picture.file.name).read()


@pytest.fixture
def upload(admin, client):
    """Upload a file as an editor does, and return why it was refused, or nothing."""
    client.force_login(admin)

    def upload(name: str, data: bytes) -> str:
        file = SimpleUploadedFile("x", data)
        # What a browser sends may be any name at all; Django's own class would refuse some.
        file._name = name
        answer = client.post("/admin/images/add/", {"title": "Picture", "file": file, "collection": 1})
        if answer.status_code == 302:
            return ""
        assert answer.status_code == 200
        return " ".join(str(error) for error in answer.context["form"].errors.get("file", []))

    return upload


@pytest.mark.parametrize(
    ("image_format", "ending"), [("AVIF", "avif"), ("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")]
)
def test_picture_is_stored_upright_and_without_what_the_camera_told(image_format, ending):
    data = photograph(image_format)
    assert b"Metadata Canary" in data
    assert Image.open(BytesIO(data)).getexif().get_ifd(0x8825)
    picture = store_picture(title="Photo", name=f"photo.{ending}", data=data)

    stored = stored_bytes(picture)

    assert b"Metadata Canary" not in stored
    image = Image.open(BytesIO(stored))
    assert (image.format, image.size) == (image_format, (600, 1200))
    assert not image.getexif()
    picture.refresh_from_db()
    assert (picture.width, picture.height, picture.file_size) == (600, 1200, len(stored))


def test_gif_is_stored_without_what_a_program_wrote_into_it():
    data = photograph("GIF")
    assert b"Metadata Canary" in data

    stored = stored_bytes(store_picture(title="Drawing", name="drawing.gif", data=data))

    assert b"Metadata Canary" not in stored
    assert Image.open(BytesIO(stored)).size == (1200, 600)


@pytest.mark.parametrize("ending", ["gif", "jpg", "png", "webp"])
def test_what_hangs_behind_a_picture_is_dropped(ending):
    """A file can be a picture and a page, a program or an archive at once (a polyglot)."""
    data = plain({"jpg": "JPEG"}.get(ending, ending.upper()))
    behind = b"<script>alert('Canary')</script><?php 'Canary' ?>"

    picture = store_picture(title="Polyglot", name=f"polyglot.{ending}", data=data + behind)

    assert b"Canary" not in stored_bytes(picture)
    make_renditions([picture])
    assert picture.made_sizes


@pytest.mark.parametrize("image_format", ["AVIF", "GIF", "JPEG", "PNG", "WEBP"])
def test_pixels_of_a_picture_that_tells_nothing_stay_as_they_came(image_format):
    data = BytesIO()
    Image.effect_noise((64, 48), 50).convert("RGB").save(data, image_format)

    picture = store_picture(title="Plain", name=f"plain.{image_format.lower()}", data=data.getvalue())

    came, stands = (Image.open(BytesIO(file)).convert("RGB") for file in (data.getvalue(), stored_bytes(picture)))
    # A JPEG is packed by the same tables again, which rounds a little.
    assert max(ImageStat.Stat(ImageChops.difference(came, stands)).mean) <= (0.5 if image_format == "JPEG" else 0)


@pytest.mark.parametrize("image_format", ["GIF", "WEBP"])
def test_of_a_picture_that_moves_the_first_frame_is_stored(image_format):
    picture = store_picture(title="Moves", name=f"moves.{image_format.lower()}", data=moving(image_format))

    assert not getattr(Image.open(BytesIO(stored_bytes(picture))), "is_animated", False)


def png_of(width: int, height: int) -> bytes:
    """Return a small PNG that says it is large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


MOVES = "This picture moves."
DAMAGED = "We cannot read this picture: the file is damaged, or it is none."
TOO_LARGE = "This picture has too many pixels. Up to 40 million are possible."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("drawing.svg", SVG, "Not a supported image format."),
        ("drawing.png", SVG, "Not a valid .png image."),
        ("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "Not a supported image format."),
        ("page.jpg", b"<html><script>alert(1)</script></html>", "Not a valid .jpeg image."),
        ("photo.jpg.html", plain("JPEG"), "Not a supported image format."),
        ("photo.jpg", plain("PNG"), "The extension does not match the file format"),
        ("empty.png", b"", "The submitted file is empty."),
        ("head.png", b"\x89PNG\r\n\x1a\n", DAMAGED),
        ("head.gif", b"GIF89a", DAMAGED),
        ("head.webp", b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0", DAMAGED),
        ("half.jpg", plain("JPEG", (200, 200))[:-200], DAMAGED),
        ("short.png", png_of(100, 100), DAMAGED),
        ("bomb.png", png_of(60_000, 60_000), TOO_LARGE),
        ("large.png", png_of(8_000, 8_000), TOO_LARGE),
        ("strip.png", png_of(65_535, 1), "This picture is 65535 by 1 pixels. No side may have more than 16000."),
        ("heavy.png", plain("PNG") + bytes(10 * 1024 * 1024), "This file is too big"),
        ("moves.gif", moving("GIF"), MOVES),
        ("moves.webp", moving("WEBP"), MOVES),
        ("many.gif", moving("GIF", 10_000), MOVES),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value[-6:] and " " not in value else "",
)
def test_what_is_no_still_picture_is_refused_with_a_sentence(upload, name, data, sentence):
    assert sentence in upload(name, data)
    assert not Picture.objects.exists()
    assert upload("next.png", plain("PNG")) == ""


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.jpg",
        "..\\..\\windows\\win.jpg",
        "CON.jpg",
        "a\0b.jpg",
        "page.html.jpg",
        "photo\u202egpj.exe.jpg",
        "x" * 300 + ".jpg",
        "-rf.jpg",
        "<script>.jpg",
        "ÄÖÜ 猫.JPG",
    ],
)
def test_name_of_the_stored_file_is_ours(upload, name):
    assert upload(name, plain("JPEG")) == ""

    picture = Picture.objects.get()
    assert re.fullmatch(r"original_images/[a-z0-9]{8}\.jpg", picture.file.name)


def test_ending_that_is_none_of_a_picture_is_not_stored():
    assert Picture().get_upload_to("photo.jpg.html").count(".") == 0


def test_form_of_a_picture_accepts_what_a_telephone_makes():
    file = SimpleUploadedFile("photo.jpg", photograph("JPEG"), "image/jpeg")
    form = PictureForm.base_fields["file"]

    assert form.clean(file) is file
    assert file.tell() == 0


def test_nobody_can_ask_for_a_size_by_its_address():
    """Wagtail has a view that makes any size for whoever has a signed address; there is no way to it."""
    from wagtail.images.views.serve import ServeView

    def views(patterns):
        for pattern in patterns:
            yield from views(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.callback]

    found = list(views(get_resolver().url_patterns))
    assert len(found) > 100
    assert not any(getattr(view, "view_class", None) is ServeView for view in found)
