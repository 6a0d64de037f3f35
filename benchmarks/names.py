"""What is measured under the same name here and at the peers, and how often."""

INSERTS = 50
"""So many comments are sent one after the other; the median counts."""

AUTOCOMMIT = "votes of many readers"
TRANSACTION = "votes of many readers, in transactions"
DOUBLE_CLICK = "votes of one reader, many at once"


def page_names(count: int) -> list[tuple[str, str]]:
    """Return names and units of what a page with `count` comments takes: queries, size, time."""
    page = f"page with {count:,} comments"
    return [(f"{page}, queries", ""), (f"{page}, HTML", "kB"), (f"{page}, time", "ms")]


def comment_name(count: int) -> str:
    """Return the name of what a comment costs where there are `count` already."""
    return f"comment no. {count + 1:,}"


def vote_names(mode: str) -> list[tuple[str, str]]:
    """Return names and units of a race of votes: wrong aggregates, errors, votes a second."""
    return [(f"{mode}: wrong aggregates", "%"), (f"{mode}: errors", "%"), (f"{mode}: votes a second", "/s")]
