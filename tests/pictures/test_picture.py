"""`{% picture %}`: an image that asks only for sizes that exist."""

from __future__ import annotations

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from PIL import Image

from pictures.actions import SPECS, make_renditions, store_picture
from pictures.models import Picture, Rendition

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


def test_no_picture_is_nothing():
    assert shown(None) == {}
