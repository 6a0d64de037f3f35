"""What is only read: the stamp of a form, a comment's lasting address, and how many are new."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import ArticlePage
from ratings import actions, proof
from ratings.models import Comment
from ratings.stamp import new_stamp, trap_name
from ratings.thread import place_of
from ratings.views.comments import must_prove_work
from ratings.views.door import open_article


@never_cache
@require_safe
def stamp(request: HttpRequest, article_id: int) -> HttpResponse:
    """Answer a fresh stamp and this hour's trap name, for scripts that spare the reader the preview.

    Under pressure, readers that we do not know get a challenge with it, whose solution belongs into the form.
    """
    article = _open_or_404(article_id)
    now = timezone.now()
    answer: dict[str, object] = {"stamp": new_stamp(article.pk, now), "trap": trap_name(now)}
    if must_prove_work(request, article):
        answer["challenge"] = proof.new_challenge(now=now)
    return JsonResponse(answer)


@never_cache
@require_safe
def news(request: HttpRequest, article_id: int) -> HttpResponse:
    """Answer how many comments were published under an article since the moment `since` (ISO 8601)."""
    article = _open_or_404(article_id)
    since = _moment(request.GET.get("since", "").replace(" ", "+"))
    if since is None:
        return JsonResponse({"error": "since: a moment with its time zone, such as 2026-01-31T12:00:00Z"}, status=400)
    return JsonResponse({"new": Comment.objects.published().under(article).filter(published_at__gt=since).count()})


@require_safe
def permalink(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Lead to a comment in its thread, wherever that stands."""
    comment = Comment.objects.listed().filter(public_id=public_id).select_related("thread").first()
    article = ArticlePage.objects.published().filter(pk=comment.article_id).first() if comment else None
    if comment is None or article is None:
        raise Http404
    place = place_of(comment).query()
    answer = HttpResponseRedirect(f"{article.url}{place}#comment-{comment.public_id}", status=HTTPStatus.FOUND)
    # Where a comment stands may change: it can be hidden, and the article moved.
    answer["Cache-Control"] = "no-cache"
    return answer


def _moment(text: str) -> datetime | None:
    """Return the moment that `text` names with its time zone, in UTC, or None if there is no such moment."""
    try:
        found = parse_datetime(text)
        return found.astimezone(UTC) if found is not None and timezone.is_aware(found) else None
    except (ValueError, OverflowError):
        # On the first and the last day of the calendar it may be another year in UTC, which there is not.
        return None


def _open_or_404(article_id: int) -> ArticlePage:
    try:
        return open_article(article_id)
    except actions.NotOpen:
        raise Http404 from None
