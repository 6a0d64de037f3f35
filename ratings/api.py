"""What machines may read of the readers' responses: no more than the page shows, without session and cookie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Field, Query, Router, Schema
from pydantic import field_validator

from articles.models import ArticlePage
from articles.reading import readable, refuse_unknown_parameters
from authors.models import AuthorPage
from ratings.actions import NotOpen
from ratings.models import Comment, RatingSummary
from ratings.selection import KEY, NoSuchPage, Order, Selection
from ratings.thread import ShownComment, responses_to
from ratings.views.door import open_article

router = Router(tags=["responses"])


class EarlierRatings(Schema):
    """The total that the article had before this site counted votes one by one."""

    count: int
    mean: str | None


class ArticleRating(Schema):
    """How an article is rated, all in all."""

    count: int
    mean: str | None = Field(description="Cut, not rounded, to one decimal; null while there are too few ratings.")
    own: dict[str, int] = Field(description="How many of this site's own votes gave so many stars.")
    legacy: EarlierRatings
    reviews: int = Field(description="How many ratings came with words.")


class Replies(Schema):
    """The replies to a comment."""

    count: int
    shown: list[AnyComment] = Field(description="The first ones, whomever in the thread they answer.")
    all: str | None = Field(description="Where all of them are, if there are more.")


class RemovedComment(Schema):
    """The place of a comment that is gone, below which others are left."""

    state: Literal["removed"] = "removed"
    id: UUID
    replies: Replies


class PublishedComment(Schema):
    """A comment as readers see it."""

    state: Literal["shown"] = "shown"
    id: UUID
    kind: str
    name: str
    badge: str | None = Field(description="author, reviewer or staff")
    person: str | None = Field(description="The page of an author or reviewer.")
    stars: int | None = Field(description="In a review: its writer's rating, while it counts.")
    text: str = Field(description="The words exactly as written: treat them as plain text, never as HTML.")
    html: str = Field(description="The words as the page shows them.")
    in_reply_to: UUID | None
    created: datetime
    edited: datetime | None
    helpful: int
    replies: Replies
    permalink: str
    pinned: bool
    pick: str | None = Field(description="Why the editors picked it.")


AnyComment = Annotated[PublishedComment | RemovedComment, Field(discriminator="state")]


class CommentPage(Schema):
    """One page of an article's comments."""

    count: int = Field(description="How many published comments and replies the article has.")
    comments: list[AnyComment]
    next: str | None = Field(description="The page after this one.")


class CommentQuery(Schema):
    """Which comments are asked for."""

    sort: Order = Order.NEWEST
    stars: Literal["1", "2", "3", "4", "5"] | None = Field(None, description="Only reviews with so many stars.")
    after: str | None = Field(None, description="Where the page begins, as the link `next` gives it.")
    thread: UUID | None = Field(None, description="Only this first comment, with all of its replies.")

    @field_validator("after")
    @classmethod
    def is_a_key(cls, after: str) -> str:
        """Return `after`; raises ValueError for what is no key."""
        if not KEY.fullmatch(after):
            raise ValueError("Take it from the link `next`.")
        return after

    def selection(self) -> Selection:
        """Return the same question as the page asks it."""
        stars = int(self.stars) if self.stars else None
        return Selection(order=self.sort, stars=stars, after=self.after or "", thread=self.thread)


@readable(router, "/articles/{int:article_id}/rating/", response=ArticleRating, url_name="rating")
def rating(request: HttpRequest, article_id: int) -> ArticleRating:
    """Tell how the article is rated."""
    refuse_unknown_parameters(request)
    article = _published_article(article_id)
    summary = RatingSummary.objects.filter(article=article).first() or RatingSummary(article=article)
    earlier = EarlierRatings(count=summary.legacy_count, mean=_number(summary.legacy_mean or None))
    return ArticleRating(
        count=summary.count,
        mean=_number(summary.mean),
        own={str(stars): count for stars, count in summary.histogram.items()},
        legacy=earlier,
        reviews=Comment.objects.published().under(article).reviews().count(),
    )


@readable(router, "/articles/{int:article_id}/comments/", response=CommentPage, url_name="comments")
def comments(request: HttpRequest, article_id: int, query: Query[CommentQuery]) -> CommentPage:
    """List the first comments with their first replies, page by page, or all of one thread."""
    refuse_unknown_parameters(request, *CommentQuery.model_fields)
    try:
        found = responses_to(_published_article(article_id), query.selection())
    except NoSuchPage:
        raise Http404 from None
    address = settings.ALMANAC_URL + request.path
    presenter = Presenter(address=address, people=_addresses_of_people(found.threads))
    return CommentPage(
        count=found.count,
        comments=[presenter.present(shown) for shown in found.threads],
        next=address + found.next_page.query() if found.next_page else None,
    )


@dataclass(frozen=True, kw_only=True)
class Presenter:
    """Turns comments into what may be published of them."""

    address: str
    """Where the comments of the article are asked for."""
    people: dict[int, str]
    """The addresses of author pages that any reader may see, by key."""

    def present(self, shown: ShownComment) -> PublishedComment | RemovedComment:
        """Return what the page shows of a comment; of one that is gone, only its place."""
        comment = shown.comment
        everything = self.address + Selection(thread=comment.public_id).query()
        replies = Replies(
            count=comment.reply_count,
            shown=[self.present(reply) for reply in shown.replies],
            all=everything if shown.more_replies else None,
        )
        if not comment.is_published:
            return RemovedComment(id=comment.public_id, replies=replies)
        return PublishedComment(
            id=comment.public_id,
            kind=comment.kind,
            name=comment.name,
            badge=comment.badge or None,
            person=self.people.get(comment.person_id or 0),
            stars=comment.stars,
            text=comment.text,
            html=shown.html,
            in_reply_to=comment.parent.public_id if comment.parent else None,
            created=comment.created_at,
            edited=comment.edited_at,
            helpful=comment.helpful_count,
            replies=replies,
            permalink=permalink(comment),
            pinned=comment.is_pinned,
            pick=comment.pick_reason or None,
        )


def permalink(comment: Comment) -> str:
    """Return the lasting address of `comment`, absolute."""
    return settings.ALMANAC_URL + reverse("ratings:permalink", args=[comment.public_id])


def _published_article(article_id: int) -> ArticlePage:
    try:
        return open_article(article_id)
    except NotOpen:
        raise Http404 from None


def _addresses_of_people(threads: Iterable[ShownComment]) -> dict[int, str]:
    keys = {part.comment.person_id for thread in threads for part in (thread, *thread.replies)}
    # Asked even for nobody: a page takes the same queries whoever wrote under it.
    people = AuthorPage.objects.live().public().filter(pk__in=keys - {None} or {0})
    return {person.pk: person.full_url for person in people}


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
