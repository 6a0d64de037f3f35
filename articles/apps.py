from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles, topics and the kinds of blocks."""

    name = "articles"
    verbose_name = "Articles"
