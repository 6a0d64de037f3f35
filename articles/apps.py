from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles, topics and the kinds of blocks."""

    name = "articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        """Let new authors appear with their first published article, and a publication lift a retraction.

        After each `migrate`, make the indexes that long lists of articles need.
        """
        from django.db.models.signals import post_migrate, pre_save
        from wagtail.models import Revision
        from wagtail.signals import page_published

        from articles.indexes import make_missing_indexes
        from articles.models import ArticlePage
        from articles.publishing import gate_schedule, lift_what_was_retracted, publish_byline

        post_migrate.connect(make_missing_indexes, sender=self, dispatch_uid="make-missing-indexes")
        page_published.connect(publish_byline, sender=ArticlePage, dispatch_uid="publish-byline")
        page_published.connect(lift_what_was_retracted, sender=ArticlePage, dispatch_uid="lift-retraction")
        pre_save.connect(gate_schedule, sender=Revision, dispatch_uid="gate-schedule")
