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
    "embed": {"embedtype", "id"},
}
CITATION = re.compile(r'<embed embedtype="source" id="(?P<key>[0-9]{1,18})"/>', re.ASCII)
"""A citation, as it is stored: a place where the source with this key is cited."""
SAFE_LINK = re.compile(r"(?:https?://[^\s/\\]|mailto:[^\s]|tel:[+\d]|#|/(?![/\\]))", re.IGNORECASE)
"""How an address that we link to may begin. `//host` and `/\\host` leave the site, so they are none."""
LINKS_AND_EMBEDS = re.compile(r'<(?P<name>a|/a|embed)(?P<attributes>(?: [\w-]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


class TextTooLong(ValueError):
    """A rich text is longer than `MAX_LENGTH`."""


def clean_rich_text(source: str) -> str:
    """Return `source` (HTML as Wagtail's editor stores it) with only the tags, attributes and links that we allow.

    Text is never lost: a forbidden tag goes and its text stays, except the content of script and style. Of embeds only
    citations stay. Raises TextTooLong before any parsing if the source is longer than `MAX_LENGTH` characters.
    """
    if len(source) > MAX_LENGTH:
        raise TextTooLong(f"A text has {len(source):,} characters of HTML; {MAX_LENGTH:,} are allowed.")
    clean = nh3.clean(
        source,
        tags=TAGS | {"embed"},
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return _only_citations(clean) if "<embed" in clean else clean


def plain_text(source: str) -> str:
    """Return the text of a clean rich text, one line a paragraph or list item.

    nh3 reads what breaks the standard library's parser (and so Django's `strip_tags`), and the source has been cleaned
    before, so that this is cheap enough for indexing and counting words.
    """
    with_lines = re.sub(r"</(?:p|li|ul|ol)>|<br\s*/?>", "\n", source)
    text = html.unescape(nh3.clean(with_lines, tags=set()))
    return "\n".join(line for line in (part.strip() for part in text.split("\n")) if line)


def _only_citations(clean: str) -> str:
    """Return `clean` with every citation as `CITATION` says it, behind the link if it stood in one, and no other embed.

    A citation becomes a link itself, and links hold no links.
    """
    written: list[str] = []
    behind_link: list[str] | None = None
    end = 0
    for tag in LINKS_AND_EMBEDS.finditer(clean):
        written.append(clean[end : tag.start()])
        end = tag.end()
        if tag["name"] == "embed":
            attributes = dict(ATTRIBUTE.findall(tag["attributes"]))
            if attributes.get("embedtype") == "source" and KEY.fullmatch(attributes.get("id", "")):
                citation = f'<embed embedtype="source" id="{int(attributes["id"])}"/>'
                (written if behind_link is None else behind_link).append(citation)
        elif tag["name"] == "a":
            behind_link = []
            written.append(tag[0])
        else:
            written += [tag[0], *(behind_link or [])]
            behind_link = None
    return "".join(written) + clean[end:]


def _keep_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href" and not SAFE_LINK.match(value):
        return None
    return value
