"""Pictures get their sizes when the page that shows them is published."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from pictures.actions import make_renditions_of
from pictures.models import Picture, Rendition
from pictures.sizes import SPECS

OURS = Q(filter_spec__regex=r"^(\d+\.\w+|width-\d+\|format-webp)$")
"""How sizes for readers are called, today and before; those that the admin shows have other names."""


def request_renditions(instance: Any, **kwargs: Any) -> None:
    """Ask the worker for the sizes of all pictures that the published page shows.

    Connected to Wagtail's `page_published`. The task is a row in the same transaction: a rollback drops it.
    """
    shown = getattr(instance, "pictures", None)
    ids = [picture.pk for picture in shown()] if shown else []
    if ids:
        make_renditions_of.enqueue(ids)


def pictures_in_live_pages() -> QuerySet[Picture]:
    """Return the pictures that any live page refers to, also in its body, by their keys."""
    live = Page.objects.live().annotate(key=Cast("pk", CharField())).values("key")
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Picture),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=live,
    )
    pictures = Picture.objects.annotate(key=Cast("pk", CharField()))
    return pictures.filter(key__in=references.values("to_object_id")).order_by("pk")


def outdated_renditions() -> QuerySet[Rendition]:
    """Return the sizes for readers that no template asks for any more."""
    return Rendition.objects.filter(OURS).exclude(filter_spec__in=SPECS).order_by("pk")
