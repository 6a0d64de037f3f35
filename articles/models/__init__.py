"""The articles' models."""

from articles.models.article import ArticleIndexPage, ArticlePage, ArticleTag, Contributor
from articles.models.body import BodyField, fetch_what_is_shown, pictures_in
from articles.models.imported import ImportedFrom
from articles.models.topic import TopicPage

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleTag",
    "BodyField",
    "Contributor",
    "ImportedFrom",
    "TopicPage",
    "fetch_what_is_shown",
    "pictures_in",
]
