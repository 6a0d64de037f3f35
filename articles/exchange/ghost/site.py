"""What the tables beside the posts say: who wrote them, and under which tags they stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles.exchange.documents import Writer
from articles.exchange.ghost.tables import Interrupted, Record, records_of
from articles.exchange.markers import Tally

POSTS = frozenset(
    (
        *("id", "uuid", "title", "slug", "lexical", "mobiledoc", "html", "markdown", "custom_excerpt"),
        *("feature_image", "image", "feature_image_alt", "feature_image_caption", "meta_description"),
        *("status", "visibility", "email_only", "published_at", "updated_at", "canonical_url", "url"),
        *("authors", "author_id", "tags", "codeinjection_head", "codeinjection_foot"),
    )
)
BESIDE = {
    "users": frozenset(("id", "name", "bio")),
    "tags": frozenset(("id", "name", "visibility")),
    "posts_authors": frozenset(("post_id", "author_id", "sort_order")),
    "posts_tags": frozenset(("post_id", "tag_id", "sort_order")),
    "posts_meta": frozenset(
        ("post_id", "meta_description", "feature_image_alt", "feature_image_caption", "email_only")
    ),
}
"""The fields that are read; e-mail addresses, passwords and keys are none of them."""


@dataclass
class Site:
    """The records beside the posts, by id; what belongs to a post by the post's id, in its order."""

    writers: dict[str, Writer] = field(default_factory=dict)
    tags: dict[str, Record] = field(default_factory=dict)
    metas: dict[str, Record] = field(default_factory=dict)
    authors_of: defaultdict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    tags_of: defaultdict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    ignored: Tally = field(default_factory=Tally)

    def writers_of(self, post: Record) -> tuple[Writer, ...]:
        """Return who wrote `post`, in their order."""
        if isinstance(post.get("authors"), list):
            found = [writer_of(each) for each in post["authors"] if isinstance(each, dict)]
        else:
            keys = _in_order(self.authors_of.get(key_of(post.get("id")))) or [key_of(post.get("author_id"))]
            found = [self.writers[key] for key in keys if key in self.writers]
        return tuple(dict.fromkeys(writer for writer in found if writer.name))

    def tags_named(self, post: Record) -> list[str]:
        """Return the names of the tags of `post`, its primary one first, without those that readers do not see."""
        if isinstance(post.get("tags"), list):
            found = [each for each in post["tags"] if isinstance(each, dict)]
        else:
            keys = _in_order(self.tags_of.get(key_of(post.get("id"))))
            found = [self.tags[key] for key in keys if key in self.tags]
        shown = [text(each, "name") for each in found if not is_internal(each)]
        self.ignored["internal tag"] += len(found) - len(shown)
        return [name for name in dict.fromkeys(shown) if name]


def site_of(path: Path) -> Site:
    """Read the tables beside the posts; where the file breaks off, what came before."""
    site = Site()
    try:
        for table, record in records_of(path, BESIDE):
            if record is None:
                site.ignored[table] += table != "posts"
            else:
                _remember(site, table, record)
    except Interrupted:
        pass  # The reading of the posts says so.
    site.ignored["users: account"] += len(site.writers)
    return site


def writer_of(user: Record) -> Writer:
    """Return a user as readers know them."""
    return Writer(name=" ".join(text(user, "name").split()), biography=text(user, "bio"))


def is_internal(tag: Record) -> bool:
    """Return whether readers do not see the tag."""
    return tag.get("visibility") == "internal" or text(tag, "name").startswith("#")


def text(record: Record, name: str) -> str:
    """Return a field that is a text, stripped; nothing if it is none."""
    value = record.get(name)
    return value.strip() if isinstance(value, str) else ""


def key_of(value: Any) -> str:
    """Return an id, which was a number in the first versions, as text."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _remember(site: Site, table: str, record: Record) -> None:
    key, post = key_of(record.get("id")), key_of(record.get("post_id"))
    order = record.get("sort_order")
    place = order if isinstance(order, int) else 0
    match table:
        case "users":
            site.writers[key] = writer_of(record)
        case "tags":
            site.tags[key] = record
        case "posts_meta":
            site.metas[post] = record
        case "posts_authors":
            site.authors_of[post].append((place, key_of(record.get("author_id"))))
        case "posts_tags":
            site.tags_of[post].append((place, key_of(record.get("tag_id"))))


def _in_order(keys: list[tuple[int, str]] | None) -> list[str]:
    """Return the ids by their places; those of one place as the file has them."""
    return [key for _, key in sorted(keys or (), key=lambda each: each[0])]
