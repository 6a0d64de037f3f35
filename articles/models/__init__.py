"""The articles' models."""

from articles.models.article import ArticleIndexPage, ArticlePage, ArticleTag, Contributor, RelatedArticle
from articles.models.body import BodyField, fetch_what_is_shown, pictures_in, texts_in
from articles.models.imported import ImportedFrom
from articles.models.retraction import Retraction
from articles.models.sign_off import SignOff
from articles.models.topic import TopicPage

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleTag",
    "BodyField",
    "Contributor",
    "ImportedFrom",
    "RelatedArticle",
    "Retraction",
    "SignOff",
    "TopicPage",
    "fetch_what_is_shown",
    "pictures_in",
    "texts_in",
]
