"""The votes that were set aside, and whether they count."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from articles.models import ArticlePage
from ratings import actions
from ratings.actions.locks import lock_summary, lock_threads
from ratings.desk.door import for_moderators, list_page, moderator_of, told_in_words
from ratings.desk.forms import JUDGMENTS, JudgmentForm
from ratings.desk.listing import Ballot, VoteListing
from ratings.models import Comment, HelpfulVote, Kind, Rating, Standing

STANDINGS = (Standing.QUARANTINED, Standing.REJECTED, Standing.COUNTED)
"""In the order of the links: what waits for a moderator comes first."""


@require_safe
@for_moderators
def held_votes(request: HttpRequest) -> HttpResponse:
    """List votes by article: `?of=` ratings (by default) or helpful votes, in one `?standing=`, held by default."""
    listing = VoteListing.read(request.GET)
    context = list_page(
        request,
        listing,
        listing.by_article(),
        page_title=_("Held votes"),
        header_icon="warning",
        choices=[(to, label) for to, label in JUDGMENTS.items() if to != listing.standing],
        listings=[VoteListing(of=of, standing=standing) for of in Ballot for standing in STANDINGS],
    )
    groups = [list(votes) for _article, votes in groupby(context["page"], key=lambda vote: vote.about)]
    context["groups"] = [(_article_of(votes[0]), votes[0].number, votes) for votes in groups]
    return render(request, "ratings/desk/votes.html", context)


@require_POST
@for_moderators
@told_in_words
def judge_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one vote of the list count, or not. One that left the list meanwhile stays as somebody else judged it."""
    listing = VoteListing.read(request.GET)
    model = Rating if listing.of == Ballot.RATINGS else HelpfulVote
    return _judge(request, listing, _article_of(get_object_or_404(model, pk=pk)).pk, pk=pk)


@require_POST
@for_moderators
@told_in_words
def judge_votes(request: HttpRequest, article_id: int) -> HttpResponse:
    """Let all votes of the list that are on one article count, or none of them, if they are as many as were shown."""
    # By `id`, which knows what a column can hold; `pk` is the link to the page's other table.
    get_object_or_404(ArticlePage.objects.defer("body"), id=article_id)
    return _judge(request, VoteListing.read(request.GET), article_id, about=article_id)


def _judge(request: HttpRequest, listing: VoteListing, article_id: int, **which: int) -> HttpResponse:
    """Judge the votes of `listing` on an article that `which` describes, all or none, and lead back to the list."""
    form = JudgmentForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, _("This could not be read. Please judge again, with a reason of at most 300 characters.")
        )
        return _back(listing)
    expected = 1 if "pk" in which else form.cleaned_data["count"]
    with transaction.atomic():
        found = listing.votes().filter(**which).order_by("pk")
        lock_summary(article_id)
        lock_threads(_threads_of(found, listing.of))
        votes = list(found)
        if len(votes) != expected:
            messages.warning(request, _("The list has changed meanwhile; nothing was stored. Please look again."))
            return _back(listing)
        for vote in votes:
            _judge_one(request, vote, form)
    message = ngettext("%(count)d vote: %(standing)s.", "%(count)d votes: %(standing)s.", len(votes))
    messages.success(request, message % {"count": len(votes), "standing": form.target().label})
    return _back(listing)


def _judge_one(request: HttpRequest, vote: Any, form: JudgmentForm) -> None:
    moderator, reason = moderator_of(request), form.cleaned_data["reason"]
    if isinstance(vote, Rating):
        actions.judge_rating(
            rating=vote, standing=form.target(), now=timezone.now(), moderator=moderator, reason=reason
        )
    else:
        actions.judge_helpful(vote=vote, standing=form.target(), moderator=moderator, reason=reason)


def _threads_of(votes: QuerySet[Any], of: Ballot) -> QuerySet[Any]:
    """Return the keys of the threads that a judgment of `votes` writes in: of reviews that show them, or of comments.

    They are held at once, in the order of their keys; one by one in the order of the votes, two moderators could wait
    for each other.
    """
    if of == Ballot.HELPFUL:
        return votes.order_by().values("comment__thread")
    by_voters = Comment.objects.filter(kind=Kind.REVIEW, article__in=votes.order_by().values("article"))
    return by_voters.filter(reader__in=votes.order_by().values("reader")).values("pk")


def _article_of(vote: Any) -> ArticlePage:
    article: ArticlePage = vote.article if isinstance(vote, Rating) else vote.comment.article
    return article


def _back(listing: VoteListing) -> HttpResponse:
    return redirect(f"{reverse('held_votes')}{listing.query()}")
