"""Reviewing in the workflow: signing what is going to be published, or asking for changes."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from articles.actions.locking import Refused, lock_article, named
from articles.actions.signing import log_sign_off, refuse_reviewer, tell_readers
from articles.comparing import fingerprint
from articles.models import ArticlePage, ReviewState, SignOff
from articles.what_changed import changes_between, passages_of
from authors.models import AuthorPage
from freshness import tags
from freshness.changes import changed


@transaction.atomic
def sign_review(
    *, state: ReviewState, reviewer: AuthorPage, due_on: date, seen: str, signed_by: User, today: date
) -> ReviewState:
    """Sign the newest draft as `reviewer`, let the workflow go on, and return the state with its signature.

    Raises Refused if the review has ended, if the draft is not the one with the fingerprint `seen` any more, if
    `reviewer` may not sign it, or if `due_on` does not come after `today`; NotReady if the article is not fit for the
    next step. Whether `signed_by` may do this is for the caller to ask.
    """
    state = _lock(state)
    draft = state.article
    if fingerprint(passages_of(draft)) != seen:
        raise Refused(_("“%(title)s” was edited since you opened this page. Please look again.") % named(draft))
    refuse_reviewer(draft, reviewer=reviewer, signed_by=signed_by)
    if due_on <= today:
        raise Refused(_("The next review must come after the day on which the article is signed off."))
    # A revision that belongs to nobody: an editor that is still open writes over the last one of its user.
    state.revision = draft.save_revision(clean=False, changed=False)
    state.reviewer, state.signed_on, state.due_on = reviewer, today, due_on
    state.approve(user=signed_by)
    return state


@transaction.atomic
def ask_for_changes(*, state: ReviewState, comment: str, by: User) -> None:
    """Give the article back to its writers, who are told `comment`; raises Refused if it is empty or too late."""
    if not comment.strip():
        raise Refused(_("Please say what is to be changed."))
    _lock(state).reject(user=by, comment=comment)


@transaction.atomic
def begin_sign_offs(*, article: ArticlePage, today: date) -> list[SignOff]:
    """Let what was signed in the workflow begin to hold, now that readers see it; once, however often it is called.

    What was rewritten since, past the workflow or behind the reviewer's back, is not what was signed: that begins only
    if its text comes back. They keep the day on which they were signed, and the revision that was.
    """
    live = lock_article(article)
    if not live.live or live.live_revision_id is None:
        return []
    states = ReviewState.objects.signed(live).filter(sign_off=None, revision_id__lte=live.live_revision_id)
    begun = []
    for state in states.exclude(reviewer=None).select_related("reviewer", "finished_by", "revision").order_by("pk"):
        if changes_between(state.revision.as_object(), live).is_big:
            continue
        state.sign_off = SignOff.objects.create(
            article=live,
            kind=state.task.specific.kind,
            reviewer=state.reviewer,
            revision=state.revision,
            signed_on=state.signed_on,
            due_on=state.due_on,
            signed_by=state.finished_by,
        )
        state.save(update_fields=["sign_off"])
        log_sign_off(state.sign_off, "articles.sign_off", state.finished_by)
        tell_readers(state.sign_off, as_related=True)
        begun.append(state.sign_off)
    return begun


@transaction.atomic
def note_update(*, article: ArticlePage, today: date) -> None:
    """Have each sign-off in force say whether readers see an update that its reviewer has not: a typo fix is none.

    The text is compared with the one that was signed, so many small edits add up, and taking them back clears it.
    """
    live = lock_article(article)
    is_big: dict[int, bool] = {}
    for signed in live.sign_offs.in_force(today).exclude(revision=None).select_related("revision"):
        key = signed.revision_id or 0
        if key not in is_big:
            is_big[key] = changes_between(signed.revision.as_object(), live).is_big
        if is_big[key] != signed.is_outdated:
            signed.changed_on = today if is_big[key] else None
            signed.save(update_fields=["changed_on"])
            changed(tags.page(live.pk))


def _lock(state: ReviewState) -> ReviewState:
    """Return `state` as it is stored now, and hold the lock of its article; raises Refused if it has ended."""
    lock_article(state.workflow_state.content_object)
    found: ReviewState = ReviewState.objects.select_related("workflow_state", "task").get(pk=state.pk)
    if found.status != TaskState.STATUS_IN_PROGRESS:
        raise Refused(_("This review has ended already: somebody signed, asked for changes, or took it back."))
    return found
