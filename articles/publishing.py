"""What the publication of an article entails, and what is asked before.

`ArticlePage.save` is the gate that every door leads through. Here are the gates before it, where an article is handed
over or scheduled, and what makes a refusal whole: of what was refused nothing is written.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import Page, Revision, TaskState, WorkflowState

from articles.actions import begin_sign_offs, keep_former_version, keep_version, lift_retraction, note_update
from articles.models import ArticlePage
from articles.readiness.gate import require_finished, require_ready, warnings_answered
from articles.what_stands import is_signed
from authors.actions import publish_new_authors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


def keep_what_readers_read(instance: ArticlePage, update_fields: Any = None, raw: bool = False, **kwargs: Any) -> None:
    """Keep what readers read of an article from before there were versions, while it still is what they read.

    Connected to `pre_save` of articles. Whatever publishes saves all columns.
    """
    if update_fields is None and not raw and instance.pk and instance.live:
        keep_former_version(article=instance)


def keep_what_readers_will_read(instance: ArticlePage, **kwargs: Any) -> None:
    """Keep what readers read of `instance` from now on, if its substance has changed.

    Connected to Wagtail's `page_published`, which is also sent for an article that is only scheduled.
    """
    if instance.live:
        keep_version(article=instance)


def keep_sign_offs_true(instance: ArticlePage, **kwargs: Any) -> None:
    """Let what was signed in the workflow begin to hold, and each sign-off say if it is of an older text than this.

    Connected to Wagtail's `page_published`, which is also sent for an article that is only scheduled.
    """
    if instance.live:
        today = timezone.localdate()
        begin_sign_offs(article=instance, today=today)
        note_update(article=instance, today=today)


def gate_schedule(instance: Revision, update_fields: Any = None, **kwargs: Any) -> None:
    """Have what is scheduled be ready when it is scheduled, not only when its time comes; raises NotReady.

    Connected to `pre_save` of revisions, since every way to schedule an article sets `approved_go_live_at` there.
    """
    is_scheduled = instance.approved_go_live_at and (update_fields is None or "approved_go_live_at" in update_fields)
    if is_scheduled and instance.content_type_id and instance.content_type.model_class() is ArticlePage:
        require_ready(instance.as_object())


def protect_what_was_signed(instance: Revision, origin: Any, **kwargs: Any) -> None:
    """Have no purge take the text that a reviewer signed, with which later ones are compared; raises ProtectedError.

    Connected to `pre_delete` of revisions. A page that is deleted takes its revisions along.
    """
    is_purge = isinstance(origin, Revision) or getattr(origin, "model", None) is Revision
    if is_purge and is_signed(instance):
        raise ProtectedError(_("A reviewer signed this revision."), {instance})


def gate_submission(instance: WorkflowState, **kwargs: Any) -> None:
    """Have no unfinished article be handed over for review, the first time or again; raises NotReady.

    Connected to `pre_save` of workflow states. Warnings may still be open: they hold up the publication.
    """
    states = WorkflowState.objects.filter(pk=instance.pk, status=WorkflowState.STATUS_IN_PROGRESS)
    if instance.status == WorkflowState.STATUS_IN_PROGRESS and not states.exists():
        _require_finished(instance.content_object)


def gate_approval(instance: TaskState, **kwargs: Any) -> None:
    """Have nobody approve an unfinished article, at any step; raises NotReady.

    Connected to `pre_save` of task states; Wagtail's copies of approved ones approve nothing. Behind the last step is
    the publication, with its own gate.
    """
    waiting = TaskState.objects.filter(pk=instance.pk).exclude(status=TaskState.STATUS_APPROVED)
    if instance.status == TaskState.STATUS_APPROVED and waiting.exists():
        _require_finished(instance.workflow_state.content_object)


def _require_finished(handed_over: Any) -> None:
    # As it is stored now: what was loaded before may know an older draft, and workflows know plain pages alone.
    article = ArticlePage.objects.filter(pk=handed_over.pk).first() if isinstance(handed_over, Page) else None
    if article is not None:
        require_finished(article.get_latest_revision_as_object())


@contextmanager
def _copying() -> Iterator[None]:
    """Do all or nothing; a copy says what its original says, whose warnings were answered."""
    with transaction.atomic(), warnings_answered():
        yield


WHOLE: dict[type, Callable[[], Any]] = {
    PublishRevisionAction: transaction.atomic,
    CopyPageAction: _copying,
    CreatePageAliasAction: _copying,
    ConvertAliasPageAction: _copying,
}
"""What Wagtail does in several writes, outside of any transaction: refused at the last of them, the first would stay.

It forgets the schedule of a page, for example, before it tries to publish it.
"""


def do_all_or_nothing() -> None:
    """Have Wagtail's actions write all they have to, or nothing. Once a process."""
    for action, manner in WHOLE.items():
        action.execute = _in(manner, action.execute)  # type: ignore[attr-defined]  # Wagtail is untyped


def _in(manner: Callable[[], Any], execute: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(execute)
    def whole(*args: Any, **options: Any) -> Any:
        with manner():
            return execute(*args, **options)

    return whole
