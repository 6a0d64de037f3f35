"""The review of one article of an import: its source beside its blocks, and what an editor decides about them."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from articles.actions.importing import DecidedMeanwhile, decide, end_import_if_done, give_title, undo_decision_about
from articles.blocks.table.recognize import cuts_of, row_words
from articles.desk.importing.access import for_importers, item_of
from articles.desk.importing.decisions import NotPossible, decided
from articles.desk.importing.forms import DetailsForm, author_names
from articles.desk.importing.looking import Look, can_be_reviewed, look_at, options_of
from articles.desk.importing.making import NotMade, make_draft
from articles.desk.importing.progress import frame
from articles.desk.importing.rows import rows_of
from articles.desk.importing.words import OTHER_KEYS, OUTSIDE, offered_kinds
from articles.desk.pages import user_of
from articles.exchange.lines import read_lines
from articles.exchange.stored import given_as_json, given_of
from articles.models import ImportItem


@require_safe
@for_importers
def review_import(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Show an item of an import as it stands."""
    return _page(request, item_of(user_of(request), public_id, number))


@require_safe
@for_importers
def split_columns(request: HttpRequest, public_id: UUID, number: int, first: int, last: int) -> HttpResponse:
    """Show the words of some lines, each with a box that is ticked where another cell begins."""
    item = item_of(user_of(request), public_id, number)
    if item.state != ImportItem.State.WAITING or not 1 <= first <= last <= len(item.lines):
        return redirect("review_import", public_id, number)
    lines = read_lines(tuple(item.lines))[first - 1 : last]
    given = next((each for each in given_of(item.given) if (each.first, each.last) == (first, last)), None)
    cuts = given.cuts if given and given.cuts else cuts_of(lines)
    rows = [
        (line.number, [(at, word, at in cuts[index]) for at, word in enumerate(row_words(line))])
        for index, line in enumerate(lines)
        if not line.blank
    ]
    context = frame(_("Split into columns"), is_one=True) | {"item": item, "rows": rows, "first": first, "last": last}
    return render(request, "articles/importing/columns.html", context)


