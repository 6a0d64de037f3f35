"""The articles' models."""

from articles.models.article import ArticleIndexPage, ArticlePage, ArticleTag
from articles.models.body import BodyField, fetch_what_is_shown, pictures_in, texts_in
from articles.models.contributor import Contributor
from articles.models.import_run import ImportItem, ImportRun
from articles.models.imported import ImportedFrom
from articles.models.readiness import Examination, Waiver
from articles.models.related_article import RelatedArticle
from articles.models.retraction import Retraction
from articles.models.review import ReviewState, ReviewTask
from articles.models.schedule_failure import ScheduleFailure
from articles.models.sign_off import SignOff
from articles.models.source import Source
from articles.models.topic import TopicPage
from articles.models.version import Correction, CorrectionStands, Version

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleTag",
    "BodyField",
    "Contributor",
    "Correction",
    "CorrectionStands",
    "Examination",
    "ImportItem",
    "ImportRun",
    "ImportedFrom",
    "RelatedArticle",
    "Retraction",
    "ReviewState",
    "ReviewTask",
    "ScheduleFailure",
    "SignOff",
    "Source",
    "TopicPage",
    "Version",
    "Waiver",
    "fetch_what_is_shown",
    "pictures_in",
    "texts_in",
]
