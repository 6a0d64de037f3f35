"""Lines without a word: rules, rows of stars, emoji."""

from articles.exchange.findings import Outside
from articles.exchange.passage import Passage

ORDER = 20


def recognize(passage: Passage) -> tuple[Outside, ...]:
    """Recognize a line without letters and digits."""
    line = passage.line
    if not line.wordless:
        return ()
    return (Outside(kind="ornament", first=line.number, last=line.number, text=line.text),)
