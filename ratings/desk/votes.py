"""The votes that were set aside, and whether they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry

from articles.models import ArticlePage
from ratings import actions
from ratings.actions.locks import lock_summary, lock_threads
from ratings.desk.door import for_moderators, list_page, moderator_of, only_posted, told_in_words
from ratings.desk.forms import JUDGMENTS, JudgmentForm
from ratings.desk.sections import Scope, must_moderate
from ratings.desk.vote_listing import Ballot, Effect, VoteListing
from ratings.models import Comment, Kind, Rating, Standing

STANDINGS = (Standing.QUARANTINED, Standing.REJECTED, Standing.COUNTED)
"""In the order of the links: what waits for a moderator comes first."""

CHUNK = 200
"""So many votes are judged in one transaction: all or none of them, and readers wait no longer than that for a lock."""

LOGGED = {"ratings.judge_rating": (Ballot.RATINGS, "rating"), "ratings.judge_helpful": (Ballot.HELPFUL, "vote")}
"""What the history of an article calls a judgment: on what, and where it keeps the key of the vote."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """The listed votes on one article, and what judging them would change."""

    article: ArticlePage
    votes: list[Any]
    number: int
    """How many there are, those on other pages of the list included."""
    effect: Effect | None


@require_safe
@for_moderators
def held_votes(request: HttpRequest) -> HttpResponse:
    """List votes by article: `?of=` ratings (by default) or helpful votes, in one `?standing=`, held by default."""
    listing = VoteListing.read(request.GET)
    context = list_page(
        request,
        listing,
        listing.by_article(Scope.of(moderator_of(request))),
        page_title=_("Held votes"),
        header_icon="warning",
        choices=[(to, label) for to, label in JUDGMENTS.items() if to != listing.standing],
        listings=[VoteListing(of=of, standing=standing) for of in Ballot for standing in STANDINGS],
    )
    shown = list(context["page"])
    if listing.of == Ballot.HELPFUL:
        _attach_judgments(shown)
    effects = listing.effects({vote.about for vote in shown})
    groups = [(about, list(votes)) for about, votes in groupby(shown, key=lambda vote: vote.about)]
    context["groups"] = [
        Group(article=_article_of(votes[0]), votes=votes, number=votes[0].number, effect=effects.get(about))
        for about, votes in groups
    ]
    return render(request, "ratings/desk/votes.html", context)


@only_posted
@for_moderators
@told_in_words
def judge_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one vote of the list count, or not. One that left the list meanwhile stays as somebody else judged it."""
    listing = VoteListing.read(request.GET)
    # By `id`, which knows what a column can hold.
    article = _article_of(get_object_or_404(listing.of.rows, id=pk))
    return _judge(request, listing, article, pk=pk)


