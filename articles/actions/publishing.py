"""Publishing an article by somebody who answers for its warnings all at once, such as an import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from articles.actions.waiving import waive
from articles.models import ArticlePage, Waiver
from articles.readiness.finding import Finding
from articles.readiness.gate import NotReady, obstacles


@transaction.atomic
def publish_in_spite(
    *, article: ArticlePage, why: Callable[[Finding], str], by: User | None, now: datetime
) -> list[Waiver]:
    """Publish the latest revision of `article`; of each warning that nobody answered yet, keep `why` it does not count.

    Returns what was kept. Raises NotReady, and writes nothing, if there are errors.
    """
    revision = article.get_latest_revision()
    draft: ArticlePage = revision.as_object()
    found = obstacles(draft)
    errors = [finding for finding in found if finding.is_error]
    if errors:
        raise NotReady(errors, title=draft.title)
    kept = [waive(article=article, warnings=[warning], reason=why(warning), by=by, now=now) for warning in found]
    revision.publish(user=by)
    article.refresh_from_db()
    return [waiver for waivers in kept for waiver in waivers]
