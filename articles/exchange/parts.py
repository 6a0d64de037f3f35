"""The parts of a file that lie outside the article's body, and who takes them.

An app above this one registers a receiver in its `AppConfig.ready`. A part without a receiver is only reported.
"""

from collections.abc import Callable
from typing import Any

from articles.models import ArticlePage

Receiver = Callable[[ArticlePage, Any], None]

_receivers: dict[str, Receiver] = {}


def register_part(name: str, receiver: Receiver) -> None:
    """Let `receiver(article, part)` store the part called `name`; raises ValueError if the name is taken."""
    if name in _receivers:
        raise ValueError(f"The part {name!r} has a receiver already.")
    _receivers[name] = receiver


def hand_over(name: str, article: ArticlePage, part: Any) -> bool:
    """Give the part to its receiver, inside the caller's transaction; return whether there is one."""
    receiver = _receivers.get(name)
    if receiver is not None:
        receiver(article, part)
    return receiver is not None
