"""What the publication of an article entails."""

from typing import Any

from django.utils import timezone

from articles.actions import lift_retraction
from articles.models import ArticlePage
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
