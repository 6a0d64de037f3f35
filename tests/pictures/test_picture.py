"""`{% picture %}`: a picture that is asked for only in sizes that exist, which are made ahead."""

from __future__ import annotations

from io import BytesIO

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.template import Context, Template
from django_tasks_db.models import DBTaskResult
from PIL import Image, ImageCms
from wagtail.images.exceptions import InvalidFilterSpecError

from freshness import tags
from freshness.collecting import collecting
from freshness.models import Change
from pictures import actions
from pictures.actions import make_renditions, make_renditions_of, store_picture
from pictures.encoding import sizes_of
from pictures.models import Picture, Rendition
from pictures.sizes import SPECS, WIDTHS
from tests.pictures.drawing import photograph

pytestmark = pytest.mark.django_db


def stored(width: int, mode: str = "RGB") -> Picture:
    data = BytesIO()
    Image.new(mode, (width, width // 2), (0, 128, 128, 100)[: len(mode)]).save(data, "PNG")
    picture = store_picture(title="Teal", name="teal.png", data=data.getvalue())
    picture.description = "A teal surface"
    Picture.objects.filter(pk=picture.pk).update(description=picture.description)
    return picture


def shown(picture: Picture | None, arguments: str = "") -> Tag | None:
    html = Template("{% load pictures %}{% picture image " + arguments + " %}").render(Context({"image": picture}))
    return BeautifulSoup(html, "html.parser").picture


def widths(element: Tag) -> list[str]:
    return [part.split()[1] for part in str(element["srcset"]).split(", ")]


def files_of(picture: Picture) -> list[str]:
    """Return the names of the files of all sizes, without what all of them begin with."""
    storage = picture.file.storage
    names = storage.listdir("sizes")[1] if storage.exists("sizes") else []
    begin = picture.sizes_name.removeprefix("sizes/")
    return sorted(name.removeprefix(begin) for name in names if name.startswith(begin))


def told(picture: Picture) -> int:
    """Return how often the pages that show `picture` were said to be stale; once is for its being saved."""
    return Change.objects.filter(tag=tags.picture(picture.pk)).count()


def test_all_sizes_are_offered_in_three_formats_and_none_is_made_while_rendering():
    picture = stored(2000)
    make_renditions([picture])
    before = Rendition.objects.count()

    element = shown(picture, 'alt="A <teal> box" sizes="50vw"')

    offered = [(source["type"], widths(source), source["sizes"]) for source in element.select("source")]
    sizes = ["480w", "960w", "1600w"]
    assert offered == [("image/avif", sizes, "50vw"), ("image/webp", sizes, "50vw")]
    image = element.img
    assert (image["width"], image["height"], image["alt"], image["sizes"]) == ("960", "480", "A <teal> box", "50vw")
    assert (widths(image), image["src"]) == (sizes, f"/media/{picture.sizes_name}-960.jpg")
    assert (image["loading"], image["decoding"]) == ("lazy", "async")
    assert Rendition.objects.count() == before == len(WIDTHS)


def test_every_file_that_is_offered_is_there_and_is_what_it_says():
    picture = stored(1200)
    make_renditions([picture])

    for element in shown(picture).select("source, img"):
        for candidate in str(element["srcset"]).split(", "):
            address, _, width = candidate.partition(" ")
            with Image.open(picture.file.storage.open(address.removeprefix("/media/"))) as image:
                kind = str(element.get("type", "image/jpeg"))
                assert (Image.MIME[image.format], f"{image.width}w") == (kind, width)


def test_transparent_picture_falls_back_to_png_and_an_opaque_one_to_jpeg():
    for mode, color, ending in (("RGBA", 100, "png"), ("RGBA", 255, "jpg"), ("RGB", 255, "jpg")):
        data = BytesIO()
        Image.new(mode, (20, 20), (0, 0, 0, color)[: len(mode)]).save(data, "PNG")
        picture = store_picture(title="Glass", name="glass.png", data=data.getvalue())
        make_renditions([picture])

        assert shown(picture).img["src"].endswith(f"-480.{ending}")


def test_small_picture_is_never_enlarged_and_is_one_file_a_format():
    picture = stored(300)
    make_renditions([picture])

    element = shown(picture)
    assert files_of(picture) == ["-480.avif", "-480.jpg", "-480.webp"]
    assert [source["srcset"] for source in element.select("source")] == [
        f"/media/{picture.sizes_name}-480.{ending}" for ending in ("avif", "webp")
    ]
    assert (element.img["width"], element.img.get("srcset")) == ("300", None)


def test_picture_that_is_shown_small_is_not_offered_large():
    picture = stored(2000)
    make_renditions([picture])

    assert widths(shown(picture, "widest=960").img) == ["480w", "960w"]
    assert shown(picture, "widest=480").source["srcset"].endswith("-480.avif")


def test_picture_without_sizes_falls_back_to_the_upload():
    element = shown(stored(800), "eager=True css_class='portrait'")

    assert element.select("source, [srcset]") == []
    assert (element.img["width"], element.img["fetchpriority"], element.img["class"]) == ("800", "high", ["portrait"])
    assert element.img.get("loading") is None
    assert not Rendition.objects.exists()


def test_no_picture_is_nothing():
    assert shown(None) is None


def test_largest_is_the_widest_size_or_else_the_upload():
    picture = stored(1000)
    assert picture.largest == picture

    make_renditions([picture])
    largest = picture.largest
    assert (largest.width, largest.url) == (1000, f"/media/{picture.sizes_name}-1600.jpg")


def test_file_is_decoded_once_for_all_sizes(monkeypatch):
    opened = []
    monkeypatch.setattr(Picture, "open_file", lambda self, ask=Picture.open_file: opened.append(1) or ask(self))
    picture = stored(2000)
    opened.clear()

    make_renditions([picture])
    assert opened == [1]

    make_renditions([picture])
    assert opened == [1]


def test_maker_that_is_killed_goes_on_where_it_was(monkeypatch):
    picture = stored(2000)
    storing = Rendition.objects.create
    calls = []

    def killed(**values: object) -> Rendition:
        calls.append(values["filter_spec"])
        if len(calls) == 2:
            # The files lie there by now, the row does not.
            raise KeyboardInterrupt
        return storing(**values)

    monkeypatch.setattr(actions.Rendition.objects, "create", killed)
    with pytest.raises(KeyboardInterrupt):
        make_renditions([picture])
    assert [size.width for size in Picture.objects.get().made_sizes] == [480]
    assert told(picture) == 1

    make_renditions([picture])

    assert calls == ["480.jpg", "960.jpg", "960.jpg", "1600.jpg"]
    assert files_of(picture) == sorted(f"-{width}.{ending}" for width in WIDTHS for ending in ("avif", "jpg", "webp"))
    assert told(picture) == 2


def test_pages_that_show_a_picture_are_made_anew_when_its_sizes_are_there_or_lost():
    picture = stored(800)
    with collecting() as collected:
        shown(picture)
    assert collected == {tags.picture(picture.pk)}

    assert told(picture) == 1
    make_renditions([picture])
    assert told(picture) == 2
    make_renditions([picture])
    assert told(picture) == 2
    picture.renditions.all().delete()
    assert told(picture) == 3


def test_sizes_of_a_file_that_was_replaced_meanwhile_are_not_stored(monkeypatch):
    picture = stored(800)

    def replaced(*arguments: object):
        Picture.objects.update(file="original_images/other.png")
        return sizes_of(*arguments)

    monkeypatch.setattr(actions, "sizes_of", replaced)
    make_renditions([picture])

    assert (Rendition.objects.count(), files_of(picture)) == (0, [])


def test_picture_whose_file_is_lost_keeps_no_other_from_its_sizes(caplog):
    lost, whole = stored(300), stored(300)
    lost.file.storage.delete(lost.file.name)

    assert make_renditions([lost, whole]) == 2

    assert [each.image_id for each in Rendition.objects.all()] == [whole.pk]
    assert f"picture {lost.pk} could not be made" in caplog.text


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixels_can_be_shown(mode):
    data = BytesIO()
    image = Image.new("RGB", (60, 40), "white")
    made = image.convert("RGBA").convert(mode) if mode == "PA" else image.convert(mode if mode != "I;16" else "L")
    if mode == "I;16":
        made = Image.new("I;16", (60, 40), 0x8000)
    made.save(data, "TIFF" if mode in ("CMYK", "PA", "LA") else "PNG")

    (size,) = sizes_of(data, [30])

    pixel = Image.open(BytesIO(size.files["avif"])).convert("RGB").getpixel((5, 5))
    assert (size.width, size.height) == (30, 20)
    assert abs(pixel[1] - (0x80 if mode == "I;16" else 255)) <= 3


def test_colors_of_another_profile_are_shown_in_those_that_every_screen_knows():
    data = BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    Image.new("RGB", (60, 40), "teal").save(data, "PNG", icc_profile=profile)

    (size,) = sizes_of(data, [60])

    for file in size.files.values():
        image = Image.open(BytesIO(file))
        assert "icc_profile" not in image.info
        assert image.convert("RGB").getpixel((5, 5)) != (0, 128, 128)


def test_height_of_a_very_wide_picture_never_becomes_nothing():
    data = BytesIO()
    Image.new("RGB", (8000, 1), "teal").save(data, "PNG")

    assert [(size.width, size.height) for size in sizes_of(data, WIDTHS)] == [(480, 1), (960, 1), (1600, 1)]


def waiting() -> list[list]:
    """Return the arguments of the tasks that wait for the worker."""
    return [task.args_kwargs["args"] for task in DBTaskResult.objects.ready()]


def test_sizes_of_a_file_that_an_editor_replaces_are_made_again(admin, client, django_capture_on_commit_callbacks):
    picture = stored(2000)
    make_renditions([picture])
    former = Picture.objects.get()
    client.force_login(admin)
    upload = SimpleUploadedFile("new.jpg", photograph("JPEG", "maroon"), "image/jpeg")

    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            f"/admin/images/{picture.pk}/", {"title": "New", "file": upload, "collection": picture.collection_id}
        )

    picture = Picture.objects.get()
    assert (picture.title, picture.width) == ("New", 600)
    assert not picture.renditions.exists()
    assert files_of(former) == []
    assert waiting() == [[[picture.pk]]]
    make_renditions_of.call([picture.pk])
    assert [size.width for size in Picture.objects.get().made_sizes] == [480, 600]
    assert b"Metadata Canary" not in picture.file.storage.open(picture.file.name).read()


def test_nothing_is_made_for_a_picture_that_no_page_shows_or_that_is_deleted(django_capture_on_commit_callbacks):
    picture = stored(800)
    picture.file = ImageFile(BytesIO(photograph("PNG")), name="other.png")
    picture.save()
    make_renditions([picture])
    picture.title = "Another title"
    picture.save()
    assert picture.renditions.count() == 2

    with django_capture_on_commit_callbacks(execute=True):
        Picture.objects.get().delete()

    assert waiting() == []
    assert files_of(picture) == []


def test_wagtail_makes_no_size_of_ours_without_its_other_formats():
    picture = stored(300)
    for spec in SPECS:
        with pytest.raises(InvalidFilterSpecError):
            picture.get_rendition(spec)


def test_command_makes_what_live_pages_lack_and_deletes_what_none_asks_for(make_article, capsys):
    hero, draft = stored(300), stored(300)
    make_article(hero=hero)
    make_article("A draft", hero=draft).unpublish()
    for spec in ("width-480|format-webp", "max-165x165"):
        file = ContentFile(photograph("PNG"), name="old.png")
        Rendition.objects.create(image=hero, filter_spec=spec, file=file, width=9, height=9)

    call_command("make_renditions")
    call_command("make_renditions")

    made = {(each.image_id, each.filter_spec) for each in Rendition.objects.all()}
    assert made == {(hero.pk, "max-165x165"), (hero.pk, "480.jpg")}
    assert capsys.readouterr().out.splitlines() == [
        "1 of 1 pictures are done.",
        "1 sizes that no page asks for any more are deleted.",
        "1 of 1 pictures are done.",
    ]
