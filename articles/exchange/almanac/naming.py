"""The keys by which a record names others, the same on every site; and what they stand for on this one."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import defaultdict
from typing import Any

from django.db.models import Model
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import Page

from articles.models import ArticlePage, Source, TopicPage
from authors.models import AuthorPage
from pictures.models import Picture

IDENTIFIERS = ("doi", "pmid", "isbn", "url")
"""What tells one source from all others, the most lasting first."""
DESCRIBED_BY = ("title", "authors", "publication", "year")
"""What tells those apart that have no identifier."""
KINDS: dict[str, type[Page]] = {"topic": TopicPage, "person": AuthorPage, "article": ArticlePage}
"""The kinds of pages that are written, as records call them."""

Key = str


def top_of_topics() -> TopicPage:
    """Return the topmost topic, which is on every site from its beginning; raises TopicPage.DoesNotExist."""
    top = TopicPage.objects.order_by("depth", "path").first()
    if top is None:
        raise TopicPage.DoesNotExist("The site has no topmost topic; `manage.py migrate` makes it.")
    return top


def source_key(source: Source | dict[str, Any]) -> Key:
    """Return what names a source: its first identifier, or else a digest of how it is described."""
    told = source if isinstance(source, dict) else {name: getattr(source, name) for name in IDENTIFIERS + DESCRIBED_BY}
    for name in IDENTIFIERS:
        if told.get(name):
            return f"{name}:{told[name]}"
    described = json.dumps([told.get(name) for name in DESCRIBED_BY])
    return f"described:{hashlib.sha256(described.encode()).hexdigest()[:32]}"


class Names:
    """Gives everything on this site the key that it has in an export, and remembers what was named.

    All keys of pages, sources and tags are looked up at once: three queries, whatever is written. Those of files are
    told (`tell`) when they have been read.
    """

    def __init__(self) -> None:
        self.top = top_of_topics().pk
        kinds = {model._meta.label_lower for model in KINDS.values()}
        pages = Page.objects.order_by("path").select_related("content_type").filter(alias_of=None)
        self._names: dict[type[Model], dict[str, Key]] = {Page: {}, Source: {}, Tag: {}, Picture: {}}
        self._names[get_document_model()] = {}
        for page in pages.only("pk", "translation_key", "url_path", "depth", "content_type"):
            label = f"{page.content_type.app_label}.{page.content_type.model}"
            if page.pk == self.top:
                name = label
            elif label in kinds:
                name = str(page.translation_key)
            else:
                # Below the home page, whose own name is no part of the address.
                name = "/" + page.url_path.lstrip("/").partition("/")[2]
            self._names[Page][str(page.pk)] = name
        self._names[Source] = _told_apart({source.pk: source_key(source) for source in Source.objects.order_by("pk")})
        self._names[Tag] = {str(key): name for key, name in Tag.objects.values_list("pk", "name")}
        self.named: dict[type[Model], set[int]] = defaultdict(set)

    def tell(self, model: type[Model], names: dict[int, Key]) -> None:
        """Learn the names of files by the keys of their rows."""
        self._names[model] = _told_apart(names)

    def __call__(self, model: type[Model], key: Any) -> Key | None:
        """Return the name of the object of `model` with this key, or None if there is none."""
        base = Page if issubclass(model, Page) else model
        if str(key).isdecimal():
            self.named[base].add(int(key))
        return self._names[base].get(str(key))


class Known:
    """Finds what a key stands for on this site: looks each page up once, and again if it was not there."""

    def __init__(self) -> None:
        self._found: dict[tuple[type[Model], Key], int] = {}

    def tell(self, model: type[Model], name: Key, key: int) -> None:
        """Learn what the name of a file or a source stands for."""
        self._found[model, name] = key

    def __len__(self) -> int:
        """Return how many are known."""
        return len(self._found)

    def forget_all_but(self, count: int) -> None:
        """Forget all but the `count` that were known first: what came later was taken back."""
        while len(self._found) > count:
            self._found.popitem()

    def __call__(self, model: type[Model], name: Any) -> Any:
        """Return the key of the row that `name` stands for, or None if it is not here."""
        if not isinstance(name, str):
            return None
        base = Page if issubclass(model, Page) else model
        if base is Tag:
            # Never remembered: what is made here goes again if its article is refused.
            return _tag_named(name)
        if base is Page and (base, name) not in self._found:
            key = _page_named(name)
            if key is None:
                return None
            self._found[base, name] = key
        return self._found.get((base, name))


def _tag_named(name: str) -> int:
    tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name[:100])
    return int(tag.pk)


def _page_named(name: Key) -> int | None:
    if name == TopicPage._meta.label_lower:
        return int(top_of_topics().pk)
    try:
        found = Page.objects.filter(translation_key=uuid.UUID(name)).order_by("pk")
    except ValueError:
        return None
    return found.values_list("pk", flat=True).first()


def _told_apart(names: dict[int, Key]) -> dict[str, Key]:
    """Return `names` with a number behind each that comes again."""
    seen: dict[Key, int] = defaultdict(int)
    told: dict[str, Key] = {}
    for key, name in names.items():
        seen[name] += 1
        told[str(key)] = name if seen[name] == 1 else f"{name}#{seen[name]}"
    return told
