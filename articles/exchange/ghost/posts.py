"""A post of Ghost: its text as HTML, and what is said beside it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from articles.exchange.documents import Details
from articles.exchange.ghost.lexical import html_of_lexical
from articles.exchange.ghost.mobiledoc import html_of_mobiledoc
from articles.exchange.ghost.site import Site, key_of, text
from articles.exchange.ghost.tables import Record
from articles.exchange.markers import Tally, joined, text_of_html
from articles.exchange.source import MAX_BYTES, Refused

ADDRESS_MARK = "__GHOST_URL__"
FIRST_YEAR = 1980
BODIES = ("lexical", "mobiledoc", "html", "markdown")


def html_of(post: Record, tally: Tally) -> str:
    """Return the text of `post` as HTML: of what the editor kept, for it says more; else of what was shown.

    Raises Refused for a text that is too long to be an article.
    """
    for name in BODIES:
        if len(text(post, name)) > MAX_BYTES * (4 if name in ("lexical", "mobiledoc") else 1):
            raise Refused(gettext("The text has %(count)s characters.") % {"count": f"{len(text(post, name)):,}"})
    for name, read in (("lexical", html_of_lexical), ("mobiledoc", html_of_mobiledoc)):
        kept, own = _parsed(text(post, name)), Tally()
        html = read(kept.get("root") if name == "lexical" else kept, own) if kept else ""
        if text_of_html(html) or "<img" in html:
            tally.update(own)
            return _at_home(joined(html))
    return _at_home(text(post, "html") or text(post, "markdown"))


def details_of(post: Record, site: Site) -> Details:
    """Return what is said beside the text."""
    notes: list[str] = []
    meta = site.metas.get(key_of(post.get("id")), {})
    is_published = _is_published(post, meta, notes)
    published_at = _published_at(post, notes) if is_published else None
    names = site.tags_named(post)
    for field in ("codeinjection_head", "codeinjection_foot"):
        site.ignored["code injection of a post"] += bool(text(post, field))
    return Details(
        summary=text_of_html(text(post, "custom_excerpt")),
        description=text_of_html(text(post, "meta_description") or text(meta, "meta_description")),
        slug=text(post, "slug"),
        authors=site.writers_of(post),
        topics=tuple((name,) for name in names[:1]),
        tags=tuple(names[1:]),
        published_at=published_at,
        is_published=is_published,
        revised_on=_revised_on(post, published_at),
        hero=_at_home(text(post, "feature_image") or text(post, "image")),
        hero_alt=text(post, "feature_image_alt") or text(meta, "feature_image_alt"),
        addresses=_addresses(post, notes),
        notes=tuple(notes),
    )


def title_of(post: Record) -> str:
    """Return the title, or what the address says in its place; Ghost calls what has none “(Untitled)”."""
    return " ".join(text(post, "title").split()) or text(post, "slug").replace("-", " ").strip().capitalize()


def hero_caption(post: Record, site: Site) -> str:
    """Return the caption of the picture above the post, which is HTML."""
    meta = site.metas.get(key_of(post.get("id")), {})
    return text(post, "feature_image_caption") or text(meta, "feature_image_caption")


def _parsed(written: str) -> dict[str, Any]:
    try:
        found = json.loads(written) if written else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _at_home(html: str) -> str:
    """Return `html` with addresses on the site as paths."""
    return html.replace(ADDRESS_MARK, "")


def _is_published(post: Record, meta: Record, notes: list[str]) -> bool:
    status = text(post, "status") or "published"
    visibility = text(post, "visibility") or "public"
    is_email = status == "sent" or bool(post.get("email_only") or meta.get("email_only"))
    if status == "scheduled":
        notes.append(
            gettext("It was scheduled for %(date)s there; here it is a draft.") % {"date": post.get("published_at")}
        )
    elif is_email:
        notes.append(gettext("It was sent by e-mail only, so it is a draft here."))
    if visibility != "public":
        notes.append(
            gettext("Only some readers could see it there (“%(who)s”), so it is a draft here.") % {"who": visibility}
        )
    return status == "published" and visibility == "public" and not is_email


def _published_at(post: Record, notes: list[str]) -> datetime | None:
    written = post.get("published_at")
    moment = moment_of(written)
    if moment is None:
        notes.append(gettext("Its date, “%(date)s”, is none.") % {"date": "" if written is None else written})
    elif moment > timezone.now():
        notes.append(gettext("Its date, %(date)s, lies in the future.") % {"date": moment.date().isoformat()})
        return None
    return moment


def moment_of(written: Any) -> datetime | None:
    """Return the moment that an export writes as ISO 8601 or, in the first versions, in milliseconds; in UTC."""
    try:
        if isinstance(written, int | float):
            moment = datetime.fromtimestamp(written / 1000, UTC)
        else:
            found = datetime.fromisoformat(str(written).strip())
            moment = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.year >= FIRST_YEAR else None


def _revised_on(post: Record, published_at: datetime | None) -> date | None:
    moment = moment_of(post.get("updated_at"))
    later = moment and published_at and moment.date() > published_at.date() and moment <= timezone.now()
    return moment.date() if moment and later else None


def _addresses(post: Record, notes: list[str]) -> tuple[str, ...]:
    """Return where readers found it. An address elsewhere, to which the post only pointed, is noted."""
    slug, canonical = text(post, "slug"), _at_home(text(post, "canonical_url"))
    found = [text(post, "url"), f"/{slug}/" if slug else ""]
    if slug and canonical.rstrip("/").endswith(f"/{slug}"):
        found.append(canonical)
    elif canonical:
        notes.append(gettext("Its original is said to be at %(address)s.") % {"address": canonical})
    return tuple(dict.fromkeys(each for each in found if each.startswith(("http://", "https://", "/"))))
