"""The parts of a file that lie outside the article's body: who takes them, and who writes them out again.

An app above this one registers both in its `AppConfig.ready`. A part without a receiver is only reported.

The part "comments" is a list of records, plain dicts, in the order of their source: `foreign_id`; `parent`, the foreign
id of the comment that it answers, or ""; `name`, `email` and `url` of whoever wrote it; `text`, HTML as stored there;
`written_at`, an aware moment or None; `state`: approved, pending, spam or trash; `kind`: comment; `user`: the id of the
writer's account there, or "0". Those of our own exports also have `public_id` and `parent_public_id`.
"""

from collections.abc import Callable
from typing import Any

from articles.models import ArticlePage

Receiver = Callable[[ArticlePage, Any], None]
Writer = Callable[[ArticlePage], Any]

_receivers: dict[str, Receiver] = {}
_writers: dict[str, Writer] = {}


def register_part(name: str, receiver: Receiver, write: Writer | None = None) -> None:
    """Let `receiver(article, part)` store the part called `name`, and `write(article)` return it for an export.

    Raises ValueError if the name is taken.
    """
    if name in _receivers:
        raise ValueError(f"The part {name!r} has a receiver already.")
    _receivers[name] = receiver
    if write is not None:
        _writers[name] = write


def hand_over(name: str, article: ArticlePage, part: Any) -> bool:
    """Give the part to its receiver, inside the caller's transaction; return whether there is one."""
    receiver = _receivers.get(name)
    if receiver is not None:
        receiver(article, part)
    return receiver is not None


def written(name: str, article: ArticlePage) -> Any:
    """Return the part of `article` as its receiver would take it back, or None if nobody writes it."""
    writer = _writers.get(name)
    return None if writer is None else writer(article)
