"""Which articles of a list an address asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from string import ascii_lowercase
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from articles.paging import NUMBER, no_such_page
from prose.stems import folded

if TYPE_CHECKING:
    from articles.models.article_queries import ArticleQuerySet

Letters = dict[str, dict[str, int]]
"""Letters in the order of an A–Z, each with the first characters of titles under it, and how many titles begin so."""

SIGNS = "#"
"""Stands for every first character that is no letter."""


class FirstCharacter(models.Func):
    """The first character of a text. Written out, where Django's `Left` passes numbers: an index knows only itself."""

    template = "SUBSTR(%(expressions)s, 1, 1)"
    output_field = models.CharField()


class Sort(models.TextChoices):
    """The orders that a list of articles can have."""

    NEWEST = "newest", _("Newest first")
    TITLE = "title", _("By title")


class Part(models.TextChoices):
    """What somebody did for the articles of a list."""

    WRITTEN = "written", _("Articles written")
    REVIEWED = "reviewed", _("Articles reviewed")
    SUPPORTED = "supported", _("Also worked on")


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which articles of a list are asked for. The address says it, and nothing else does."""

    topic: str = ""
    """The id of a topic, or "" for all topics."""
    letter: str = ""
    """What titles begin with (see `letter_of`), or "" for all of them."""
    sort: str = ""
    """One of Sort, or "" for the order that suits the rest."""
    part: str = ""
    """One of Part, or "" for what was written."""
    page: str = ""
    """The number of a page, or "" for the first."""

    @classmethod
    def read(cls, query: QueryDict, names: Iterable[str] = ()) -> Selection:
        """Return what the parameters `names` and `page` ask for, in the shortest form.

        Raises Http404 for a value that no list knows, for a parameter that is given twice, and for one that only other
        lists take. Parameters of somebody else are ignored.
        """
        given = {field.name: query.getlist(field.name) for field in fields(cls) if field.name in query}
        if any(len(values) > 1 for values in given.values()) or not given.keys() <= {*names, "page"}:
            raise no_such_page()
        found = cls(**{name: value for name, (value,) in given.items()})
        known = (
            not found.topic or NUMBER.fullmatch(found.topic),
            not found.letter or letter_of(found.letter) == found.letter,
            not found.sort or found.sort in Sort.values,
            not found.part or found.part in Part.values,
            not found.page or NUMBER.fullmatch(found.page),
        )
        if not all(known):
            raise no_such_page()
        return found._shortened()

    @property
    def order(self) -> Sort:
        """The order of the list: the newest first, but what begins with a letter by title."""
        return Sort(self.sort or (Sort.TITLE if self.letter else Sort.NEWEST))

    @property
    def shown_part(self) -> Part:
        """The part that is asked for."""
        return Part(self.part or Part.WRITTEN)

    @property
    def is_newest_first(self) -> bool:
        """Whether later pages hold older articles."""
        return self.order == Sort.NEWEST

    @property
    def is_filtered(self) -> bool:
        """Whether this is a view of a list that stands elsewhere in full: nothing for a search engine to keep."""
        return bool(self.topic or self.letter or self.sort)

    @property
    def query(self) -> str:
        """The parameters that ask for this, without a question mark; "" for what a page shows anyway."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def address(self) -> str:
        """The address of this, relative to the page that shows it."""
        return f"?{self.query}" if self.query else "./"

    def but(self, **values: str) -> Selection:
        """Return the first page of the same with other `values`."""
        return replace(self, **{"page": ""} | values)._shortened()

    def of(self, articles: ArticleQuerySet, letters: Letters) -> ArticleQuerySet:
        """Return those of `articles` whose letter is asked for, sorted. `letters` are those of all of them.

        Raises Http404 for a letter that is none of them, unless a topic was chosen: the form that chooses one keeps the
        letter, under which the topic may have nothing.
        """
        if self.letter and self.letter not in letters and not self.topic:
            raise no_such_page()
        if self.letter:
            firsts = list(letters.get(self.letter, ()))
            articles = articles.alias(first=FirstCharacter("title")).filter(first__in=firsts)
        return articles.order_by(Lower("title"), "pk") if self.order == Sort.TITLE else articles.newest_first()

    def number(self, letters: Letters) -> int:
        """Return how many articles that are, by the `letters` of all of them."""
        chosen = [letters.get(self.letter, {})] if self.letter else letters.values()
        return sum(sum(firsts.values()) for firsts in chosen)

    def _shortened(self) -> Selection:
        """Return the same without what goes without saying, so that one list has one address."""
        sort = "" if self.sort == replace(self, sort="").order else self.sort
        part = "" if self.part == Part.WRITTEN else self.part
        return replace(self, sort=sort, part=part, page="" if self.page == "1" else self.page)


def letter_of(title: str) -> str:
    """Return under which letter of an A–Z `title` stands, without case and accents; `SIGNS` for what is no letter."""
    # Twice: what compatibility forms come to may have a case of its own.
    first = folded(folded(title[:1]))[:1]
    return first if first.isalpha() else SIGNS


def letters_of(articles: ArticleQuerySet) -> Letters:
    """Return the letters of the A–Z of `articles`.

    A list of Latin titles has all letters from a to z, also those that no title begins with. One query, which returns
    a row for each first character, however many articles there are: which characters are one letter is for us to say.
    """
    firsts = articles.order_by().values_list(FirstCharacter("title")).annotate(number=models.Count("pk"))
    found: Letters = {}
    for first, number in sorted(firsts):
        found.setdefault(letter_of(first), {})[first] = number
    latin = ascii_lowercase if set(found) & set(ascii_lowercase) else ""
    names = sorted({*latin, *found}, key=lambda letter: (letter == SIGNS, letter))
    return {name: found.get(name, {}) for name in names}
