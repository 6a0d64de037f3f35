"""Two editors of one page at once: both texts are kept, and the second is told and shown both.

Wagtail refuses an autosave over somebody else's text by itself. What an editor saves by hand, it saves over it without
a word (as a revision of its own, so that nothing is lost), and it publishes it too.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, Revision

MISSED = "revision_saved_meanwhile"
HELD_BACK = "approval_held_back"


@hooks.register("before_edit_page")
def note_what_was_saved_meanwhile(request: HttpRequest, page: Page) -> None:
    """Note the revision that somebody saved since this editor loaded the page, before theirs becomes the latest."""
    if request.method == "POST" and _is_by_hand(request):
        missed = saved_meanwhile(request, page)
        setattr(request, MISSED, missed)
        if missed is not None and _approves(request):
            _only_save(request)


@hooks.register("before_publish_page")
def publish_nothing_unseen(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Do not publish over a text that this editor has not seen. Theirs is saved as the latest draft."""
    missed = getattr(request, MISSED, None)
    if missed is None:
        return None
    _tell(request, page, missed, _("So yours was not published yet: it is kept as the latest draft."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_edit_page")
def tell_what_was_saved_meanwhile(request: HttpRequest, page: Page) -> None:
    """Tell who saved by hand over a text that they have not seen."""
    if missed := getattr(request, MISSED, None):
        outcome = _("Yours is now the latest draft, and does not have what they changed.")
        if getattr(request, HELD_BACK, False):
            outcome = _("So nothing was approved yet: yours is kept as the latest draft.")
        _tell(request, page, missed, outcome)


def saved_meanwhile(request: HttpRequest, page: Page) -> Revision | None:
    """Return the latest revision of `page` by somebody else, if it came after the text that the posted form had.

    An autosave writes over its own revision: then the key is the same, and the moment is not. One's own autosaves may
    be newer than what the form says, since they are sent behind its back.
    """
    loaded = request.POST.get("loaded_revision_id", "")
    if not loaded.isdecimal():
        return None
    others = page.revisions.exclude(user=request.user).order_by("-pk")
    found: Revision | None = others.filter(pk__gte=loaded[:18]).first()
    if found is None or str(found.pk) != loaded:
        return found
    is_the_same_text = request.POST.get("loaded_revision_created_at") == found.created_at.isoformat()
    return None if is_the_same_text else found


def _approves(request: HttpRequest) -> bool:
    """Return whether the form is sent to approve a step of the workflow: the last one publishes."""
    return "action-workflow-action" in request.POST and request.POST.get("workflow-action-name") != "reject"


def _only_save(request: HttpRequest) -> None:
    """Let Wagtail save the posted text and do nothing else with it: it asks no hook before it approves."""
    posted = request.POST.copy()
    del posted["action-workflow-action"]
    request.POST = posted  # type: ignore[assignment]  # Django's setter takes it
    setattr(request, HELD_BACK, True)


def _is_by_hand(request: HttpRequest) -> bool:
    """Return whether a person pressed a button, and no script saves."""
    return request.accepts("text/html")


def _tell(request: HttpRequest, page: Page, missed: Revision, outcome: str) -> None:
    own = page.get_latest_revision()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, missed.pk, own.pk])
    who = missed.user.get_full_name() or missed.user.get_username() if missed.user else _("Somebody")
    said = _("%(who)s saved another version (%(when)s) while you were writing. %(outcome)s Both are kept.") % {
        "who": who,
        "when": date_format(localtime(missed.created_at), "SHORT_DATETIME_FORMAT"),
        "outcome": outcome,
    }
    buttons: list[Any] = [messages.button(compare, _("Compare the two"), new_window=True)]
    messages.warning(request, said, buttons=buttons)
