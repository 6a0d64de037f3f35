"""Disqus: the XML that its moderators export. First the threads, which are pages, then the posts.

The format is described at https://help.disqus.com/en/articles/1717164-comments-export.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from ratings.exchange.plain import plain_text
from ratings.exchange.records import Broken, CommentRecord, Entry, moment_of, writer_digest
from ratings.exchange.xml import Element, Torn, elements
from ratings.models import State

FORMAT = "disqus"
ORDER = 10


def is_mine(name: str, head: bytes) -> bool:
    """Return whether the root of the XML is that of Disqus."""
    return b"<disqus" in head


def read(path: Path) -> Iterator[Entry]:
    """Yield the posts of the export at `path`. Raises Refused."""
    threads: dict[str, tuple[str, tuple[str, ...]]] = {}
    for element in elements(path, wanted=frozenset({"thread", "post"})):
        if isinstance(element, Torn):
            yield Broken(place=f"line {element.line}", reason=_("The file is torn here: ") + element.reason)
        elif element.name == "thread":
            address = element.said("link")
            threads[_id(element)] = (element.said("id"), (address,) if address else ())
        else:
            yield _record(element, threads)


def _record(post: Element, threads: dict[str, tuple[str, tuple[str, ...]]]) -> CommentRecord:
    article, addresses = threads.get(_id(post.child("thread")), ("", ()))
    author = post.child("author") or Element(name="author", line=post.line, attributes={})
    is_anonymous = author.said("isAnonymous") == "true"
    known_as = "" if is_anonymous else author.said("username")
    return CommentRecord(
        place=f"line {post.line}",
        source=FORMAT,
        foreign_id=_id(post),
        parent=_id(post.child("parent")),
        article=article,
        addresses=addresses,
        writer=writer_digest(FORMAT, known_as or author.said("email")),
        name=author.said("name"),
        email=author.said("email"),
        text=plain_text(post.said("message")),
        written_at=moment_of(post.said("createdAt")),
        state=_state(post),
    )


def _state(post: Element) -> State:
    if post.said("isSpam") == "true":
        return State.SPAM
    if post.said("isDeleted") == "true":
        return State.DELETED
    return State.PENDING if post.said("isApproved") == "false" else State.PUBLISHED


def _id(element: Element | None) -> str:
    return element.attributes.get("dsq:id", "") if element else ""