@require_POST
@for_importers
def decide_import(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Carry out one decision. 409 with what stands there now if somebody else has decided meanwhile; 422 in words."""
    item = item_of(user_of(request), public_id, number)
    if not can_be_reviewed(item):
        is_stale = item.state != ImportItem.State.WAITING
        if not is_stale:
            messages.error(request, _("This comes back as it was: there is nothing to decide about it."))
        return _page(request, item, status=HTTPStatus.CONFLICT, is_stale=is_stale)
    do = request.POST.get("do", "")
    version = request.POST.get("version", "")
    item_version = int(version) if version.isdecimal() and len(version) < 10 else -1
    try:
        answer = DOINGS.get(do, _decide_about_lines)(request, item, item_version)
    except DecidedMeanwhile as meanwhile:
        meanwhile.item.run = item.run
        return _page(request, meanwhile.item, status=HTTPStatus.CONFLICT, is_stale=True)
    except (NotPossible, NotMade) as error:
        item.refresh_from_db()
        return _page(request, item, status=HTTPStatus.UNPROCESSABLE_ENTITY, problem=str(error))
    return answer


def _decide_about_lines(request: HttpRequest, item: ImportItem, version: int) -> HttpResponse:
    look = look_at(item)
    if look.recognized is None:
        raise NotPossible(look.refusal)
    rows = rows_of(look.document.source, look.recognized)
    lines = request.POST.get("first", ""), request.POST.get("last", "")
    row = next((row for row in rows if (str(row.first), str(row.last)) == lines), None)
    if version != item.version:
        raise DecidedMeanwhile(item)
    given, said, first = decided(request.POST, rows, row, look.document.source.given)
    decide(item=item, version=version, given=given_as_json(given), said=said, by=user_of(request), changes={})
    return _back(item, first)


def _undo(request: HttpRequest, item: ImportItem, version: int) -> HttpResponse:
    undo_decision_about(item=item, version=version, said=_("The last decision taken back"), by=user_of(request))
    return _back(item)


def _with_details(request: HttpRequest, item: ImportItem, version: int) -> ImportItem:
    """Keep the title, author and topic that a form sends where they changed, and return the item as it is then."""
    look = look_at(item)
    form = DetailsForm(request.POST, initial=_details_of(item, look))
    if not form.is_valid():
        raise NotPossible(" ".join(str(error) for errors in form.errors.values() for error in errors))
    chosen = {name: form.cleaned_data[name] for name in form.changed_data}
    run, by = item.run, user_of(request)
    if look.recognized is None and "title" in chosen:
        title, said = chosen.pop("title"), _("A title was given")
        item = give_title(item=item, version=version, title=title, said=said, by=by)
        version = item.version
    if chosen:
        said = _("Title, author or topic changed")
        item = decide(item=item, version=version, given=item.given, said=said, by=by, changes=chosen)
    item.run = run
    return item


def _details(request: HttpRequest, item: ImportItem, version: int) -> HttpResponse:
    return _back(_with_details(request, item, version))


def _make(request: HttpRequest, item: ImportItem, version: int) -> HttpResponse:
    if "title" in request.POST:
        known, item = item.version, _with_details(request, item, version)
        version += item.version - known
    made = make_draft(item, version=version, by=user_of(request))
    end_import_if_done(run=made.run, now=timezone.now())
    report = messages.button(reverse("review_import", args=[made.run.public_id, made.number]), _("What was left out"))
    if made.state == ImportItem.State.UNCHANGED:
        messages.info(request, _("This text is here already: nothing was changed."), buttons=[report])
    else:
        messages.success(request, _("“%(title)s” is a draft now.") % {"title": made.title}, buttons=[report])
    return redirect("wagtailadmin_pages:edit", made.article_id)


DOINGS: dict[str, Callable[[HttpRequest, ImportItem, int], HttpResponse]] = {
    "undo": _undo,
    "details": _details,
    "make": _make,
}


def _back(item: ImportItem, first: int | None = None) -> HttpResponse:
    address = reverse("review_import", args=[item.run.public_id, item.number])
    return redirect(f"{address}#line-{first}" if first else address)


def _details_of(item: ImportItem, look: Look) -> dict[str, str]:
    options = options_of(item.run, item)
    topics = [names[-1] for names in look.document.details.topics if names]
    return {
        "title": look.recognized.title if look.recognized else "",
        "author": look.author or options.author,
        "topic": topics[0] if topics else options.topic,
    }


def _page(
    request: HttpRequest,
    item: ImportItem,
    *,
    status: int = HTTPStatus.OK,
    problem: str = "",
    is_stale: bool = False,
) -> HttpResponse:
    if not can_be_reviewed(item):
        context = frame(item.title or item.place, is_one=True) | {
            "item": item,
            "run": item.run,
            "is_stale": is_stale,
            "outside": [(OUTSIDE[kind], *rest) for kind, *rest in item.report.get("outside", [])],
        }
        return render(request, "articles/importing/report.html", context, status=status)
    look = look_at(item)
    recognized = look.recognized
    rows = rows_of(look.document.source, recognized) if recognized else []
    context = frame(_("Review: %(title)s") % {"title": item.title or item.place}, is_one=True) | {
        "item": item,
        "run": item.run,
        "look": look,
        "rows": rows,
        "lines": list(enumerate(item.lines, start=1)) if not recognized else [],
        "details": DetailsForm(initial=_details_of(item, look)),
        "authors": author_names(),
        "kinds": offered_kinds(),
        "keys": OTHER_KEYS,
        "to_confirm": [row for row in rows if row.found and row.found.confirm],
        "unsure": sum(1 for row in rows if row.found and row.found.confidence < 0.7 and not row.found.confirm),
        "problem": problem,
        "is_stale": is_stale,
        "history": item.document.get("history", []),
        "last": item.document.get("last"),
        "has_others": item.run.items.count() > 1,
    }
    return render(request, "articles/importing/review.html", context, status=status)
