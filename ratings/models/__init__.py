"""The readers' models."""

from ratings.models.check import AggregateCheck
from ratings.models.comment import Badge, Comment, CommentRevision, Kind, State
from ratings.models.decision import Decision
from ratings.models.helpful import HelpfulVote
from ratings.models.limit import Bucket, SpentProof
from ratings.models.network import NetworkKey
from ratings.models.policy import DiscussionPolicy
from ratings.models.rating import Rating, RatingChange
from ratings.models.reader import Reader, ReaderToken
from ratings.models.report import Report
from ratings.models.standing import Standing
from ratings.models.summary import RatingSummary

__all__ = [
    "AggregateCheck",
    "Badge",
    "Bucket",
    "Comment",
    "CommentRevision",
    "Decision",
    "DiscussionPolicy",
    "HelpfulVote",
    "Kind",
    "NetworkKey",
    "Rating",
    "RatingChange",
    "RatingSummary",
    "Reader",
    "ReaderToken",
    "Report",
    "SpentProof",
    "Standing",
    "State",
]
