"""The readers' models."""

from ratings.models.comment import Comment, State
from ratings.models.decision import Decision
from ratings.models.rating import Rating
from ratings.models.reader import Reader, ReaderToken
from ratings.models.summary import RatingSummary

__all__ = ["Comment", "Decision", "Rating", "RatingSummary", "Reader", "ReaderToken", "State"]
