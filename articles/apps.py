from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles, topics and the kinds of blocks."""

    name = "articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        """Let new authors appear with their first published article, and a publication lift a retraction."""
        from wagtail.signals import page_published

        from articles.models import ArticlePage
        from articles.publishing import lift_what_was_retracted, publish_byline

        page_published.connect(publish_byline, sender=ArticlePage, dispatch_uid="publish-byline")
        page_published.connect(lift_what_was_retracted, sender=ArticlePage, dispatch_uid="lift-retraction")
