"""Making, renewing and removing the cards of articles."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import ngettext
from django_tasks import task
from wagtail.models import Page

from articles.models import ArticlePage, Contributor
from articles.models.article_queries import ArticleQuerySet
from pages.cards.drawing import CardText, can_write, draw, png
from pages.models import SocialCard
from pages.site import current_settings
from ratings.models import RatingSummary

logger = logging.getLogger(__name__)

AT_ONCE = 200
"""So many cards are drawn by one run of `renew_cards`: about half a minute, in which the worker does nothing else."""


@task(backend="durable")
def draw_card(article_id: int) -> bool:
    """`make_card` for an article by its id, behind the request. Returns whether there is a new card."""
    article = _drawable().filter(pk=article_id).first()
    return article is not None and make_card(article, current_settings(None).name, now=timezone.now())


def renew_cards(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Remove the cards of articles that readers cannot see, draw up to `limit` that are missing or out of date.

    Returns how many were drawn. What a card says changes without its article: by every rating, and by a new name of an
    author or of the site. A card that cannot be drawn is told in the log; the others are drawn all the same.
    """
    SocialCard.objects.exclude(page__in=ArticlePage.objects.published().values("pk")).delete()
    site = current_settings(None).name
    # All are found before the first is drawn: SQLite lets nobody write who is still reading what others have changed.
    stale = [article.pk for article in islice(_stale(site), limit)]
    return sum(_renewed(key, site, now) for key in stale)


def make_card(article: ArticlePage, site: str, *, now: datetime) -> bool:
    """Draw the card of `article` on the site called `site` and keep it; return False if the one kept says the same.

    A title that no font here can write gets no card. The card takes the place of the one before, whose file goes when
    the transaction ends; if the article has left the site meanwhile, nothing is kept.
    """
    text = card_text(article, site)
    if not can_write(text.title):
        remove_card(article.pk)
        return False
    if _says(article, text):
        return False
    card = SocialCard(page_id=article.pk, digest=text.digest(), made_at=now)
    card.file.save(f"{article.pk}-{card.digest[:16]}.png", ContentFile(png(draw(text))), save=False)
    try:
        with transaction.atomic():
            # Who unpublishes or moves the page meanwhile waits for its row, and then removes this card too.
            Page.objects.select_for_update().filter(pk=article.pk).first()
            if ArticlePage.objects.published().filter(pk=article.pk).exists():
                remove_card(article.pk)
                card.save()
    finally:
        if card.pk is None:
            card.file.storage.delete(str(card.file.name))
    return card.pk is not None


def remove_card(page_id: int) -> None:
    """Remove the card of a page, if it has one, and its file when the transaction ends: see `forget_file`."""
    SocialCard.objects.filter(page=page_id).delete()


def card_text(article: ArticlePage, site: str) -> CardText:
    """Return what the card of `article` says."""
    summary = getattr(article, "rating_summary", None) or RatingSummary()
    counted = ngettext("%(count)s review", "%(count)s reviews", summary.count) % {"count": summary.count}
    return CardText(
        title=article.title,
        authors=", ".join(contributor.author.title for contributor in article.authors()),
        mean=str(summary.mean or ""),
        reviews=(f"({counted})" if summary.mean else counted) if summary.count else "",
        site=site,
    )


def _renewed(article_id: int, site: str, now: datetime) -> bool:
    """Return whether the article got a new card."""
    try:
        return any(make_card(article, site, now=now) for article in _drawable().filter(pk=article_id))
    except Exception:
        logger.exception("The card of article %d could not be drawn; it is tried again.", article_id)
        return False


def _stale(site: str) -> Iterator[ArticlePage]:
    """Yield the articles whose card is missing or says what is no longer so."""
    for article in _drawable().iterator(chunk_size=500):
        text = card_text(article, site)
        if can_write(text.title) and not _says(article, text):
            yield article


def _says(article: ArticlePage, text: CardText) -> bool:
    card: SocialCard | None = getattr(article, "social_card", None)
    return card is not None and card.digest == text.digest()


def _drawable() -> ArticleQuerySet:
    """Return the articles that have a card, with all that it says, in three queries for any number of them."""
    contributors = Contributor.objects.select_related("author").order_by("sort_order")
    articles: ArticleQuerySet = (
        ArticlePage.objects.published()
        .defer("body")
        .select_related("rating_summary", "social_card")
        .prefetch_related(models.Prefetch("contributors", contributors))
    )
    return articles.order_by("pk")
