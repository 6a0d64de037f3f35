"""Making the sizes of a picture, ahead of the first reader."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django_tasks import task

from freshness import tags
from freshness.changes import changed
from pictures.encoding import Size, sizes_of
from pictures.models import Picture, PictureOrigin, Rendition
from pictures.sizes import SPECS, WIDTHS, widths_of

logger = logging.getLogger(__name__)


def store_picture(*, title: str, name: str, data: bytes, credit: str = "", description: str = "") -> Picture:
    """Store the image file `data`, whose format the ending of `name` tells, and return its picture."""
    picture = Picture(title=title, description=description, credit=credit, file=ImageFile(BytesIO(data), name=name))
    picture.save()
    return picture


@transaction.atomic
def picture_of(
    *, data: bytes, name: str, title: str, description: str = "", credit: str = "", digest: str = ""
) -> Picture:
    """Return the picture that the image file `data` has become, stored now if it never came before.

    `digest` is the SHA-256 of `data` where the caller knows it. Raises OSError for what is no picture that can be read.
    """
    digest = digest or hashlib.sha256(data).hexdigest()
    known = PictureOrigin.objects.filter(digest=digest).select_related("picture").first()
    if known is not None:
        return known.picture
    picture = store_picture(title=title[:255], name=name, data=data, credit=credit[:200], description=description[:255])
    PictureOrigin.objects.create(digest=digest, picture=picture)
    return picture


def restore_picture(*, data: bytes, name: str, told: dict[str, Any], as_it_is: bool) -> Picture:
    """Return a new picture of the image file `data`, with the fields `told`, as an export remembers it.

    `as_it_is` stores the file byte for byte: only for one that was cleaned before, on the site where it comes from.
    """
    picture = Picture(**told)
    if as_it_is:
        picture.file.save(name, ContentFile(data), save=False)
        picture._set_image_file_metadata()
        Picture._meta.get_field("file").update_dimension_fields(picture, force=True)
    else:
        picture.file = ImageFile(BytesIO(data), name=name)
    picture.full_clean(exclude=["file", "collection", "width", "height"])
    picture.save()
    return picture


def make_renditions(pictures: Iterable[Picture]) -> int:
    """Make every missing size of `pictures`; return how many pictures were seen.

    Wagtail looks renditions up and makes missing ones while a page renders: a write during a GET. So they are made when
    a picture enters a live page, and templates ask only for those that exist. Killed in between, it goes on with the
    size that it had not finished. A picture whose file is gone or cannot be read keeps being shown as it was uploaded.
    """
    seen = 0
    for picture in pictures:
        try:
            _make_sizes(picture)
        except OSError:
            logger.warning("The sizes of picture %s could not be made.", picture.pk, exc_info=True)
        seen += 1
    return seen


@task(backend="durable")
def make_renditions_of(picture_ids: list[int]) -> int:
    """`make_renditions` for pictures by id, behind the request. A picture deleted meanwhile is none of our business."""
    return make_renditions(Picture.objects.filter(pk__in=picture_ids))


def _make_sizes(picture: Picture) -> None:
    made = Rendition.objects.filter(image=picture, filter_spec__in=SPECS).values_list("filter_spec", flat=True)
    made_widths = {int(spec.partition(".")[0]) for spec in made}
    missing = [width for width in widths_of(picture.width) if width not in made_widths]
    if not missing:
        return
    with picture.open_file() as file:
        for size in sizes_of(file, missing):
            _store(picture, size, is_last=size.name == missing[-1])
    picture.forget_made_sizes()


@transaction.atomic
def _store(picture: Picture, size: Size, *, is_last: bool) -> None:
    """Store the files of `size` and then its row, unless the picture was deleted or given another file meanwhile.

    The picture is locked, so that nobody else stores the same size. Files without a row were left by somebody who was
    killed right here; they are written again. With the last size, the pages that show the picture are to be made anew.
    """
    locked = Picture.objects.select_for_update().filter(pk=picture.pk, file=picture.file.name).values_list("pk").first()
    specs = [f"{size.name}.{ending}" for ending in ("jpg", "png")]
    if locked is None or Rendition.objects.filter(image=picture, filter_spec__in=specs).exists():
        return
    storage = Rendition._meta.get_field("file").storage
    for ending, data in size.files.items():
        name = f"{picture.sizes_name}-{size.name}.{ending}"
        storage.delete(name)
        storage.save(name, ContentFile(data))
    # The loop ends with the format that everybody understands.
    spec = f"{size.name}.{ending}"
    Rendition.objects.create(image=picture, filter_spec=spec, file=name, width=size.width, height=size.height)
    if is_last:
        changed(tags.picture(picture.pk))


def remake_renditions(instance: Rendition, origin: Any = None, **kwargs: Any) -> None:
    """Ask the worker for the sizes of a picture that has just lost them.

    Connected to the deletion of renditions, so that it is done in the same transaction: whoever deletes them, the task
    runs after it. Nothing is made for a picture that is deleted itself, nor for one that never had our sizes.
    """
    if instance.filter_spec not in SPECS:
        return
    _delete_files(instance)
    # All sizes are deleted together: one of them speaks for all.
    if instance.filter_spec.startswith(f"{WIDTHS[0]}.") and not isinstance(origin, Picture):
        changed(tags.picture(instance.image_id))
        make_renditions_of.enqueue([instance.image_id])


def _delete_files(rendition: Rendition) -> None:
    """Delete the files beside the one of `rendition`, which Wagtail deletes itself, once its row is gone for good."""
    storage, names = rendition.file.storage, list(rendition.modern_names.values())

    def delete() -> None:
        for name in names:
            storage.delete(name)

    transaction.on_commit(delete)
