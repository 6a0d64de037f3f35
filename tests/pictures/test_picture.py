"""`{% picture %}`: an image that asks only for sizes that exist."""

from __future__ import annotations

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Prefetch
from django.template import Context, Template
from django_tasks_db.models import DBTaskResult
from PIL import ExifTags, Image

from pictures.actions import make_renditions, make_renditions_of, store_picture
from pictures.models import Picture, Rendition
from pictures.sizes import SPECS

pytestmark = pytest.mark.django_db


def stored(width: int) -> Picture:
    data = BytesIO()
    Image.new("RGB", (width, width // 2), "teal").save(data, "PNG")
    return store_picture(title="Teal", name="teal.png", data=data.getvalue())


def shown(picture: Picture | None, arguments: str = "") -> dict[str, str]:
    html = Template("{% load pictures %}{% picture image " + arguments + " %}").render(Context({"image": picture}))
    tag = BeautifulSoup(html, "html.parser").img
    return dict(tag.attrs) if tag else {}


def test_all_sizes_are_offered_and_none_is_made_while_rendering():
    picture = stored(2000)
    make_renditions([picture])
    before = Rendition.objects.count()

    attributes = shown(picture, 'alt="A <teal> box"')

    assert [part.split()[1] for part in attributes["srcset"].split(", ")] == ["480w", "960w", "1600w"]
    assert (attributes["width"], attributes["height"], attributes["alt"]) == ("960", "480", "A <teal> box")
    assert attributes["loading"] == "lazy"
    assert Rendition.objects.count() == before == len(SPECS)


def test_small_picture_is_never_enlarged_and_offered_once():
    picture = stored(300)
    make_renditions([picture])

    assert [part.split()[1] for part in shown(picture)["srcset"].split(", ")] == ["300w"]


def test_picture_without_sizes_falls_back_to_the_upload():
    attributes = shown(stored(800), "eager=True")

    assert "srcset" not in attributes
    assert (attributes["width"], attributes["fetchpriority"]) == ("800", "high")
    assert not Rendition.objects.exists()


def test_largest_is_the_widest_size_or_else_the_upload():
    picture = stored(1000)
    assert picture.largest == picture

    make_renditions([picture])
    assert Picture.objects.get(pk=picture.pk).largest.width == 1000


def test_of_several_sizes_of_one_width_it_is_always_the_same_that_is_shown():
    picture = stored(300)
    made = [
        Rendition.objects.create(image=picture, filter_spec=spec, file=f"{name}.webp", width=300, height=150)
        for spec, name in zip(SPECS, "abc", strict=True)
    ]
    found = []
    for order in ("pk", "-pk"):
        again = Picture.objects.prefetch_related(Prefetch("renditions", Rendition.objects.order_by(order))).get()
        found.append(again.made_sizes)

    assert found[0] == found[1]
    assert len(found[0]) == 1 < len(made)


def test_no_picture_is_nothing():
    assert shown(None) == {}


def photograph(image_format: str, color: str = "teal") -> bytes:
    """Return a picture as a telephone makes it: lying on its side, with its place and its owner."""
    data = BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Metadata Canary"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (47.0, 22.0, 1.0)})
    comment = {"comment": b"Metadata Canary"} if image_format == "JPEG" else {}
    Image.new("RGB", (1200, 600), color).save(data, image_format, exif=exif, xmp=b"<x>Metadata Canary</x>", **comment)
    return data.getvalue()


@pytest.mark.parametrize("image_format", ["AVIF", "JPEG", "PNG", "WEBP"])
def test_picture_is_stored_upright_and_without_what_the_camera_told(image_format):
    data = photograph(image_format)
    assert b"Metadata Canary" in data
    picture = store_picture(title="Photo", name=f"photo.{image_format.lower()}", data=data)

    stored = picture.file.storage.open(picture.file.name).read()

    assert b"Metadata Canary" not in stored
    image = Image.open(BytesIO(stored))
    assert (image.format, image.size) == (image_format, (600, 1200))
    assert not image.getexif()
    picture.refresh_from_db()
    assert (picture.width, picture.height, picture.file_size) == (600, 1200, len(stored))


def test_picture_that_tells_nothing_is_stored_as_it_came():
    data = BytesIO()
    Image.effect_noise((60, 40), 50).convert("RGB").save(data, "JPEG", quality=70)

    picture = store_picture(title="Plain", name="plain.jpg", data=data.getvalue())

    assert picture.file.storage.open(picture.file.name).read() == data.getvalue()


def test_picture_that_moves_is_stored_as_it_came():
    data = BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("teal", "red")]
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:], comment=b"Kept")

    picture = store_picture(title="Moves", name="moves.gif", data=data.getvalue())

    assert picture.file.storage.open(picture.file.name).read() == data.getvalue()


def waiting() -> list[list]:
    """Return the arguments of the tasks that wait for the worker."""
    return [task.args_kwargs["args"] for task in DBTaskResult.objects.ready()]


def test_sizes_of_a_file_that_an_editor_replaces_are_made_again(admin, client):
    picture = stored(2000)
    make_renditions([picture])
    client.force_login(admin)
    upload = SimpleUploadedFile("new.jpg", photograph("JPEG", "maroon"), "image/jpeg")

    client.post(f"/admin/images/{picture.pk}/", {"title": "New", "file": upload, "collection": picture.collection_id})

    picture.refresh_from_db()
    assert (picture.title, picture.width) == ("New", 600)
    assert not picture.renditions.exists()
    assert waiting() == [[[picture.pk]]]
    make_renditions_of.call([picture.pk])
    assert picture.renditions.count() == len(SPECS)
    assert b"Metadata Canary" not in picture.file.storage.open(picture.file.name).read()


def test_nothing_is_made_for_a_picture_that_no_page_shows_or_that_is_deleted():
    picture = stored(800)
    picture.file = ImageFile(BytesIO(photograph("PNG")), name="other.png")
    picture.save()
    make_renditions([picture])
    picture.title = "Another title"
    picture.save()
    assert picture.renditions.count() == len(SPECS)

    picture.delete()

    assert waiting() == []
