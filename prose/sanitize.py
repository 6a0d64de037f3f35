"""Cleaning rich text before it is stored.

Wagtail cleans rich text in its editor's form only: whatever an import, an API, a migration or a fixture writes reaches
the page as it is. So the field and the block of this package clean on the way into the database, whoever saves.
"""

import html
import re

import nh3

MAX_LENGTH = 50_000
"""Characters of HTML in one rich text. The cap comes first: nh3 is quadratic on nested lists (97 s at 800,000)."""

TAGS = {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "sub", "sup", "ul"}
"""Headings, pictures and rules are none of them: those are blocks."""
ATTRIBUTES: dict[str, set[str]] = {
    # nh3 would allow `title` and `lang` everywhere.
    "*": set(),
    # `linktype` and `id` are how Wagtail's editor stores a link to a page or a document.
    "a": {"href", "linktype", "id"},
    **{tag: {"data-block-key"} for tag in ("li", "p")},
}
SAFE_LINK = re.compile(r"(?:https?://[^\s/\\]|mailto:[^\s]|tel:[+\d]|#|/(?![/\\]))", re.IGNORECASE)
"""How an address that we link to may begin. `//host` and `/\\host` leave the site, so they are none."""


class TextTooLong(ValueError):
    """A rich text is longer than `MAX_LENGTH`."""


def clean_rich_text(source: str) -> str:
    """Return `source` (HTML as Wagtail's editor stores it) with only the tags, attributes and links that we allow.

    Text is never lost: a forbidden tag goes and its text stays, except the content of script and style. Raises
    TextTooLong before any parsing if the source is longer than `MAX_LENGTH` characters.
    """
    if len(source) > MAX_LENGTH:
        raise TextTooLong(f"A text has {len(source):,} characters of HTML; {MAX_LENGTH:,} are allowed.")
    return nh3.clean(
        source,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )


def plain_text(source: str) -> str:
    """Return the text of a clean rich text, one line a paragraph or list item.

    nh3 reads what breaks the standard library's parser (and so Django's `strip_tags`), and the source has been cleaned
    before, so that this is cheap enough for indexing and counting words.
    """
    with_lines = re.sub(r"</(?:p|li|ul|ol)>|<br\s*/?>", "\n", source)
    text = html.unescape(nh3.clean(with_lines, tags=set()))
    return "\n".join(line for line in (part.strip() for part in text.split("\n")) if line)


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href" and not SAFE_LINK.match(value):
        return None
    return value
