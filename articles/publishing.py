"""What the publication of an article entails."""

from typing import Any

from django.utils import timezone
from wagtail.models import Revision

from articles.actions import lift_retraction
from articles.models import ArticlePage
from articles.readiness.gate import require_ready
from authors.actions import publish_new_authors


def publish_byline(instance: ArticlePage, **kwargs: Any) -> None:
    """Publish the authors in the byline of `instance` that were never published, so that readers learn who wrote it.

    Connected to Wagtail's `page_published`, which is also sent for an article that is only scheduled.
    """
    if instance.live:
        publish_new_authors(contributor.author for contributor in instance.authors())


def lift_what_was_retracted(instance: ArticlePage, **kwargs: Any) -> None:
    """Let the address of `instance` no longer say that it was retracted, since readers find it there again.

    Connected to Wagtail's `page_published`, which is also sent for an article that is only scheduled.
    """
    if instance.live:
        lift_retraction(article=instance, now=timezone.now())


def gate_schedule(instance: Revision, update_fields: Any = None, **kwargs: Any) -> None:
    """Have what is scheduled be ready when it is scheduled, not only when its time comes; raises NotReady.

    Connected to `pre_save` of revisions, since every way to schedule an article sets `approved_go_live_at` there.
    """
    is_scheduled = instance.approved_go_live_at and (update_fields is None or "approved_go_live_at" in update_fields)
    if is_scheduled and instance.content_type_id and instance.content_type.model_class() is ArticlePage:
        require_ready(instance.as_object())
