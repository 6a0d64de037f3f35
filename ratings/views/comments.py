"""Writing a comment: the form, the preview, and storing it."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.models import ArticlePage
from ratings import actions, limits, proof
from ratings.answers import REFUSALS, answer_to
from ratings.badges import names_of_staff
from ratings.forms import CommentForm, read_stars
from ratings.identity import admitted, is_trusted, known_readers, remember, sender_of, signed_in
from ratings.models import Comment, Kind, Rating
from ratings.moderation.judge import judge
from ratings.stamp import Stamp, new_stamp, read_stamp, submission_key, token_of_new_guest, trap_name
from ratings.views.door import from_own_pages, open_article, refused, see_other, with_retry
from ratings.views.judging import submission_of
from ratings.views.noticing import has_unseen_notices, notices_for
from ratings.views.sanctions import must_be_allowed_to_answer


@never_cache
@from_own_pages
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show the comment form on a page of its own, preview a comment, or store it.

    A POST with a fresh stamp writes; one without comes back as a preview, which has a stamp. So does a text that calls
    for a notice, until its reader has seen that. Nothing typed is lost.
    """
    article = open_article(article_id)
    must_be_allowed_to_answer(request)
    account = signed_in(request)
    stamp = read_stamp(request.POST.get("stamp", ""), article.pk, timezone.now())
    # A form with a stamp may have been stored in time, and be sent again; the action knows.
    if stamp is None and (closed := actions.closed(article, timezone.now())) is not None:
        return refused(request, answer_to(closed), article=article)
    if request.method != "POST":
        asked = {"parent": request.GET.get("reply_to"), "kind": request.GET.get("kind") or Kind.COMMENT}
        return _form_page(request, article, CommentForm(initial=asked, account=account))
    form = CommentForm(request.POST, account=account, taken_names=names_of_staff())
    if not form.is_valid():
        return _form_page(request, article, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.cleaned_data["parent"] and _parent(article, form.cleaned_data["parent"]) is None:
        return _parent_gone(request, article)
    if "edit" in request.POST:
        return _form_page(request, article, form, stamp=stamp)
    try:
        if _lacks_stars(request, article, form):
            raise actions.NoRating
        if stamp is None or "preview" in request.POST or has_unseen_notices(request, form.cleaned_data["text"]):
            return _form_page(request, article, form, stamp=stamp, preview=True)
        return _store(request, article, form, stamp)
    except actions.ParentGone:
        return _parent_gone(request, article)
    except REFUSALS as refusal:
        answer = answer_to(refusal)
        page = _form_page(request, article, form, status=answer.status, message=answer.message)
        return with_retry(page, answer)


def _store(request: HttpRequest, article: ArticlePage, form: CommentForm, stamp: Stamp) -> HttpResponse:
    now = timezone.now()
    sent = form.cleaned_data
    sender = sender_of(request, now)
    stars = read_stars(request.POST)
    proof_key = proof.solved(request.POST.get("proof", ""), now=now)
    must_prove = must_prove_work(request, article)
    key = submission_key(stamp)
    submission = replace(
        submission_of(request, sent["text"], name=sent["name"], article=article, sender=sender, key=key, now=now),
        trap=request.POST.get(stamp.trap_name, ""),
        dwell=now - stamp.made_at,
    )
    with transaction.atomic():
        admission = admitted(request, new_token=token_of_new_guest(stamp))
        proven = proof_key is not None and actions.spend_proof(key=proof_key, now=now)
        stored = actions.comment(
            article=article,
            reader=admission.reader,
            name=sent["name"],
            email=sent["email"],
            text=sent["text"],
            account=signed_in(request),
            kind=sent["kind"],
            stars=stars,
            parent=_parent(article, sent["parent"]),
            verdict=judge(replace(submission, lacks_proof=must_prove and not proven)),
            now=now,
            submission_key=key,
            sender=sender,
        )
    return remember(see_other(stored.public_id), admission)


def _lacks_stars(request: HttpRequest, article: ArticlePage, form: CommentForm) -> bool:
    """Return whether a review comes without stars from somebody who has given none; no preview should promise it."""
    if form.cleaned_data["kind"] != Kind.REVIEW or read_stars(request.POST) is not None:
        return False
    own = Rating.objects.filter(article=article, reader__in=known_readers(request), is_withdrawn=False)
    return not own.exists()


def must_prove_work(request: HttpRequest, article: ArticlePage) -> bool:
    """Return whether a proof of work is asked of whoever sent `request`: under pressure, of readers unknown to us.

    A cookie alone makes nobody known: one vote gives it.
    """
    under_pressure = limits.is_under_pressure(limits.Doing.COMMENT, network="", article=article.pk, now=timezone.now())
    return under_pressure and not any(map(is_trusted, known_readers(request)))


def _parent_gone(request: HttpRequest, article: ArticlePage) -> HttpResponse:
    """Say that the comment to be answered is gone, and offer the text as a comment of its own."""
    message = _("The comment that you answer is no longer shown. You can send your text as a comment of its own.")
    form = CommentForm({**request.POST.dict(), "parent": ""}, account=signed_in(request))
    return _form_page(request, article, form, status=HTTPStatus.CONFLICT, message=message)


def _form_page(
    request: HttpRequest,
    article: ArticlePage,
    form: CommentForm,
    *,
    status: int = HTTPStatus.OK,
    stamp: Stamp | None = None,
    preview: bool = False,
    message: str = "",
) -> HttpResponse:
    """Show the form with what was typed. The reader's time goes on counting from the `stamp` that it came with."""
    now = timezone.now()
    text = form.cleaned_data.get("text", "") if form.is_bound and form.is_valid() else ""
    context = {
        "article": article,
        "form": form,
        "parent": _parent(article, form["parent"].value()),
        "preview": preview,
        "message": message,
        **notices_for(text),
        "stamp": request.POST["stamp"] if stamp else new_stamp(article.pk, now),
        "trap_name": stamp.trap_name if stamp else trap_name(now),
    }
    return render(request, "ratings/comment_form.html", context, status=status)


def _parent(article: ArticlePage, public_id: UUID | str | None) -> Comment | None:
    try:
        key = UUID(str(public_id)) if public_id else None
    except ValueError:
        return None
    return Comment.objects.published().under(article).filter(public_id=key).first() if key else None
