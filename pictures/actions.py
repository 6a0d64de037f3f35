"""Making the sizes of a picture, ahead of the first reader."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from django_tasks import task

from pictures.models import Picture, Rendition
from pictures.sizes import SPECS


def store_picture(*, title: str, name: str, data: bytes, credit: str = "") -> Picture:
    """Store the image file `data` under a file name made from `name` (with its ending), and return its picture."""
    picture = Picture(title=title, credit=credit, file=ImageFile(BytesIO(data), name=name))
    picture.save()
    return picture


def make_renditions(pictures: Iterable[Picture]) -> int:
    """Make every missing rendition of `pictures`; return how many pictures were seen.

    Wagtail looks renditions up and makes missing ones while a page renders: a write during a GET. So they are made when
    a picture enters a live page, and templates ask only for those that exist.
    """
    seen = 0
    for picture in pictures:
        picture.get_renditions(*SPECS)
        seen += 1
    return seen


@task(backend="durable")
def make_renditions_of(picture_ids: list[int]) -> int:
    """`make_renditions` for pictures by id, behind the request. A picture deleted meanwhile is none of our business."""
    return make_renditions(Picture.objects.filter(pk__in=picture_ids))


def remake_renditions(instance: Rendition, origin: Any = None, **kwargs: Any) -> None:
    """Ask the worker for the sizes of a picture that has just lost them.

    Connected to the deletion of renditions, so that it is done in the same transaction: whoever deletes them, the task
    runs after it. Nothing is made for a picture that is deleted itself, nor for one that never had our sizes.
    """
    # All sizes are deleted together: one of them speaks for all.
    if instance.filter_spec == SPECS[0] and not isinstance(origin, Picture):
        make_renditions_of.enqueue([instance.image_id])
