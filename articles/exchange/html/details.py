"""What a web page says of itself: its title, its authors, its dates, where it lies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from articles.exchange.documents import Details, Writer
from articles.exchange.html.pictures import absolute
from articles.exchange.html.runs import folded
from prose.words import words

MOST_TAGS = 30
MOST_AUTHORS = 20
LONGEST_NAME = 200
LONGEST_TEXT = 1_000
LONGEST_JSON = 500_000
MOST_VALUES = 5_000
ARTICLE = re.compile(r"Article$|^BlogPosting$|^MedicalWebPage$|^HealthTopicContent$|^WebPage$|^Report$|^HowTo$")
SEPARATOR = re.compile(r"\s+[|–—·•»:-]{1,2}\s+|\s*\|\s*|:\s+(?=MedlinePlus)")
META_AUTHORS = ("author", "article:author", "dc.creator")
SIGNED = "[rel~=author], [itemprop=author] [itemprop=name], .byline .fn, .author-name"
"""Where pages name who wrote them, if they do not say it for machines."""
PUBLISHED = "time[datetime][itemprop=datePublished], time.published[datetime], time[pubdate][datetime]"
NOT_A_NAME = re.compile(r"https?://|@|^\s*$")


class PageDetails:
    """The `meta`, `link` and JSON-LD of a page."""

    def __init__(self, tree: LexborHTMLParser, base: str = "") -> None:
        self._meta: dict[str, list[str]] = {}
        for meta in tree.css("meta"):
            attributes = meta.attributes
            name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
            content = folded(attributes.get("content") or "").strip()
            if name and content:
                self._meta.setdefault(name, []).append(content)
        canonical = tree.css_first("link[rel~=canonical]")
        href = (canonical.attributes.get("href") or "") if canonical is not None else ""
        self.address = next((each for each in (href, self._first("og:url"), base) if _is_absolute(each)), "")
        declared = tree.css_first("base[href]")
        self.base = absolute((declared.attributes.get("href") or "") if declared is not None else "", self.address)
        self.base = self.base if _is_absolute(self.base) else self.address
        self._article = next(_articles(tree), {})
        self._signed = [folded(each.text()).strip() for each in tree.css(SIGNED)[:MOST_AUTHORS]]
        timed = tree.css_first(PUBLISHED)
        if timed is not None:
            self._meta["time"] = [timed.attributes.get("datetime") or ""]
        titled = tree.css_first("head > title") or tree.css_first("title")
        self._title = folded(titled.text()).strip() if titled is not None else ""

    def title(self, headings: list[str]) -> str:
        """Return the title of the article, one of the main `headings` of the page if that fits what it says."""
        headline = _text(self._article.get("headline"))
        said = [text for text in (self._first("og:title"), headline, self._first("twitter:title"), self._title) if text]
        for heading in headings:
            own = [word.casefold() for word in words(heading)]
            if own and any(own == [word.casefold() for word in words(text)][: len(own)] for text in said):
                return heading
        if len(headings) == 1 or (headings and not said):
            return headings[0]
        return self._without_site(said[0]) if said else ""

    def details(self) -> Details:
        """Return what the page says of the article beside its text."""
        notes: list[str] = []
        published = self._date(notes, "datePublished", "article:published_time", "date", "dc.date", "time")
        revised = self._date(notes, "dateModified", "article:modified_time", "last-modified", "dcterms.modified")
        summary = self._first("og:description") or self._first("description") or _text(self._article.get("description"))
        description = self._first("description")
        section = self._first("article:section") or _text(self._article.get("articleSection"))
        return Details(
            summary=summary[:LONGEST_TEXT],
            description=description[:LONGEST_TEXT] if description != summary else "",
            authors=tuple(Writer(name=name) for name in self._authors()),
            topics=((section[:LONGEST_NAME],),) if section else (),
            tags=tuple(self._tags()),
            published_at=published,
            revised_on=_day(revised, published),
            hero=absolute(self._first("og:image") or _address(self._article.get("image")), self.base),
            hero_alt=self._first("og:image:alt"),
            addresses=(self.address,) if self.address else (),
            notes=tuple(notes),
        )

    def _first(self, name: str) -> str:
        return self._meta.get(name, [""])[0]

    def _without_site(self, title: str) -> str:
        """Return `title` without the name of the site, as it is said or as it stands behind the last separator."""
        site = self._first("og:site_name").casefold()
        ends = [found for found in SEPARATOR.finditer(title) if len(words(title[: found.start()])) > 1]
        for end in ends:
            if site and title[end.end() :].casefold() == site:
                return title[: end.start()]
        return title[: ends[-1].start()] if ends and not site else title

    def _authors(self) -> list[str]:
        written = self._article.get("author") or self._article.get("creator")
        names = [_text(each) for each in (written if isinstance(written, list) else [written])]
        if not any(names):
            names = self._signed or [name for key in META_AUTHORS for name in self._meta.get(key, [])]
        kept = (name for name in names if not NOT_A_NAME.search(name) and len(name) <= LONGEST_NAME)
        return list(dict.fromkeys(kept))[:MOST_AUTHORS]

    def _tags(self) -> list[str]:
        keywords = self._article.get("keywords")
        written = [*self._meta.get("article:tag", [])]
        written += [_text(each) for each in keywords] if isinstance(keywords, list) else _text(keywords).split(",")
        for text in self._meta.get("keywords", []) + self._meta.get("news_keywords", []):
            written += re.split(r"[,;]", text)
        tags = (tag.strip() for tag in written)
        return list(dict.fromkeys(tag for tag in tags if 0 < len(tag) <= LONGEST_NAME))[:MOST_TAGS]

    def _date(self, notes: list[str], of_article: str, *names: str) -> datetime | None:
        for text in [_text(self._article.get(of_article)), *(self._first(name) for name in names)]:
            if not text:
                continue
            try:
                found = datetime.fromisoformat(text)
                return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
            except (ValueError, OverflowError):
                notes.append(f"The page gives a date that is none: “{text[:60]}”.")
        return None


def _articles(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Yield what JSON-LD says of articles, those that say who wrote them first."""
    found: list[dict[str, Any]] = []
    for script in tree.css('script[type="application/ld+json"]')[:20]:
        text = script.text()
        try:
            queue: list[Any] = [json.loads(text)] if len(text) <= LONGEST_JSON else []
        except (ValueError, RecursionError):
            continue
        for value in queue:
            if len(queue) > MOST_VALUES:
                break
            if isinstance(value, list):
                queue += value
            elif isinstance(value, dict):
                types = value.get("@type")
                if any(ARTICLE.search(str(each)) for each in (types if isinstance(types, list) else [types])):
                    found.append(value)
                queue += [inner for inner in value.values() if isinstance(inner, dict | list)]
    yield from sorted(found, key=lambda article: ("author" not in article, "headline" not in article))


def _text(value: Any) -> str:
    """Return what a JSON-LD value says in words: itself, or its name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("headline")
    return folded(value).strip() if isinstance(value, str) else ""


def _address(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("url")
    return value.strip() if isinstance(value, str) else ""


def _day(revised: datetime | None, published: datetime | None) -> date | None:
    return revised.date() if revised and (published is None or revised.date() > published.date()) else None


def _is_absolute(address: str) -> bool:
    return address.startswith(("https://", "http://"))
