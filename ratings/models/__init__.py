"""The readers' models."""

from ratings.models.bulk import Bulk
from ratings.models.check import AggregateCheck
from ratings.models.comment import Badge, Comment, CommentRevision, Kind, State
from ratings.models.decision import Act, Decision
from ratings.models.defense import LinkedDomain, Phrase, SpamModel
from ratings.models.desk import Lease, ModeratedSection, SavedView
from ratings.models.error_report import ErrorReport
from ratings.models.grounds import CannedText, Ground
from ratings.models.helpful import HelpfulVote
from ratings.models.imported import ImportedComment
from ratings.models.limit import Bucket, SpentProof
from ratings.models.network import NetworkKey
from ratings.models.policy import DiscussionPolicy
from ratings.models.rating import Rating, RatingChange
from ratings.models.reader import Reader, ReaderToken
from ratings.models.report import Report
from ratings.models.sanction import Sanction, SanctionKind
from ratings.models.standing import Standing
from ratings.models.summary import RatingSummary

__all__ = [
    "Act",
    "AggregateCheck",
    "Badge",
    "Bucket",
    "Bulk",
    "CannedText",
    "Comment",
    "CommentRevision",
    "Decision",
    "DiscussionPolicy",
    "ErrorReport",
    "Ground",
    "HelpfulVote",
    "ImportedComment",
    "Kind",
    "Lease",
    "LinkedDomain",
    "ModeratedSection",
    "NetworkKey",
    "Phrase",
    "Rating",
    "RatingChange",
    "RatingSummary",
    "Reader",
    "ReaderToken",
    "Report",
    "Sanction",
    "SanctionKind",
    "SavedView",
    "SpamModel",
    "SpentProof",
    "Standing",
    "State",
]
