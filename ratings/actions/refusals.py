"""Why an action can refuse. Each is told to the reader in words, and keeps what they typed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ratings.models import Comment, Rating, Sanction


class NotOpen(Exception):
    """The article cannot be answered: it is not published, or only some may read it."""


class Closed(Exception):
    """Comments under the article are closed at `since`: for good, or until they open again at `until`."""

    def __init__(self, since: datetime, until: datetime | None = None) -> None:
        super().__init__(f"Closed at {since}, until {until}.")
        self.since = since
        self.until = until


class ReaderGone(Exception):
    """The reader was joined into another one meanwhile; admitting again finds that one."""


class ParentGone(Exception):
    """The comment that was to be answered is not shown (any more)."""


class NotYours(Exception):
    """What was to be changed belongs to another reader."""


class OwnWork(Exception):
    """Nobody votes on what they wrote or have a part in themselves."""


class NoRating(Exception):
    """A review carries the stars of its writer, who has given none."""


class AlreadyReviewed(Exception):
    """The reader has a review under this article already."""


class AlreadySent(Exception):
    """The form was sent before, with other words."""


class TooLate(Exception):
    """The time in which a comment can be edited is over, or it is no longer one that can be."""


class RatingMoved(Exception):
    """The rating was changed in another tab; `rating` is how it stands now."""

    def __init__(self, rating: Rating) -> None:
        super().__init__(f"Rating {rating.pk} has version {rating.version}.")
        self.rating = rating


class Conflict(Exception):
    """Somebody else moved or edited the comment first; `comment` is how it stands now."""

    def __init__(self, comment: Comment) -> None:
        super().__init__(f"Comment {comment.pk} is {comment.state} in version {comment.version}.")
        self.comment = comment


class NotUndoable(Exception):
    """It was done by the comment's author or by nobody in person, or it was meant for ever."""


class Silenced(Exception):
    """The reader may not answer for now; `sanction` says why, and until when."""

    def __init__(self, sanction: Sanction) -> None:
        super().__init__(f"Reader {sanction.reader_id}: {sanction.kind}.")
        self.sanction = sanction
