"""Every write of articles that is not the editor's own form."""

from articles.actions.locking import Refused, lock_article, lock_articles, named
from articles.actions.retracting import lift_retraction, path_of, retract
from articles.actions.signing import sign_off, withdraw_sign_off
from articles.actions.waiving import waive
from articles.actions.writing import ArticleContent, create_article, revise_article, topic_named

__all__ = [
    "ArticleContent",
    "Refused",
    "create_article",
    "lift_retraction",
    "lock_article",
    "lock_articles",
    "named",
    "path_of",
    "retract",
    "revise_article",
    "sign_off",
    "topic_named",
    "waive",
    "withdraw_sign_off",
]
