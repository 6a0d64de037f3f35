"""Every write of articles that is not the editor's own form."""

from articles.actions.correcting import correct
from articles.actions.locking import Refused, lock_article, lock_articles, named
from articles.actions.publishing import publish_in_spite
from articles.actions.redirecting import redirects_for
from articles.actions.retracting import lift_retraction, path_of, retract
from articles.actions.reviewing import ask_for_changes, begin_sign_offs, note_update, sign_review
from articles.actions.signing import sign_off, withdraw_sign_off
from articles.actions.versions import keep_former_version, keep_version
from articles.actions.waiving import ask_again, keep_reasons, waive
from articles.actions.writing import ArticleContent, create_article, revise_article, topic_along, topic_named

__all__ = [
    "ArticleContent",
    "Refused",
    "ask_again",
    "ask_for_changes",
    "begin_sign_offs",
    "correct",
    "create_article",
    "keep_former_version",
    "keep_reasons",
    "keep_version",
    "lift_retraction",
    "lock_article",
    "lock_articles",
    "named",
    "note_update",
    "path_of",
    "publish_in_spite",
    "redirects_for",
    "retract",
    "revise_article",
    "sign_off",
    "sign_review",
    "topic_along",
    "topic_named",
    "waive",
    "withdraw_sign_off",
]
