"""The line under the title that says what the article is about."""

from articles.exchange.findings import Outside
from articles.exchange.outside import metadata
from articles.exchange.passage import Passage
from articles.exchange.titles import SENTENCE_BREAK

ORDER = 70

LONGEST_SUBTITLE = 250
FARTHEST = 5


def recognize(passage: Passage) -> tuple[Outside, ...]:
    """Recognize a single sentence directly below the title, or a heading that ends as one, if byline or date come next.

    Without these, it is the first paragraph (or the first heading) of the body.
    """
    line = passage.line
    if not passage.in_front or not _stands_below_title(passage) or line.item:
        return ()
    says_more = SENTENCE_BREAK.search(line.text) or (line.heading_level and line.text.endswith("."))
    if len(line.text) > LONGEST_SUBTITLE or bool(line.heading_level) != bool(says_more):
        return ()
    following = passage.following
    statements = metadata.recognize(following) if following else ()
    if all(statement.kind == "navigation" for statement in statements):
        return ()
    return (Outside(kind="subtitle", first=line.number, last=line.number, text=line.text),)


def _stands_below_title(passage: Passage) -> bool:
    title = passage.title
    if title is None or passage.position - title > FARTHEST:
        return False
    return all(between.blank for between in passage.lines[title + 1 : passage.position])
