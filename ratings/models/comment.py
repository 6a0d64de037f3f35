"""A reader's comment, the states it can be in, and the earlier wordings of it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles.models import ArticlePage
from authors.models import AuthorPage
from ratings.models.reader import Reader

if TYPE_CHECKING:
    from django.utils.functional import Promise

EDITABLE_FOR = timedelta(minutes=15)
"""So long after writing may a reader change the words: for slips of the pen, not for another comment."""


class State(models.TextChoices):
    """Where a comment stands. How it may move is `ratings.moderation.transitions`."""

    PENDING = "pending", _("Waiting for review")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    REJECTED = "rejected", _("Rejected")
    SPAM = "spam", _("Spam")
    DELETED = "deleted", _("Deleted by its author")
    ERASED = "erased", _("Erased")


class Kind(models.TextChoices):
    """What a comment is. Replies are comments."""

    COMMENT = "comment", _("Comment")
    QUESTION = "question", _("Question")
    REVIEW = "review", _("Review")


class Badge(models.TextChoices):
    """What its writer was to the article when writing. Given by the account, never by the name."""

    NONE = "", _("Reader")
    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    STAFF = "staff", _("Staff")


class CommentQuerySet(models.QuerySet["Comment"]):
    """Questions about comments, built from each other."""

    def in_state(self, state: State) -> CommentQuerySet:
        """Return those in one state."""
        return self.filter(state=state)

    def published(self) -> CommentQuerySet:
        """Return what counts as a comment of an article: every count and every feed uses it.

        Whether somebody may read the article is asked before: by Wagtail, and by `ArticlePage.objects.published`.
        """
        return self.in_state(State.PUBLISHED).filter(article__live=True)

    def listed(self) -> CommentQuerySet:
        """Return what has a place in the list: the published ones, and those with published replies below them."""
        return self.filter(listed=True, article__live=True)

    def under(self, article: ArticlePage) -> CommentQuerySet:
        """Return those under one article."""
        return self.filter(article=article)

    def first_ones(self) -> CommentQuerySet:
        """Return those that open a thread."""
        return self.filter(parent__isnull=True)

    def replies_in(self, thread: int) -> CommentQuerySet:
        """Return the replies of a thread in the order of writing, whomever they answer."""
        return self.filter(thread=thread, parent__isnull=False).order_by("pk")

    def reviews(self) -> CommentQuerySet:
        """Return the reviews whose stars count."""
        return self.filter(kind=Kind.REVIEW, stars__isnull=False)

    def oldest_first(self) -> CommentQuerySet:
        """Return them in the order of writing."""
        return self.order_by("created_at", "pk")


class Comment(models.Model):
    """A reader's words under an article. Written by `ratings.actions` alone.

    `thread` is the first comment of the conversation (itself, for a first one); `parent` is what it answers. `text` is
    kept exactly as written. `version` counts moves and edits, so that the second of two moderators loses, and nobody
    decides on words that they have not seen.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="reader_comments", db_index=False)
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    thread = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.COMMENT)
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Never published."))
    text = models.TextField(_("comment"))
    badge = models.CharField(_("badge"), max_length=10, choices=Badge.choices, blank=True, default=Badge.NONE)
    person = models.ForeignKey(
        AuthorPage,
        verbose_name=_("author page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Of an author or reviewer who writes under the article."),
    )
    stars = models.PositiveSmallIntegerField(
        _("stars"), null=True, blank=True, help_text=_("In a review: the reader’s own rating, while it counts.")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    version = models.PositiveIntegerField(_("version"), default=1)
    trace = models.JSONField(
        _("rule trace"), default=list, help_text=_("What the checks found: a list of rule, points and reason.")
    )
    is_pinned = models.BooleanField(_("pinned"), default=False)
    pick_reason = models.CharField(
        _("why the editors picked it"), max_length=200, blank=True, help_text=_("Readers see it beside the comment.")
    )
    helpful_count = models.PositiveIntegerField(_("found helpful by"), default=0)
    reply_count = models.PositiveIntegerField(
        _("published replies"),
        default=0,
        help_text=_("Of a first comment: all in its thread. Of a reply: those that answer it directly."),
    )
    points = models.PositiveSmallIntegerField(_("points"), default=0, help_text=_("What the checks found, added up."))
    rules = models.CharField(
        _("rules that struck"), max_length=200, blank=True, help_text=_("Their names, each between two bars.")
    )
    spam_score = models.FloatField(
        _("spam score"), null=True, blank=True, help_text=_("What the learned model gave it: 0 to 1.")
    )
    is_called_spam = models.BooleanField(
        _("called spam"), default=False, help_text=_("The learned model’s own verdict, whether or not it was followed.")
    )
    fingerprint = models.BigIntegerField(
        _("fingerprint"), null=True, blank=True, help_text=_("Texts that are nearly the same have nearly the same one.")
    )
    folded = models.TextField(
        _("words to search in"), blank=True, help_text=_("Name and text without case, accents and look-alike letters.")
    )
    is_checked = models.BooleanField(
        _("checked"), default=False, help_text=_("A moderator has looked at it for good: reports do not take it away.")
    )
    network = models.CharField(
        _("network"), max_length=32, blank=True, help_text=_("A digest whose key is thrown away; no address.")
    )
    submission_key = models.CharField(
        _("submission key"),
        max_length=64,
        unique=True,
        null=True,
        help_text=_("Makes posting the same form twice one comment."),
    )
    created_at = models.DateTimeField(_("written at"))
    edited_at = models.DateTimeField(_("edited at"), null=True, blank=True)
    published_at = models.DateTimeField(_("first published at"), null=True, blank=True)
    listed = models.GeneratedField(
        expression=Q(state=State.PUBLISHED) | Q(reply_count__gt=0),  # type: ignore[arg-type]  # it is one, resolved
        output_field=models.BooleanField(),
        db_persist=True,
        verbose_name=_("has a place in the list"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader comment")
        verbose_name_plural = _("reader comments")
        permissions = [("moderate_comment", "Can moderate reader comments")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="comment_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="comment_kind_known"),
            models.CheckConstraint(condition=Q(badge__in=Badge.values), name="comment_badge_known"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="comment_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(kind=Kind.COMMENT), name="comment_reply_is_a_comment"
            ),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(kind=Kind.REVIEW, stars__range=(1, 5)),
                name="comment_stars_in_a_review",
            ),
            models.CheckConstraint(
                condition=Q(spam_score__isnull=True) | Q(spam_score__range=(0, 1)), name="comment_spam_score_0_to_1"
            ),
            models.UniqueConstraint(fields=["article"], condition=Q(is_pinned=True), name="comment_pinned_once"),
        ]
        # The list is read page by page in five orders; each has its index, so that page 1,000 costs what page 1 does.
        indexes = [
            *(
                models.Index(
                    fields=["article", *order, "id"],
                    condition=Q(listed=True, parent__isnull=True),
                    name="_".join(["comment_first", *order]),
                )
                for order in ([], ["helpful_count"], ["reply_count"], ["stars"])
            ),
            models.Index(fields=["thread", "id"], condition=Q(listed=True), name="comment_thread"),
            models.Index(fields=["article", "state", "published_at", "kind", "stars"], name="comment_count"),
            models.Index(fields=["thread", "state"], name="comment_recount"),
            models.Index(fields=["state", "created_at", "id"], name="comment_queue"),
            models.Index(fields=["network", "reader"], condition=~Q(network=""), name="comment_network"),
            models.Index(fields=["created_at"], condition=Q(fingerprint__isnull=False), name="comment_fingerprints"),
            models.Index(fields=["id"], condition=Q(is_called_spam=True), name="comment_called_spam"),
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk} by {self.name}"

    @property
    def state_label(self) -> str | Promise:
        """The state in words."""
        return State(self.state).label

    @property
    def is_published(self) -> bool:
        """Whether readers see the words; of others in the list they see only that something stood there."""
        return self.state == State.PUBLISHED

    @property
    def editable_until(self) -> datetime:
        """Until when its writer may change the words."""
        return self.created_at + EDITABLE_FOR

    def is_editable(self, now: datetime) -> bool:
        """Return whether its writer may change the words at `now`."""
        return self.state in (State.PENDING, State.PUBLISHED) and now <= self.editable_until


class CommentRevision(models.Model):
    """Words that a comment had before it was edited, with what the checks had found in them."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("comment"))
    trace = models.JSONField(_("rule trace"), default=list)
    replaced_at = models.DateTimeField(_("replaced at"))

    class Meta:
        verbose_name = _("earlier wording")
        verbose_name_plural = _("earlier wordings")
        constraints = [models.UniqueConstraint(fields=["comment", "version"], name="one_wording_a_version")]

    def __str__(self) -> str:
        return f"Version {self.version} of comment {self.comment_id}"
