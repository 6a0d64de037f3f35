"""When a card is asked for, and when it goes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from articles.models import ArticlePage
from findable.visibility import seen_by_everybody
from pages.cards.actions import draw_card, remove_card
from pages.models import SocialCard


def request_card(instance: Any, **kwargs: Any) -> None:
    """Ask the worker for the card of an article that is published. Connected to Wagtail's `page_published`.

    The task is a row in the same transaction: a rollback drops it. (The signal is also sent for an article that is only
    scheduled; its card is asked for when its time has come.)
    """
    if isinstance(instance, ArticlePage) and instance.live:
        draw_card.enqueue(instance.pk)


def withdraw_card(instance: Any, **kwargs: Any) -> None:
    """Remove the card of a page that readers see no more, since it tells the title. Connected to `page_unpublished`."""
    remove_card(instance.pk)


def withdraw_cards_below(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Remove the cards of all pages under a new restriction. Connected to the saving of `PageViewRestriction`."""
    SocialCard.objects.filter(page__path__startswith=instance.page.path).delete()


def withdraw_cards_of_moved(instance: Page, **kwargs: Any) -> None:
    """Remove the cards of pages that moved to where not everybody may see them. Connected to `post_page_move`."""
    moved = Page.objects.filter(path__startswith=instance.path)
    hidden = moved.exclude(pk__in=seen_by_everybody(moved).values("pk"))
    SocialCard.objects.filter(page__in=hidden.values("pk")).delete()


def forget_file(instance: SocialCard, **kwargs: Any) -> None:
    """Delete the file of a card that is deleted, whoever deletes it. Connected to the deletion of `SocialCard`.

    After the transaction, and only if no newer card has taken the file over.
    """
    name = str(instance.file.name)
    storage = instance.file.storage

    def delete() -> None:
        if not SocialCard.objects.filter(file=name).exists():
            storage.delete(name)

    transaction.on_commit(delete)
