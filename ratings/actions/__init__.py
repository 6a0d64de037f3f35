"""Every write of the readers' side. Form, import, admin, task and tests all come through here.

Each action is one transaction. A caller that runs two actions as one admits the reader first: the order of locks is
that of `ratings.actions.locks`.
"""

from ratings.actions.anew import begin_anew, count_earlier_again
from ratings.actions.bulks import begin_bulk, begin_undoing_bulk, continue_bulk, stop_bulk
from ratings.actions.comments import comment, delete, edit
from ratings.actions.decisions import check, decide, redact, undo
from ratings.actions.errors import AnsweredMeanwhile, answer_error, forget_addresses, report_error
from ratings.actions.highlights import pick, pin
from ratings.actions.hours import closed
from ratings.actions.importing import ForeignComment, Taken, already_here, take_over
from ratings.actions.leases import lease, release
from ratings.actions.locks import Sender
from ratings.actions.opinions import find_helpful, judge_helpful, report
from ratings.actions.proofs import forget_spent_proofs, spend_proof
from ratings.actions.readers import Admission, admit, join
from ratings.actions.refusals import (
    AlreadyReviewed,
    AlreadySent,
    Closed,
    Conflict,
    NoRating,
    NotOpen,
    NotUndoable,
    NotYours,
    OwnWork,
    ParentGone,
    RatingMoved,
    ReaderGone,
    Silenced,
    TooLate,
)
from ratings.actions.sanctions import confirm, lift, posted_by, sanction
from ratings.actions.training import train_spam_model
from ratings.actions.votes import judge_rating, rate, set_legacy_total, withdraw
from ratings.limits import TooMany

__all__ = [
    "Admission",
    "AlreadyReviewed",
    "AlreadySent",
    "AnsweredMeanwhile",
    "Closed",
    "Conflict",
    "ForeignComment",
    "NoRating",
    "NotOpen",
    "NotUndoable",
    "NotYours",
    "OwnWork",
    "ParentGone",
    "RatingMoved",
    "ReaderGone",
    "Sender",
    "Silenced",
    "Taken",
    "TooLate",
    "TooMany",
    "admit",
    "already_here",
    "answer_error",
    "begin_anew",
    "begin_bulk",
    "begin_undoing_bulk",
    "check",
    "closed",
    "comment",
    "confirm",
    "continue_bulk",
    "count_earlier_again",
    "decide",
    "delete",
    "edit",
    "find_helpful",
    "forget_addresses",
    "forget_spent_proofs",
    "join",
    "judge_helpful",
    "judge_rating",
    "lease",
    "lift",
    "pick",
    "pin",
    "posted_by",
    "rate",
    "redact",
    "release",
    "report",
    "report_error",
    "sanction",
    "set_legacy_total",
    "spend_proof",
    "stop_bulk",
    "take_over",
    "train_spam_model",
    "undo",
    "withdraw",
]
