from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles, topics and the kinds of blocks."""

    name = "articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        """Let new authors appear with their first published article."""
        from wagtail.signals import page_published

        from articles.models import ArticlePage
        from articles.publishing import publish_byline

        page_published.connect(publish_byline, sender=ArticlePage, dispatch_uid="publish-byline")
