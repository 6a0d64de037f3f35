from django.apps import AppConfig


class RatingsConfig(AppConfig):
    """Ratings and reader comments."""

    name = "ratings"
    verbose_name = "Ratings and reader comments"

    def ready(self) -> None:
        """Receive the rating total of an imported article."""
        from articles.exchange.parts import register_part
        from ratings.receiving import rating_total, receive_rating

        register_part("rating", receive_rating, rating_total)
