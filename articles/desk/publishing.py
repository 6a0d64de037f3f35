"""Publishing several pages at once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from articles.readiness.sentences import sentences

logger = logging.getLogger(__name__)

SHOWN = 20
"""So many refused pages are named with their reasons; of more it is only told how many they are."""


class PublishThoseThatAreReady(PublishBulkAction):
    """Publishes in place of Wagtail's action, which one unfinished page would stop; names those that are not ready."""

    def get_execution_context(self) -> dict[str, Any]:
        """Add where the refused pages are noted."""
        self.refused: list[tuple[Page, list[str]]] = []
        return {**super().get_execution_context(), "refused": self.refused}

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        include_descendants: bool = False,
        user: Any = None,
        refused: list[tuple[Page, list[str]]] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish each of `objects` on its own; return their number and that of those below. `refused` takes others."""
        noted = [] if refused is None else refused
        chosen = {page.pk: page for page in objects}
        below = {page.pk: page for each in chosen.values() for page in _drafts_below(each, user)}
        others = [page for key, page in below.items() if include_descendants and key not in chosen]
        published = sum(_publish(page, user, noted) for page in chosen.values())
        return published, sum(_publish(page, user, noted) for page in others)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        """Tell what was not published, and return what was."""
        for page, reasons in self.refused[:SHOWN]:
            listed = format_html_join("", "<li>{}</li>", ((reason,) for reason in reasons))
            told = _("“%(title)s” was not published:") % {"title": page.get_admin_display_title()}
            messages.error(self.request, format_html("{}<ul>{}</ul>", told, listed))
        more = len(self.refused) - SHOWN
        if more > 0:
            told = ngettext("%(count)d more page was not published.", "%(count)d more pages were not published.", more)
            messages.error(self.request, told % {"count": more})
        if not num_parent_objects and not num_child_objects:
            return None
        told = super().get_success_message(num_parent_objects, num_child_objects)
        return str(told)


def _publish(page: Page, user: Any, refused: list[tuple[Page, list[str]]]) -> bool:
    if page.alias_of_id:
        refused.append((page, [_("It is an alias, which appears with its original.")]))
        return False
    try:
        with transaction.atomic():
            revision = page.get_latest_revision() or page.specific.save_revision(user=user)
            revision.publish(user=user)
    except Exception as error:
        if not isinstance(error, ValidationError):
            logger.exception("Page %s could not be published.", page.pk)
        refused.append((page, sentences(error, page.specific_class)))
        return False
    return True


def _drafts_below(page: Page, user: Any) -> Iterator[Page]:
    for draft in page.get_descendants().not_live().defer_streamfields().specific():
        if user is None or draft.permissions_for_user(user).can_publish():
            yield draft
