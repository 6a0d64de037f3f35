"""Leading readers from where an article stood before to where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from articles.actions.retracting import path_of
from articles.models import ArticlePage

LONGEST = 255
"""Characters of an old address."""
MOST_STEPS = 10
"""So many redirects in a row are followed; browsers give up soon after."""


@dataclass(frozen=True, kw_only=True)
class Move:
    """That what stood at `old` is to be found on a page, or else at the address `link`."""

    old: str
    page: Page | None = None
    link: str = ""
    route: str = ""
    is_permanent: bool = True
    is_automatic: bool = False


@dataclass(frozen=True, kw_only=True)
class Redirected:
    """The old addresses that lead on now, and why others do not, a sentence each."""

    made: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def redirects_for(*, article: ArticlePage, addresses: Iterable[str]) -> Redirected:
    """Let the old `addresses` of `article` (absolute, or paths that begin with a slash) lead to it.

    What they lead to already, and where a page stands, stays as it is; an address is known by its path and query alone.
    Takes the same queries for any number of addresses.
    """
    here = Redirect.normalise_path(path_of(article))
    found, notes = [], []
    for address in dict.fromkeys(addresses):
        try:
            old = _path(address)
        except ValueError:
            notes.append(_("“%(address)s” is no address that readers could have come to.") % {"address": address[:120]})
            continue
        if old != here:
            found.append(Move(old=old, page=article))
    redirected = keep_redirects(found)
    return Redirected(made=redirected.made, notes=(*notes, *redirected.notes))


@transaction.atomic
def keep_redirects(moves: Iterable[Move]) -> Redirected:
    """Store `moves` as redirects that hold on every site; of two with one old address, the first.

    Left out, with a sentence, are those whose old address is that of a page or leads somewhere else already, those that
    would lead in a circle, and those from or to what is no address. What is stored already is left as it is in silence.
    """
    wanted: dict[str, Move] = {}
    notes: list[str] = []
    for move in moves:
        if not _leads_from_path_to_address(move):
            notes.append(
                _("“%(old)s” is not led to “%(link)s”: only web addresses and paths are.")
                % {"old": move.old[:120], "link": move.link[:120]}
            )
        elif wanted.setdefault(move.old, move) is not move and wanted[move.old] != move:
            notes.append(_("“%(old)s” leads to two places: only the first is kept.") % {"old": move.old})
    known = {each.old_path: each for each in Redirect.objects.filter(old_path__in=wanted).order_by("-pk")}
    pages = _paths_of_pages(wanted)
    onward = {old: Redirect.normalise_path(move.link) for old, move in wanted.items() if move.link.startswith("/")}
    made = []
    for old, move in wanted.items():
        if old in pages:
            notes.append(_("“%(old)s” is the address of a page here: it leads nowhere else.") % {"old": old})
        elif old in known:
            if not _is_same(known[old], move):
                notes.append(_("“%(old)s” leads somewhere else here already.") % {"old": old})
        elif _goes_in_a_circle(old, onward):
            notes.append(_("“%(old)s” would lead in a circle.") % {"old": old})
        else:
            made.append(move)
    Redirect.objects.bulk_create(
        Redirect(
            old_path=move.old,
            redirect_page_id=move.page.pk if move.page else None,
            redirect_link=move.link,
            redirect_page_route_path=move.route,
            is_permanent=move.is_permanent,
            automatically_created=move.is_automatic,
        )
        for move in made
    )
    return Redirected(made=tuple(move.old for move in made), notes=tuple(notes))


def _path(address: str) -> str:
    """Return `address` as redirects are stored; raises ValueError for what is none that a reader could come to."""
    parts = urlsplit(address.strip())
    path = Redirect.normalise_path(address)
    is_web = (parts.scheme in ("http", "https") and parts.netloc) or (not parts.scheme and address.startswith("/"))
    if not is_web or path == "/" or len(path) > LONGEST or not path.isprintable():
        raise ValueError(address)
    return path


def _leads_from_path_to_address(move: Move) -> bool:
    """Return whether `move` begins at a path, and its link is an address on the web or a path on this site."""
    if not (
        move.old.startswith("/") and all(len(each) <= LONGEST and each.isprintable() for each in (move.old, move.link))
    ):
        return False
    try:
        parts = urlsplit(move.link)
    except ValueError:
        return False
    # Browsers take a second slash, or a backslash, for the beginning of another site.
    is_path = move.link.startswith("/") and not move.link.startswith(("//", "/\\"))
    return (
        (move.page is not None and not move.link)
        or is_path
        or (parts.scheme in ("http", "https") and bool(parts.netloc))
    )


def _paths_of_pages(paths: Iterable[str]) -> set[str]:
    """Return those of `paths` at which a page stands."""
    roots = [root.root_path.rstrip("/") for root in Site.get_site_root_paths()]
    asked = {f"{root}{path.rstrip('/')}/": path for path in paths for root in roots}
    found = Page.objects.filter(url_path__in=asked).values_list("url_path", flat=True)
    return {asked[url_path] for url_path in found}


def _is_same(redirect: Redirect, move: Move) -> bool:
    page = move.page.pk if move.page else None
    return (redirect.redirect_page_id, redirect.redirect_link) == (page, move.link)


def _goes_in_a_circle(old: str, onward: dict[str, str]) -> bool:
    """Return whether who comes to `old` comes there again, by the redirects of `onward` or those that are stored."""
    here, steps = onward.get(old), 0
    while here is not None and steps < MOST_STEPS:
        if here == old:
            return True
        stored = Redirect.objects.filter(old_path=here).values_list("redirect_link", flat=True).first()
        here = onward.get(here) or (Redirect.normalise_path(stored) if stored and stored.startswith("/") else None)
        steps += 1
    return here is not None
