from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles, topics and the kinds of blocks."""

    name = "articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        """Set the gates before a publication, and let one bring new authors and lift a retraction.

        After each `migrate`, make the indexes that long lists of articles need.
        """
        from django.db.models.signals import post_migrate, pre_delete, pre_save
        from wagtail.models import Revision, TaskState, WorkflowState
        from wagtail.signals import page_published, task_submitted

        from articles.indexes import make_missing_indexes
        from articles.models import ArticlePage, ReviewState
        from articles.publishing import (
            do_all_or_nothing,
            gate_approval,
            gate_schedule,
            gate_submission,
            keep_sign_offs_true,
            keep_what_readers_read,
            keep_what_readers_will_read,
            lift_what_was_retracted,
            protect_what_was_signed,
            publish_byline,
        )
        from articles.review_mail import ReviewRequested

        post_migrate.connect(make_missing_indexes, sender=self, dispatch_uid="make-missing-indexes")
        page_published.connect(publish_byline, sender=ArticlePage, dispatch_uid="publish-byline")
        page_published.connect(lift_what_was_retracted, sender=ArticlePage, dispatch_uid="lift-retraction")
        page_published.connect(keep_sign_offs_true, sender=ArticlePage, dispatch_uid="keep-sign-offs-true")
        pre_save.connect(keep_what_readers_read, sender=ArticlePage, dispatch_uid="keep-what-readers-read")
        page_published.connect(
            keep_what_readers_will_read, sender=ArticlePage, dispatch_uid="keep-what-readers-will-read"
        )
        pre_save.connect(gate_schedule, sender=Revision, dispatch_uid="gate-schedule")
        pre_delete.connect(protect_what_was_signed, sender=Revision, dispatch_uid="protect-what-was-signed")
        pre_save.connect(gate_submission, sender=WorkflowState, dispatch_uid="gate-submission")
        for state in (TaskState, ReviewState):
            pre_save.connect(gate_approval, sender=state, dispatch_uid=f"gate-approval-{state.__name__}")
        task_submitted.connect(ReviewRequested(), sender=ReviewState, weak=False, dispatch_uid="mail-reviewers")
        do_all_or_nothing()
