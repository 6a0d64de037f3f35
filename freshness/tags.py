"""Names of what a page shows: what it depends on while it is made, and what a change says of itself."""

SITE = "site"
"""What stands on every page: name, menu, footer, and what the site's settings say."""

ARTICLES = "articles"
"""Which articles there are, in their order."""

TOPICS = "topics"
"""Which topics there are, and how many articles each has."""


def page(key: int) -> str:
    """Return the tag of all that a page tells of itself: title, address, summary, picture, content."""
    return f"page:{key}"


def listing(key: int) -> str:
    """Return the tag of which articles belong to the topic or the author with this key."""
    return f"listing:{key}"


def picture(key: int) -> str:
    """Return the tag of a picture: its sizes, description and credit."""
    return f"picture:{key}"


def rating(article: int) -> str:
    """Return the tag of the rating line of an article, wherever it stands."""
    return f"rating:{article}"


def responses(article: int) -> str:
    """Return the tag of everything that readers wrote below an article."""
    return f"responses:{article}"
