"""What an export says of a post beside its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from urllib.parse import unquote

from django.utils import timezone
from django.utils.translation import gettext

from articles.exchange.documents import Details, Writer
from articles.exchange.markers import Tally, text_of_html
from articles.exchange.wordpress.items import Item, Site
from articles.exchange.wordpress.media import Media

DESCRIPTIONS = (
    "_yoast_wpseo_metadesc",
    "rank_math_description",
    "_aioseo_description",
    "_aioseop_description",
    "_seopress_titles_desc",
    "_genesis_description",
    "advanced_seo_description",
)
VARIABLE = re.compile(r"%%?[a-z_]+%%?|#[a-z_]+", re.IGNORECASE)
"""What a plugin would fill in: a description that holds one is no text."""
PICTURE_ELSEWHERE = ("fifu_image_url", "_knawatfibu_url")
FIRST_YEAR = 1980
TAGS = {"post_tag", "tag"}
QUIET = {"post_format", "language", "post_translations", "yst_prominent_words"}
"""Terms that tell nothing about the subject."""


@dataclass
class _Told:
    notes: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        self.notes.append(sentence)


def details_of(item: Item, site: Site, media: Media, ignored: Tally, *, notes: Sequence[str] = ()) -> Details:
    """Return the details of a post or page; what is wrong with them is a note, `notes` come before."""
    told = _Told([*notes])
    is_published = _is_published(item, told)
    hero, hero_alt = _hero(item, media, told)
    published_at = _published_at(item, is_published, told)
    return Details(
        summary=text_of_html(item["excerpt:encoded"]),
        description=_description(item),
        slug=unquote(item["wp:post_name"]),
        authors=_authors(item, site),
        topics=_topics(item, site, ignored, told),
        tags=_tags(item, ignored),
        published_at=published_at,
        is_published=is_published,
        revised_on=_revised_on(item, published_at),
        hero=hero,
        hero_alt=hero_alt,
        addresses=_addresses(item),
        notes=tuple(told.notes),
    )


def foreign_id(item: Item, site: Site) -> str:
    """Return what identifies the item in every export of its site."""
    if item["guid"] or not item["wp:post_id"]:
        return item["guid"] or item["link"]
    # Without an address of the site, the number alone would be that of any site's article.
    return f"{site.address or item['wp:post_name']}/?p={item['wp:post_id']}"


def title_of(item: Item) -> str:
    """Return the title, or what the address says in its place."""
    return text_of_html(item["title"]) or unquote(item["wp:post_name"]).replace("-", " ").strip().capitalize()


def _is_published(item: Item, told: _Told) -> bool:
    status = item["wp:status"] or "publish"
    if item["wp:post_password"]:
        told.note(gettext("It was protected by a password there, so it is a draft here."))
    elif status == "private":
        told.note(gettext("It was private there, so it is a draft here."))
    elif status == "future":
        told.note(gettext("It was scheduled for %(date)s there; here it is a draft.") % {"date": item["wp:post_date"]})
    elif status not in ("publish", "draft", "pending"):
        told.note(gettext("Its status was “%(status)s” there, so it is a draft here.") % {"status": status})
    return status == "publish" and not item["wp:post_password"]


def _published_at(item: Item, is_published: bool, told: _Told) -> datetime | None:
    """Return when it was published; None for drafts, and for moments that never were or are still to come."""
    if not is_published:
        return None
    written = item["wp:post_date_gmt"], item["wp:post_date"]
    moment = moment_of(*written)
    if moment is None:
        told.note(gettext("Its date, “%(date)s”, is none.") % {"date": next((each for each in written if each), "")})
    elif moment > timezone.now():
        told.note(gettext("Its date, %(date)s, lies in the future.") % {"date": moment.date().isoformat()})
        return None
    return moment


def moment_of(gmt: str, local: str) -> datetime | None:
    """Return the moment that an export writes in UTC and in the time of its site, or None if neither is one.

    A local time alone is taken for one in this site's zone: of a time that the clocks leapt over, the moment after.
    """
    for written, zone in ((gmt, UTC), (local, timezone.get_default_timezone())):
        try:
            moment = datetime.fromisoformat(written.strip()).replace(tzinfo=zone).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
        if moment.year >= FIRST_YEAR:
            return moment
    return None


def _revised_on(item: Item, published_at: datetime | None) -> date | None:
    moment = moment_of(item["wp:post_modified_gmt"], item["wp:post_modified"])
    later = moment and published_at and moment.date() > published_at.date() and moment <= timezone.now()
    return moment.date() if moment and later else None


def _description(item: Item) -> str:
    texts = (text_of_html(item.meta(name)) for name in DESCRIPTIONS)
    return next((text for text in texts if text and not VARIABLE.search(text)), "")


def _authors(item: Item, site: Site) -> tuple[Writer, ...]:
    """Return who wrote it, by the names that readers see: several if a plugin for co-authors says so."""
    together = [term.name for term in item.terms if term.taxonomy == "author" and term.name]
    names = together or [item["dc:creator"]]
    shown = (text_of_html(site.writers.get(name) or name) for name in names)
    return tuple(Writer(name=name) for name in dict.fromkeys(shown) if name)


def _topics(item: Item, site: Site, ignored: Tally, told: _Told) -> tuple[tuple[str, ...], ...]:
    paths: dict[tuple[str, ...], None] = {}
    for term in item.terms:
        if term.taxonomy not in ("category", ""):
            continue
        if term.slug == "uncategorized" or term.name.lower() == "uncategorized":
            ignored["category “Uncategorized”"] += 1
            continue
        path, is_circle = site.path_to(term.slug, term.name)
        if is_circle:
            told.note(gettext("The categories above “%(name)s” form a circle, which was cut.") % {"name": term.name})
        paths[tuple(name for name in map(text_of_html, path) if name)] = None
    return tuple(path for path in paths if path)


def _tags(item: Item, ignored: Tally) -> tuple[str, ...]:
    for term in item.terms:
        if term.taxonomy not in TAGS | QUIET | {"category", "author", ""}:
            ignored[f"term of the taxonomy “{term.taxonomy}”"] += 1
    return tuple(dict.fromkeys(text_of_html(term.name) for term in item.terms if term.taxonomy in TAGS and term.name))


def _hero(item: Item, media: Media, told: _Told) -> tuple[str, str]:
    key = item.meta("_thumbnail_id")
    if key in media.attachments:
        return media.attachments[key].address, media.attachments[key].alt
    elsewhere = next((item.meta(name) for name in PICTURE_ELSEWHERE if item.meta(name)), "")
    if key.isdigit() and key != "0" and not elsewhere:
        told.note(gettext("Its picture (%(key)s) is not in the file.") % {"key": key})
    return elsewhere, ""


def _addresses(item: Item) -> tuple[str, ...]:
    """Return where readers found it, the latest address first."""
    found = [item["link"], item["guid"]]
    before, slug, behind = item["link"].rpartition(f"/{item['wp:post_name']}")
    if slug.strip("/"):
        found += [f"{before}/{old.strip()}{behind}" for old in item.metas.get("_wp_old_slug", ()) if old.strip()]
    return tuple(dict.fromkeys(address for address in found if address.startswith(("http://", "https://", "/"))))
