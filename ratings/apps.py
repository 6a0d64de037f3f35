from django.apps import AppConfig


class RatingsConfig(AppConfig):
    """Ratings and reader comments."""

    name = "ratings"
    verbose_name = "Ratings and reader comments"

    def ready(self) -> None:
        """Receive the rating total and the comments of an imported article, and write them for an exported one."""
        from articles.exchange.parts import register_part
        from ratings.exchange.parts import receive_comments, write_comments
        from ratings.receiving import rating_total, receive_rating

        register_part("rating", receive_rating, rating_total)
        register_part("comments", receive_comments, write_comments)
