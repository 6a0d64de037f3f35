"""A reader's comment and the states it can be in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import ArticlePage
from ratings.models.reader import Reader

if TYPE_CHECKING:
    from django.utils.functional import Promise


class State(models.TextChoices):
    """Where a comment stands. How it may move is `ratings.moderation.transitions`."""

    PENDING = "pending", _("Waiting for review")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    REJECTED = "rejected", _("Rejected")
    SPAM = "spam", _("Spam")
    DELETED = "deleted", _("Deleted by its author")
    ERASED = "erased", _("Erased")


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments, built from each other."""

    def in_state(self, state: State) -> CommentQuerySet:
        """Return those in one state."""
        return self.filter(state=state)

    def published(self) -> CommentQuerySet:
        """Return what the readers of an article see of it: the list and every count use it.

        Whether somebody may read the article is asked before: by Wagtail, and by `ArticlePage.objects.published`.
        """
        return self.in_state(State.PUBLISHED).filter(article__live=True)

    def under(self, article: ArticlePage) -> CommentQuerySet:
        """Return those under one article."""
        return self.filter(article=article)

    def threaded(self) -> CommentQuerySet:
        """Return them thread by thread, the oldest thread first, each in the order of writing."""
        return self.order_by("thread_id", "pk")

    def after(self, thread: int, last: int) -> CommentQuerySet:
        """Return those that follow the comment `last` of `thread` in thread order."""
        return self.filter(models.Q(thread_id__gt=thread) | models.Q(thread_id=thread, pk__gt=last))

    def oldest_first(self) -> CommentQuerySet:
        """Return them in the order of writing."""
        return self.order_by("created_at", "pk")


class Comment(models.Model):
    """A reader's words under an article. Written by `ratings.actions` alone.

    `thread` is the first comment of the conversation (itself, for a first one); `parent` is what it answers. `text` is
    kept exactly as written. `version` counts the moves, so that the second of two moderators loses.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="reader_comments")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Never published."))
    text = models.TextField(_("comment"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    version = models.PositiveIntegerField(_("version"), default=1)
    trace = models.JSONField(
        _("rule trace"), default=list, help_text=_("What the checks found: a list of rule, points and reason.")
    )
    submission_key = models.CharField(
        _("submission key"),
        max_length=64,
        unique=True,
        null=True,
        help_text=_("Makes posting the same form twice one comment."),
    )
    created_at = models.DateTimeField(_("written at"))

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader comment")
        verbose_name_plural = _("reader comments")
        permissions = [("moderate_comment", "Can moderate reader comments")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="comment_state_known"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="comment_not_its_own_parent",
            ),
        ]
        indexes = [
            models.Index(fields=["article", "state", "thread", "id"], name="comment_list"),
            models.Index(fields=["state", "created_at"], name="comment_queue"),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} by {self.name}"

    @property
    def state_label(self) -> str | Promise:
        """The state in words."""
        return State(self.state).label