@only_posted
@for_moderators
@told_in_words
def judge_votes(request: HttpRequest, article_id: int) -> HttpResponse:
    """Let all votes of the list that are on one article count, or not, if they are as many as were shown."""
    # By `id`, which knows what a column can hold; `pk` is the link to the page's other table.
    article = get_object_or_404(ArticlePage.objects.defer("body"), id=article_id)
    return _judge(request, VoteListing.read(request.GET), article, about=article_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
@told_in_words
def undo_judgment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask whether what was judged in one go shall be as before, or let it be so. Votes judged again since stay."""
    entries = list(PageLogEntry.objects.filter(uuid=uuid, action__in=LOGGED).select_related("user"))
    if not entries:
        raise Http404
    told = entries[0].data
    of, key = LOGGED[entries[0].action]
    was, to = Standing(told["to"]), Standing(told["from"])
    article = get_object_or_404(ArticlePage.objects.defer("body"), id=entries[0].page_id)
    must_moderate(request, article, undo=str(uuid))
    keys = sorted(entry.data[key] for entry in entries)
    if request.method != "POST":
        context = {"entry": entries[0], "article": article, "of": of, "was": was, "to": to, "number": len(keys)}
        context |= {"back": _address_of(VoteListing(of=of, standing=was))}
        return render(
            request, "ratings/desk/votes_undo.html", context | {"page_title": _("Undo"), "header_icon": "undo"}
        )
    return _in_chunks(request, VoteListing(of=of, standing=was), article, keys, to=to, reason=_("Undone."))


def _judge(request: HttpRequest, listing: VoteListing, article: ArticlePage, **which: int) -> HttpResponse:
    """Judge the votes of `listing` on `article` that `which` describes, and lead back to the list."""
    must_moderate(request, article, standing=listing.standing.value, **which)
    form = JudgmentForm(request.POST)
    if not form.is_valid() or form.target() == listing.standing:
        messages.error(
            request, _("This could not be read. Please judge again, with a reason of at most 300 characters.")
        )
        return redirect(_address_of(listing))
    keys = list(listing.votes().filter(**which).order_by("pk").values_list("pk", flat=True))
    if len(keys) != (1 if "pk" in which else form.cleaned_data["count"]):
        messages.warning(request, _("The list has changed meanwhile; nothing was stored. Please look again."))
        return redirect(_address_of(listing))
    return _in_chunks(request, listing, article, keys, to=form.target(), reason=form.cleaned_data["reason"])


def _in_chunks(
    request: HttpRequest, listing: VoteListing, article: ArticlePage, keys: Sequence[int], *, to: Standing, reason: str
) -> HttpResponse:
    """Judge the votes with `keys` as far as they still are in `listing`, say how many were, and lead back to it.

    Every chunk is a transaction. If the database stays busy, what was done before is told and stays.
    """
    done = 0
    for start in range(0, len(keys), CHUNK):
        try:
            with transaction.atomic():
                judged = _judge_chunk(request, listing, article, keys[start : start + CHUNK], to, reason)
        except OperationalError:
            if not done:
                raise
            messages.warning(request, _("The rest could not be stored just now. Please look again in a moment."))
            break
        done += judged
    if done:
        message = ngettext("%(count)d vote: %(standing)s.", "%(count)d votes: %(standing)s.", done)
        undo = messages.button(reverse("undo_judgment", args=[get_active_log_context().uuid]), _("Undo"))
        messages.success(request, message % {"count": done, "standing": to.label}, buttons=[undo])
    elif keys:
        messages.warning(request, _("The list has changed meanwhile; nothing was stored. Please look again."))
    return redirect(_address_of(listing))


def _judge_chunk(
    request: HttpRequest, listing: VoteListing, article: ArticlePage, keys: Sequence[int], to: Standing, reason: str
) -> int:
    moderator = moderator_of(request)
    found = listing.of.rows.filter(pk__in=keys, standing=listing.standing, is_withdrawn=False).order_by("pk")
    lock_summary(article.pk)
    lock_threads(_threads_of(found, listing.of))
    votes = list(found)
    for vote in votes:
        if isinstance(vote, Rating):
            actions.judge_rating(rating=vote, standing=to, now=timezone.now(), moderator=moderator, reason=reason)
        else:
            actions.judge_helpful(vote=vote, standing=to, moderator=moderator, reason=reason)
    return len(votes)


def _threads_of(votes: QuerySet[Any], of: Ballot) -> QuerySet[Any]:
    """Return the keys of the threads that a judgment of `votes` writes in: of reviews that show them, or of comments.

    They are held at once, in the order of their keys; one by one in the order of the votes, two moderators could wait
    for each other.
    """
    if of == Ballot.HELPFUL:
        return votes.order_by().values("comment__thread")
    by_voters = Comment.objects.filter(kind=Kind.REVIEW, article__in=votes.order_by().values("article"))
    return by_voters.filter(reader__in=votes.order_by().values("reader")).values("pk")


def _attach_judgments(votes: Iterable[Any]) -> None:
    """Give helpful votes the entries of the history that tell how they were `judged`. One query."""
    about, keys = {vote.about for vote in votes}, [vote.pk for vote in votes]
    told = PageLogEntry.objects.filter(action="ratings.judge_helpful", page__in=about, data__vote__in=keys)
    judged = defaultdict(list)
    for entry in told.select_related("user").order_by("pk"):
        judged[entry.data["vote"]].append(entry)
    for vote in votes:
        vote.judged = judged[vote.pk]


def _article_of(vote: Any) -> ArticlePage:
    article: ArticlePage = vote.article if isinstance(vote, Rating) else vote.comment.article
    return article


def _address_of(listing: VoteListing) -> str:
    return f"{reverse('held_votes')}{listing.query()}"
