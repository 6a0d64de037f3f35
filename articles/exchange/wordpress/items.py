"""The records of an export: its head, its posts, pages and attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

TEXT = "content:encoded"


@dataclass(frozen=True, kw_only=True)
class Term:
    """A category, tag or other term that an item has: its taxonomy, its slug and its name."""

    taxonomy: str
    slug: str
    name: str


@dataclass(frozen=True)
class Item:
    """One `<item>`: its values by their names as written in the file (`wp:post_id`)."""

    element: Element = field(repr=False)

    def __getitem__(self, name: str) -> str:
        """Return the text of the child `name`, stripped, or nothing."""
        return (self.element.findtext(name) or "").strip()

    @property
    def post_type(self) -> str:
        """What it is: post, page, attachment, nav_menu_item …; the oldest exports have posts only."""
        return self["wp:post_type"] or "post"

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """The custom fields, by name, in their order."""
        found: dict[str, list[str]] = {}
        for meta in self.element.findall("wp:postmeta"):
            found.setdefault(meta.findtext("wp:meta_key") or "", []).append(meta.findtext("wp:meta_value") or "")
        return found

    def meta(self, name: str) -> str:
        """Return the last value of the custom field `name`, stripped, or nothing."""
        return self.metas.get(name, [""])[-1].strip()

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms, each once. The oldest exports also repeat each without saying what it is."""
        found = dict.fromkeys(
            Term(taxonomy=each.get("domain", ""), slug=each.get("nicename", ""), name=(each.text or "").strip())
            for each in self.element.findall("category")
        )
        told = [term for term in found if term.taxonomy]
        return tuple(told or found)


@dataclass(frozen=True, kw_only=True)
class Category:
    """A category as the head declares it."""

    name: str
    parent: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """What the head of an export says of the site."""

    address: str = ""
    writers: dict[str, str] = field(default_factory=dict)
    """Names that readers see, by login."""
    categories: dict[str, Category] = field(default_factory=dict)
    """By slug."""

    def path_to(self, slug: str, name: str) -> tuple[tuple[str, ...], bool]:
        """Return the names of the categories on the way to the one called so, and whether they form a circle."""
        path, seen = [name], {slug}
        category = self.categories.get(slug)
        while category and category.parent in self.categories:
            if category.parent in seen:
                return tuple(reversed(path)), True
            seen.add(category.parent)
            category = self.categories[category.parent]
            path.append(category.name)
        return tuple(reversed(path)), False


def site_of(channel: Element) -> Site:
    """Return what the head says. The e-mail addresses of its authors are not taken."""
    writers = {
        _text(author, "wp:author_login"): _text(author, "wp:author_display_name") or _full_name(author)
        for author in channel.findall("wp:author")
    }
    return Site(
        address=(_text(channel, "wp:base_blog_url") or _text(channel, "link")).rstrip("/"),
        writers=writers,
        categories=dict(_categories(channel)),
    )


def _categories(channel: Element) -> Iterator[tuple[str, Category]]:
    for each in channel.findall("wp:category"):
        slug = _text(each, "wp:category_nicename")
        yield slug, Category(name=_text(each, "wp:cat_name") or slug, parent=_text(each, "wp:category_parent"))
    for each in channel.findall("wp:term"):
        if _text(each, "wp:term_taxonomy") == "category":
            slug = _text(each, "wp:term_slug")
            yield slug, Category(name=_text(each, "wp:term_name") or slug, parent=_text(each, "wp:term_parent"))


def _full_name(author: Element) -> str:
    return f"{_text(author, 'wp:author_first_name')} {_text(author, 'wp:author_last_name')}".strip()


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()
