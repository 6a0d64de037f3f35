"""What readers do on a page, and what others have written before they come."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from playwright.sync_api import Page

from articles.models import ArticlePage
from ratings import actions
from ratings.models import Comment, Kind, Reader, State
from ratings.moderation.judge import Verdict


def publish(
    article: ArticlePage,
    text: str,
    *,
    name: str = "Anna",
    parent: Comment | None = None,
    stars: int | None = None,
    now: datetime | None = None,
) -> Comment:
    """Store a published comment of a further reader; with stars, a review."""
    reader = Reader.objects.create()
    now = now or timezone.now()
    if stars is not None:
        actions.rate(article=article, reader=reader, stars=stars, now=now)
    return actions.comment(
        article=article,
        reader=reader,
        name=name,
        email="canary@example.org",
        text=text,
        kind=Kind.COMMENT if stars is None else Kind.REVIEW,
        parent=parent,
        verdict=Verdict(state=State.PUBLISHED),
        now=now,
    )


def choose_stars(page: Page, stars: int) -> None:
    """Choose stars in the rating form."""
    page.locator(f"form[action*='/rate/'] input[name=stars][value='{stars}']").check()


def write(page: Page, text: str) -> None:
    """Fill in the comment form, key by key at the end, as a person would."""
    form = page.locator("form.comment-form").last
    form.locator("input[name=name]").fill("Ruth")
    form.locator("input[name=email]").fill("ruth@example.org")
    form.locator("textarea[name=text]").fill(text)


def send(page: Page) -> None:
    """Press the button that sends the comment."""
    page.get_by_role("button", name="Send comment").last.click()
