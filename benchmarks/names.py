"""What is measured under the same name here and at the peers, and how often."""

INSERTS = 50
"""So many comments are sent one after the other; the median counts."""

AUTOCOMMIT = "votes of many readers"
TRANSACTION = "votes of many readers, in transactions"
DOUBLE_CLICK = "votes of one reader, many at once"

WEB_SERVER = "kept page through nginx"
APP = "kept page from the app alone"
APP_UNCOMPRESSED = "kept page from the app alone, uncompressed"
NGINX_FILE = "nginx, the same bytes as a plain file"
NGINX_HEADERS = "nginx, the same bytes and headers as a plain file"
NGINX_UNCOMPRESSED = "nginx, the same page as an uncompressed file"
BARE = "a bare WSGI function with the same bytes"
TRIVIAL = "a Django view that does nothing"

DROPPED = "page whose file was dropped for a vote"
FIRST = "first page after publishing"
UNDISCUSSED = "the same with no comment"
QUERIES = ", queries"

HTML = "HTML of the richest article with 50 comments"
STYLES = "style sheets of the same"
SCRIPTS = "scripts of the same"

PROPORTIONAL = "memory of its own and its part of what is shared"
RESIDENT = "memory with all that is shared"

IMPORTED = "articles imported from an export of WordPress"
AGAIN = "the same imported again"
NOT_IMPORTED = "articles of the export that did not come in"
IMPORT_MEMORY = "the most memory that the import held"

VOTES = "votes through the server"
WRONG = ": wrong aggregates"
CPU = ", cost of one"

FRESH = "from publishing to the last page that is fresh"
SITE_FRESH = "from renaming the site to the last page that is fresh"

STAMPEDE = "renders for 500 clients who want the same page that is not kept"


def first_page(comments: int) -> str:
    """Return the name of what an article's page costs right after publishing, under which there are `comments`."""
    return f"{FIRST}, {comments:,} comments"


def posted(comments: int) -> str:
    """Return the name of how many comments are stored under an article that has so many."""
    return f"comments posted where there are {comments:,}"


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
