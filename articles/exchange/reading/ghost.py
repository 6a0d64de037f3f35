"""Ghost: the file that its “Settings → Export” writes, and the posts as its admin API answers them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext

from articles.exchange.documents import Document, Entry, Ignored, Unreadable
from articles.exchange.ghost.posts import details_of, hero_caption, html_of, title_of
from articles.exchange.ghost.site import POSTS, Site, key_of, site_of, text
from articles.exchange.ghost.tables import Interrupted, Record, records_of
from articles.exchange.html import lines_of
from articles.exchange.markers import Tally
from articles.exchange.source import Refused, Source

FORMAT = "ghost"
LABEL = "Ghost"
ORDER = 110

START = re.compile(rb'\s*\{\s*"(?:db"\s*:\s*\[|posts"\s*:\s*\[|meta"\s*:\s*\{\s*"exported_on"|data"\s*:\s*\{)')


def is_mine(name: str, head: bytes) -> bool:
    """Return whether the file begins as an export of Ghost does, in whatever encoding."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return START.match(plain) is not None and (b'"db"' in plain or b'"posts"' in plain or b'"exported_on"' in plain)


def count(path: Path) -> int:
    """Return how many posts and pages the file has."""
    try:
        return sum(table == "posts" for table, _ in records_of(path, {}))
    except (Interrupted, Refused):
        return 1


def read(path: Path, *, name: str, root: Path | None) -> Iterator[Entry]:
    """Yield the posts and pages of an export, and at the end what is not brought along, by name and number.

    The file is read twice: first for who wrote what and for the tags. Of settings, accounts, members, keys and tokens
    nothing is held but how many there are. Raises Refused for a file that holds no posts at all.
    """
    site = site_of(path)
    number = 0
    seen: dict[str, int] = {}
    try:
        for table, post in records_of(path, {"posts": POSTS}):
            if table == "posts" and post is not None:
                number += 1
                yield _entry(post, site, name, number, seen)
    except Interrupted as interrupted:
        if interrupted.ends_early:
            reason = gettext("The file ends too early: what stands behind post %(number)d is missing.")
        else:
            reason = gettext("The file is broken: what stands behind post %(number)d cannot be read.")
        yield Unreadable(place=name, reason=reason % {"number": number})
    else:
        if not number:
            raise Refused(gettext("The file holds no posts."))
    for what, times in site.ignored.items():
        if times:
            yield Ignored(place=name, what=what, count=times)


def _entry(post: Record, site: Site, name: str, number: int, seen: dict[str, int]) -> Entry:
    # Numbers are those of one site, so the address stands beside them.
    parts = [key_of(post.get("id")), text(post, "slug")]
    known_as = text(post, "uuid") or "/".join(part for part in parts if part)
    place = gettext("post %(number)d") % {"number": number}
    try:
        if not known_as:
            raise Refused(gettext("The post has no id, so it would be another article with each import."))
        first = seen.setdefault(known_as, number)
        if first != number:
            raise Refused(gettext("It has the same id as post %(number)d.") % {"number": first})
        return _document(post, site, name, place, known_as)
    except Refused as refused:
        return Unreadable(place=place, reason=refused.reason, foreign_id=known_as)


def _document(post: Record, site: Site, name: str, place: str, known_as: str) -> Document:
    title = title_of(post)
    if not title:
        raise Refused(gettext("It has neither a title nor an address to take one from."))
    tally = Tally()
    html = html_of(post, tally)
    if hero_caption(post, site):
        tally["caption of the picture above the article"] += 1
    read = lines_of(html, title=title, base=text(post, "url"))
    return Document(
        format=FORMAT,
        source=Source(path=name, lines=read.lines, marked=read.marked, given=read.given),
        foreign_id=known_as,
        place=place,
        details=details_of(post, site),
        pictures=read.embedded,
        removed=(*tally.removed(), *read.removed),
    )
