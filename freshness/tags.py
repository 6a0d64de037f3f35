"""Names of what a page shows: what it depends on while it is made, and what a change says of itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

SITE = "site"
"""What stands on every page: name, menu, footer, and what is decided for the whole site."""

ARTICLES = "articles"
"""Which articles there are, in their order."""

TOPICS = "topics"
"""Which topics there are, in their tree."""

AUTHORS = "authors"
"""Which authors there are, by name."""

RATINGS = "ratings"
"""The ratings of all articles, from which a ranking follows."""


def page(key: int) -> str:
    """Return the tag of all that a page tells of itself: title, address, summary, picture, content."""
    return f"page:{key}"


def link(key: int) -> str:
    """Return the tag of what a link to a page shows: its title, its address, and whether anybody may follow it."""
    return f"link:{key}"


def listing(key: int) -> str:
    """Return the tag of which articles, and which people, belong to the topic or the author with this key."""
    return f"listing:{key}"


def by_topic(key: int) -> str:
    """Return the tag of which articles share the topic with this key: what related articles are chosen from."""
    return f"by-topic:{key}"


def by_tag(key: int) -> str:
    """Return the tag of which articles share the (editors') tag with this key, and of its name."""
    return f"by-tag:{key}"


def card(key: int) -> str:
    """Return the tag of the social card of a page."""
    return f"card:{key}"


def document(key: int) -> str:
    """Return the tag of the address of a document."""
    return f"document:{key}"


def picture(key: int) -> str:
    """Return the tag of a picture: its sizes, description and credit."""
    return f"picture:{key}"


def source(key: int) -> str:
    """Return the tag of what readers are told of a source that articles cite."""
    return f"source:{key}"


def rating(article: int) -> str:
    """Return the tag of the rating line of an article, wherever it stands."""
    return f"rating:{article}"


def comments(article: int) -> str:
    """Return the tag of how many comments an article shows, wherever the number stands."""
    return f"comments:{article}"


def responses(article: int) -> str:
    """Return the tag of everything that readers wrote below an article."""
    return f"responses:{article}"


UNTIL = "until:"
"""What the tags of `until` begin with."""


def until(moment: datetime) -> str:
    """Return the tag of what is shown until `moment`: time alone changes it, and nobody has to say so.

    Of two such tags the later one is the greater text.
    """
    whole = moment.astimezone(UTC) + timedelta(microseconds=999_999)
    return f"{UNTIL}{whole:%Y-%m-%dT%H:%M:%S}"


def until_day(day: date) -> str:
    """Return the tag of what is shown until `day` begins by the site's clock."""
    return until(timezone.make_aware(datetime.combine(day, time.min)))
