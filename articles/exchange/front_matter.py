"""What stands above the text of a Markdown file between `---` (YAML) or `+++` (TOML): Hugo, Jekyll, Obsidian, ours."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import yaml
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from articles.exchange.documents import Details, Removed, Writer
from articles.exchange.findings import RatingTotal
from articles.exchange.source import Refused

LONGEST = 32_000
"""Characters of front matter; the longest ones seen have a fiftieth of it."""
LONGEST_TOML = 8_000
"""A key of TOML with thousands of dots takes the square of them in memory."""
MOST_BRACKETS = 500
"""A parser of YAML looks at all that are open with each word."""
YEARS = range(1900, 2201)

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FENCED = re.compile(
    r"\A(?P<fence>---|\+\+\+)[ \t]*\n(?P<inner>.*?)(?<=\n)(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
SIMPLE = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}):[ \t]+(?P<value>\S.*)")
NOTHING = frozenset({"", "~", "null", "none", "nil"})
TRUE, FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})

TITLE = ("title",)
SLUG = ("slug",)
SUMMARY = ("summary", "excerpt", "subtitle", "lead", "description", "desc")
DESCRIPTION = ("search_description", "seo_description", "meta_description", "description")
PUBLISHED_AT = (
    "date",
    "publish_date",
    "publishdate",
    "published_at",
    "published_on",
    "published",
    "pubdate",
    "created",
)
REVISED_ON = ("lastmod", "updated", "updated_at", "updated_on", "modified", "last_modified_at", "revised_on", "revised")
AUTHORS = ("authors", "author", "by")
TAGS = ("tags", "tag", "keywords")
TOPICS = ("topics", "topic", "categories", "category")
HERO = ("hero", "image", "cover", "cover_image", "featured_image", "feature_image", "banner", "thumbnail", "images")
HERO_ALT = ("hero_alt", "image_alt", "cover_alt", "cover_image_alt", "featured_image_alt", "feature_image_alt")
ADDRESSES = ("addresses", "aliases", "redirect_from", "permalink", "url", "canonical_url", "canonical")
STATES = ("draft", "published", "status", "publish")
ID, RATING = "id", "rating"
KNOWN = frozenset(
    {ID, RATING, *TITLE, *SLUG, *SUMMARY, *DESCRIPTION, *PUBLISHED_AT, *REVISED_ON, *AUTHORS, *TAGS, *TOPICS, *HERO}
    | {*HERO_ALT, *ADDRESSES, *STATES}
)


@dataclass(frozen=True, kw_only=True)
class FrontMatter:
    """What front matter says, and what of it does not come along."""

    title: str = ""
    key: str = ""
    """What identifies the article for good, if it is a UUID: other ids are known to their own site alone."""
    rating: RatingTotal | None = None
    details: Details = field(default_factory=Details)
    removed: tuple[Removed, ...] = ()


def split(text: str) -> tuple[FrontMatter, str]:
    """Return what the front matter of `text` says, and the text below it; all of `text` if it has none.

    Raises Refused for front matter that is far too long, or made of aliases that multiply. Other mistakes in it are
    among the notes of its details.
    """
    fenced = FENCED.match(text)
    if fenced is None:
        return FrontMatter(), text
    inner = fenced["inner"]
    most = LONGEST_TOML if fenced["fence"] == "+++" else LONGEST
    if len(inner) > most:
        raise Refused(f"The front matter has {len(inner):,} characters; {most:,} are allowed.")
    brackets = inner.count("[") + inner.count("{")
    if brackets > MOST_BRACKETS:
        raise Refused(f"The front matter has {brackets:,} brackets; {MOST_BRACKETS:,} are allowed.")
    problem = ""
    try:
        fields = tomllib.loads(inner) if fenced["fence"] == "+++" else _yaml(inner)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        problem = f"The front matter cannot be read as a whole{_where(error)}: only its simple lines were."
        fields = {found["key"]: found["value"].strip("\"'") for found in map(SIMPLE.match, inner.split("\n")) if found}
    if not isinstance(fields, dict) or not fields:
        # Two rules with text between them, or nothing.
        return FrontMatter(), text if inner.strip() else text[fenced.end() :]
    return _Reading(fields, problem).front_matter(), text[fenced.end() :]


class _AllText(yaml.SafeLoader):
    """Reads every plain value as text: what is a date or a truth is decided by what it is for."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def _yaml(text: str) -> Any:
    for token in yaml.scan(text, Loader=_AllText):
        if isinstance(token, yaml.AliasToken):
            raise Refused(f"The front matter repeats itself by an alias (line {token.start_mark.line + 2}).")
    return yaml.load(text, Loader=_AllText)  # noqa: S506  # it is a SafeLoader


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" (line {mark.line + 2})" if mark else ""


