from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move


class DeliveryConfig(AppConfig):
    """How a page reaches a reader."""

    name = "delivery"
    verbose_name = "Delivery"

    def ready(self) -> None:
        """Say what changes for readers, and make the sizes of a page's pictures and its card when it is published."""
        from wagtail.models import PageViewRestriction

        from delivery import changes
        from delivery.kept.keeping import start_keeping
        from delivery.pictures import request_renditions
        from pages.cards.publishing import (
            forget_file,
            request_card,
            withdraw_card,
            withdraw_cards_below,
            withdraw_cards_of_moved,
        )
        from pages.models import SocialCard

        changes.connect()
        if settings.KEEP_PAGES:
            start_keeping()
        page_published.connect(request_renditions, dispatch_uid="request-renditions")
        page_published.connect(request_card, dispatch_uid="request-card")
        page_unpublished.connect(withdraw_card, dispatch_uid="withdraw-card")
        post_page_move.connect(withdraw_cards_of_moved, dispatch_uid="withdraw-cards-of-moved")
        post_save.connect(withdraw_cards_below, sender=PageViewRestriction, dispatch_uid="withdraw-cards-below")
        post_delete.connect(forget_file, sender=SocialCard, dispatch_uid="forget-card-file")
