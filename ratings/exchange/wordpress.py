"""A comment as WordPress has it: what its exports hold, what an import hands over, and what ours write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ratings.exchange.lines import UUID
from ratings.exchange.plain import plain_text
from ratings.exchange.records import CommentRecord, moment_of, words_of, writer_digest
from ratings.models import State

SOURCE = "wxr"

STATES = {
    "approved": State.PUBLISHED,
    "pending": State.PENDING,
    "spam": State.SPAM,
    "trash": State.DELETED,
    "1": State.PUBLISHED,
    "0": State.PENDING,
    "hold": State.PENDING,
    "approve": State.PUBLISHED,
    "post-trashed": State.DELETED,
}
"""Ours, by what is said in an export and by what an import hands over."""

NAMES = {
    State.PUBLISHED: "approved",
    State.PENDING: "pending",
    State.SPAM: "spam",
}
"""What an export calls our states. The others are in the trash."""

KINDS = frozenset({"", "comment", "review"})
"""What a reader wrote. Pingbacks, trackbacks and the notes of shops are counted, and not imported."""


def is_by_a_reader(comment: Mapping[str, Any]) -> bool:
    """Return whether a reader wrote it for others."""
    return (comment.get("kind") or "") in KINDS


def record_of_comment(
    comment: Mapping[str, Any], place: str, *, addresses: tuple[str, ...] = (), article: str = ""
) -> CommentRecord:
    """Return the record of a `comment` with the keys foreign_id, parent, name, email, text (HTML), written_at, state.

    One that was exported from here has its public_id, and that of what it answers as parent_public_id.
    """
    foreign_id, parent = words_of(comment.get("foreign_id")), words_of(comment.get("parent"))
    public_id = words_of(comment.get("public_id")).lower()
    if not UUID.fullmatch(public_id):
        public_id = ""
    email = words_of(comment.get("email"))
    account = words_of(comment.get("user"))
    written_at = comment.get("written_at")
    state = STATES.get(words_of(comment.get("state")), State.PENDING)
    return CommentRecord(
        place=place,
        source=SOURCE,
        foreign_id=foreign_id,
        public_id=public_id,
        parent=words_of(comment.get("parent_public_id")) if public_id else "" if parent == "0" else parent,
        article=article,
        addresses=addresses,
        writer=writer_digest(SOURCE, email or (account if account != "0" else "")),
        name=words_of(comment.get("name")),
        email=email,
        # WordPress makes paragraphs of the line ends when it shows a comment.
        text=plain_text(words_of(comment.get("text")), keeps_lines=True),
        written_at=written_at if isinstance(written_at, datetime) else moment_of(written_at),
        state=state,
    )