class _Reading:
    """The fields of front matter, read one by one; what is wrong with them is noted."""

    def __init__(self, fields: dict[Any, Any], problem: str) -> None:
        self.fields = {re.sub(r"[\s-]+", "_", str(key).strip().lower()): value for key, value in fields.items()}
        self.notes = [problem] if problem else []

    def front_matter(self) -> FrontMatter:
        hero, alt = self.hero()
        rating = self.rating()
        details = Details(
            summary=self.text(SUMMARY),
            description=self.text(DESCRIPTION),
            slug=self.text(SLUG).strip("/").rpartition("/")[2],
            authors=tuple(self.writers()),
            topics=tuple(tuple(filter(None, map(str.strip, each.split("/")))) for each in self.texts(TOPICS)),
            tags=tuple(each.lstrip("#") for each in self.texts(TAGS)),
            published_at=self.moment(PUBLISHED_AT),
            is_published=self.is_published(),
            revised_on=revised.date() if (revised := self.moment(REVISED_ON)) else None,
            hero=hero,
            hero_alt=self.text(HERO_ALT) or alt,
            addresses=tuple(dict.fromkeys(self.addresses())),
            notes=tuple(self.notes),
        )
        removed = tuple(Removed(what=f"front matter “{name[:100]}”") for name in self.fields if name not in KNOWN)
        key = self.one(ID)
        return FrontMatter(
            title=self.text(TITLE),
            key=key if UUID.fullmatch(key) else "",
            rating=rating,
            details=details,
            removed=removed,
        )

    def text(self, names: tuple[str, ...]) -> str:
        """Return the first of the fields `names` that says something."""
        return next((found for name in names if (found := self.one(name))), "")

    def one(self, name: str) -> str:
        value = self.fields.get(name)
        if isinstance(value, dict | list):
            self.note(name, "it is no single text")
            return ""
        return _text(value)

    def texts(self, names: tuple[str, ...]) -> list[str]:
        """Return what a list says, or a text with commas; the first of `names` that says something."""
        for name in names:
            value = self.fields.get(name)
            values = value if isinstance(value, list) else _text(value).split(",")
            if any(isinstance(each, dict | list) for each in values) or isinstance(value, dict):
                self.note(name, "it is no list of texts")
            if found := [text for each in values if not isinstance(each, dict | list) and (text := _text(each))]:
                return found
        return []

    def writers(self) -> list[Writer]:
        for name in AUTHORS:
            value = self.fields.get(name)
            found = []
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict):
                    writer = Writer(name=_text(each.get("name")), biography=_text(each.get("bio")))
                else:
                    writer = Writer(name="" if isinstance(each, list) else _text(each))
                if writer.name:
                    found.append(writer)
            if found:
                return found
        return []

    def moment(self, names: tuple[str, ...]) -> datetime | None:
        """Return the first of the moments `names`, in the time zone of the site if it names none."""
        for name in names:
            text = self.one(name)
            if not text or text.lower() in TRUE | FALSE:
                continue
            if (found := _moment(text)) is not None:
                return found
            self.note(name, f"“{text[:50]}” is no date")
        return None

    def is_published(self) -> bool | None:
        for name in STATES:
            word = self.one(name).lower()
            if word in TRUE | FALSE:
                return (word in TRUE) != (name == "draft")
            if name == "status" and word:
                return word in ("publish", "published", "live", "public")
        return None

    def hero(self) -> tuple[str, str]:
        """Return the address of the picture above the article, and what it shows."""
        for name in HERO:
            value = self.fields.get(name)
            value = value[0] if isinstance(value, list) and value else value
            if isinstance(value, dict):
                address = next(
                    (found for key in ("src", "url", "path", "image") if (found := _text(value.get(key)))), ""
                )
                return address, _text(value.get("alt"))
            if isinstance(value, list):
                continue
            if address := _text(value).removeprefix("![[").removeprefix("[[").removesuffix("]]"):
                return address, ""
        return "", ""

    def rating(self) -> RatingTotal | None:
        value = self.fields.get(RATING)
        if not isinstance(value, dict):
            return None
        try:
            return RatingTotal(mean=Decimal(_text(value["mean"])), count=int(_text(value["count"])))
        except (KeyError, ValueError, ArithmeticError):
            self.note(RATING, "it is no mean of 0 to 5 with a count")
            return None

    def addresses(self) -> list[str]:
        found = []
        for name in ADDRESSES:
            for each in self.texts((name,)):
                if each.startswith(("/", "http://", "https://")) and not re.search(
                    r"[\s:]", each.partition("://")[2] or each
                ):
                    found.append(each)
                elif name != "aliases":
                    self.note(name, f"“{each[:50]}” is no address")
        return found

    def note(self, name: str, why: str) -> None:
        sentence = f"The front matter’s “{name}” was left out: {why}."
        if sentence not in self.notes:
            self.notes.append(sentence)


def _text(value: Any) -> str:
    """Return a value of YAML or TOML as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.isoformat() if isinstance(value, date | time) else str(value).strip()
    return "" if text.lower() in NOTHING else text


def _moment(text: str) -> datetime | None:
    try:
        day = parse_date(text)
        moment = datetime.combine(day, time()) if day else parse_datetime(text)
    except ValueError:
        return None
    if moment is None or moment.year not in YEARS:
        return None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
