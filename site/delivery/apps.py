from django.apps import AppConfig
from wagtail.signals import page_published


class DeliveryConfig(AppConfig):
    """How a page reaches a reader."""

    name = "delivery"
    verbose_name = "Delivery"

    def ready(self) -> None:
        """Make the sizes of a page's pictures when it is published."""
        from delivery.pictures import request_renditions

        page_published.connect(request_renditions, dispatch_uid="request-renditions")
